//! The end: released, ended, or stopped; and that there is one opening and no other.

mod common;

use std::sync::Arc;
use std::time::Duration;

use common::reporter::reporters;
use common::{CLOSES_NOT_BEFORE, World};
use data_server::store::{SqliteStore, Store, VersionKey};
use futures_util::StreamExt;
use protocol::{
    AdmittedManifest, EndedReason, OrderKind, Problem, ReleasedDocument, SurveyDocument, SurveyState, peer,
};

/// A survey in which `count` reporters have submitted.
async fn submitted(count: u8) -> (World, Arc<AdmittedManifest>) {
    let world = World::new().await;
    let (all, roster) = reporters(count);
    let manifest = world.open(roster).await;
    for reporter in &all {
        reporter.enrol(&world, &manifest).await;
        reporter.submit(&world, &manifest, 1).await;
    }
    (world, manifest)
}

async fn state(world: &World, manifest: &AdmittedManifest) -> SurveyState {
    let path = format!("/v1/surveys/{}", manifest.manifest().survey);
    world.get(&path).await.json::<SurveyDocument>().state
}

#[tokio::test]
async fn a_survey_is_released_with_both_signatures_and_nothing_secret_is_left() {
    let (world, manifest) = submitted(3).await;
    let released: ReleasedDocument = world.release(&manifest).await.json();
    let ReleasedDocument::Released { release, countersignature, agreed, .. } = released else { panic!() };
    assert_eq!((agreed.body.members.len(), release.body.counted), (3, 3));
    let women = &release.body.cells[0];
    assert_eq!((women.employees, women.mean.as_deref()), (Some(6), Some("45000.00")));
    assert_eq!(release.body.gaps[0].percent.as_deref(), Some("25.00"));
    let countersigned = protocol::Signed { body: release.body, signature: countersignature };
    countersigned.verify(manifest.fingerprint(), manifest.data_server()).unwrap();
    assert_eq!(state(&world, &manifest).await, SurveyState::Released);
    let mark = world.home.path().join("marks").join(manifest.manifest().survey.to_string());
    assert!(std::fs::read(mark).unwrap().starts_with(b"begun "));
    let home = world.stop().await;
    let store = SqliteStore::open(&home.path().join("data/data-server.sqlite")).await.unwrap();
    for member in &agreed.body.members {
        let (survey, credential) = (manifest.manifest().survey, member.credential);
        let key = VersionKey { survey, credential, version: member.version };
        assert!(store.ciphertexts(key).next().await.is_none());
        assert_eq!(store.share(key).await.unwrap(), None);
    }
    assert_eq!(store.ending(manifest.manifest().survey).await.unwrap().unwrap().opening, None);
    store.close().await.unwrap();
    let file = std::fs::metadata(home.path().join("data/data-server.sqlite-wal")).map(|f| f.len());
    assert!(file.unwrap_or(0) == 0, "nor in the log");
}

#[tokio::test]
async fn too_few_reporters_end_a_survey_without_an_opening() {
    let (world, manifest) = submitted(2).await;
    let ended: ReleasedDocument = world.release(&manifest).await.json();
    let ReleasedDocument::Ended { ended, .. } = ended else { panic!() };
    assert_eq!(ended.body.reason, EndedReason::TooFewReporters);
    assert!(world.computation.behaviour.lock().unwrap().openings.is_empty());
    assert_eq!(state(&world, &manifest).await, SurveyState::Ended);
    world.stop().await;
}

#[tokio::test]
async fn a_computation_server_that_lists_what_it_refused_convicts_nobody() {
    let (mut world, manifest) = submitted(3).await;
    let reporter = reporters(1).0.remove(0);
    world.computation.set(|b| b.lists_refused = true);
    world.computation.refuse_next("declarations", Problem::ShareMismatch);
    let body = reporter.seal(&manifest, 2, |_| {});
    assert_eq!(reporter.put(&world, &manifest, 2, &body).await.problem(), Problem::ShareMismatch);
    world.restart().await;
    release_in_vain(&world, &manifest).await;
    let home = world.stop().await;
    let store = SqliteStore::open(&home.path().join("data/data-server.sqlite")).await.unwrap();
    let survey = manifest.manifest().survey;
    assert_eq!(store.ending(survey).await.unwrap().unwrap().agreement, None, "nothing was signed");
    let kept = store.refused_versions(survey).await.unwrap().remove(0);
    let path = format!("/v1/peer/surveys/{survey}/declarations");
    let asked = peer::declaration_body(&kept.statement, &kept.held, &kept.refusal.declaration);
    let (from, to) = (manifest.data_server(), manifest.computation_server());
    let request = peer::Request { from, to, method: "POST", path: &path, body: &asked };
    let envelope = peer::Envelope::parse(&kept.refusal.request_header).unwrap();
    let signature = peer::parse_answer_header(&kept.refusal.answer_header).unwrap();
    request.verify_answer(&envelope, kept.refusal.status, &kept.refusal.body, &signature).unwrap();
    assert_eq!(Problem::read_document(&kept.refusal.body), Some(Problem::ShareMismatch));
    kept.held.verify_held(&kept.statement.statement, from).unwrap();
    store.close().await.unwrap();
}

/// Orders the release and lets it come as far as it comes.
async fn release_in_vain(world: &World, manifest: &AdmittedManifest) {
    world.clock.set(CLOSES_NOT_BEFORE);
    assert_eq!(world.order(manifest, 1, OrderKind::Close {}).await.status, 204);
    assert_eq!(world.order(manifest, 2, OrderKind::Release {}).await.status, 204);
    tokio::time::sleep(Duration::from_millis(1500)).await;
    let path = format!("/v1/surveys/{}/release", manifest.manifest().survey);
    assert_eq!(world.get(&path).await.problem(), Problem::NotReleased);
    assert_eq!(state(world, manifest).await, SurveyState::Opening);
}

#[tokio::test]
async fn the_opening_is_sent_again_with_the_same_bytes_also_after_a_restart() {
    let (mut world, manifest) = submitted(3).await;
    world.computation.refuse_next("countersignature", Problem::Internal);
    world.computation.refuse_next("opening", Problem::Internal);
    world.clock.set(CLOSES_NOT_BEFORE);
    world.order(&manifest, 1, OrderKind::Close {}).await;
    world.order(&manifest, 2, OrderKind::Release {}).await;
    world.restart().await;
    world.wait_for_release(&manifest).await;
    let openings = world.computation.behaviour.lock().unwrap().openings.clone();
    assert!(openings.windows(2).all(|pair| pair[0] == pair[1]) && !openings.is_empty());
    world.stop().await;
}

#[tokio::test]
async fn second_aggregate_is_never_computed_where_the_mark_is_gone() {
    let (world, manifest) = submitted(3).await;
    let mark = world.home.path().join("marks").join(manifest.manifest().survey.to_string());
    std::fs::remove_file(mark).unwrap();
    release_in_vain(&world, &manifest).await;
    assert!(world.computation.behaviour.lock().unwrap().openings.is_empty());
    world.stop().await;
}

#[tokio::test]
async fn a_release_that_does_not_follow_from_its_slots_is_not_signed() {
    let (world, manifest) = submitted(3).await;
    world.computation.set(|b| b.lies = true);
    release_in_vain(&world, &manifest).await;
    let asked = world.computation.behaviour.lock().unwrap().asked.clone();
    assert!(!asked.contains(&"countersignature".to_owned()));
    world.stop().await;
}
