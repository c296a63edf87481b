//! Backups, copies and dumps: what they bring back, and what they open.

use std::fs;
use std::path::Path;

use computation_server::StartRefusal;
use computation_server::store::{SqliteStore, Store};
use protocol::peer::{OpeningAnswer, SignatureDocument};
use protocol::{Hex, HexBytes, PeerDraftRequest, Problem, Release, Signed, routes};

use crate::survey::{Survey, draft, manifest, open_request, roster};
use crate::world::World;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[tokio::test]
async fn restored_backup_opens_again() {
    let mut world = World::start().await;
    let backups = tempfile::tempdir().unwrap();
    let backup = backups.path().join("backup");
    let survey = Survey::open(&world, 4).await;
    let versions = survey.declare_all(&world, 4).await;
    survey.close(&world).await;
    let agreement = survey.agree(&world, &versions).await;
    world.restart_after(|data, _| copy(data, &backup)).await;
    let path = survey.at(routes::peer::OPENING);
    let first = survey.opening(&world, &agreement.agreed, &versions);
    let answer = world.peer(&path, &first).await;
    assert!(matches!(answer.json(), OpeningAnswer::Release { .. }));
    let restore = |data: &Path, _: &Path| {
        fs::remove_dir_all(data).unwrap();
        copy(&backup, data);
    };
    world.restart_after(restore).await;
    let other = survey.opening(&world, &agreement.agreed, &versions[1..]);
    assert_eq!(world.peer(&path, &other).await.problem(), Problem::OpeningBegun);
    // What a restored server has not kept it makes anew: the same figures, with a proof of other masks.
    let again = world.peer(&path, &first).await;
    assert_eq!(figures(again.json()), figures(answer.json()), "the same bytes get the same figures");
    assert_eq!(world.peer(&path, &first).await.body, again.body, "what is kept is not made again");
    lose_marks(&mut world, restore).await;
    assert_eq!(
        world.peer(&path, &first).await.problem(),
        Problem::OpeningBegun,
        "a missing mark means begun"
    );
    // The request to open the survey for submissions makes no mark.
    assert_eq!(world.peer(routes::peer::SURVEYS, &survey.request).await.status, 200);
    assert_eq!(draft(&world, 1).await.0, survey.id(), "nor does the draft");
    for any in [&first, &other] {
        assert_eq!(world.peer(&path, any).await.problem(), Problem::OpeningBegun);
    }
}

/// A release without its proof.
fn figures(answer: OpeningAnswer) -> Release {
    let OpeningAnswer::Release { release } = answer else { panic!("it ended") };
    Release { rest: HexBytes(Vec::new()), ..release.body }
}

/// Changes the data folder and loses all marks; the server starts only once somebody makes the folder by hand.
async fn lose_marks(world: &mut World, change: impl FnOnce(&Path, &Path)) {
    let lose = |data: &Path, marks: &Path| {
        change(data, marks);
        fs::remove_dir_all(marks).unwrap();
    };
    let refusal = world.restart_refused_after(lose, |_, marks| fs::create_dir(marks).unwrap()).await;
    assert!(matches!(refusal, StartRefusal::NoMarks), "{refusal}");
}

/// Makes a backup of the data folder as it is now.
async fn backed_up(world: &mut World, backup: &Path) {
    world.restart_after(|data, _| copy(data, backup)).await;
}

fn bring_back(backup: &Path, data: &Path) {
    fs::remove_dir_all(data).unwrap();
    copy(backup, data);
}

#[tokio::test]
async fn restored_backup_burns_a_key_twice() {
    let mut world = World::start().await;
    let backups = tempfile::tempdir().unwrap();
    let backup = backups.path().join("backup");
    backed_up(&mut world, &backup).await;
    draft(&world, 1).await;
    world.restart_after(|data, _| bring_back(&backup, data)).await;
    // The key is in the pool again, and its mark says whose it is.
    let ask = async |world: &World, half| {
        let request = PeerDraftRequest { key_bits: 2048, data_half: Hex([half; 16]) };
        world.peer(routes::peer::DRAFTS, &request).await
    };
    for half in [2, 1] {
        assert_eq!(ask(&world, half).await.problem(), Problem::KeyPoolEmpty);
    }
    // Thrown away is thrown away: no start brings it back.
    world.restart_after(|_, _| {}).await;
    assert_eq!(ask(&world, 2).await.problem(), Problem::KeyPoolEmpty);
    lose_marks(&mut world, |_, _| {}).await;
    assert_eq!(ask(&world, 2).await.problem(), Problem::KeyPoolEmpty);
}

#[tokio::test]
async fn restored_backup_without_marks_burns_no_key() {
    let mut world = World::start().await;
    let backups = tempfile::tempdir().unwrap();
    let backup = backups.path().join("backup");
    backed_up(&mut world, &backup).await;
    draft(&world, 1).await;
    lose_marks(&mut world, |data, _| bring_back(&backup, data)).await;
    let request = PeerDraftRequest { key_bits: 2048, data_half: Hex([2; 16]) };
    assert_eq!(world.peer(routes::peer::DRAFTS, &request).await.problem(), Problem::KeyPoolEmpty);
}

#[tokio::test]
async fn restored_draft_without_its_mark_is_opened_for_nobody() {
    let mut world = World::start().await;
    let (id, draft) = draft(&world, 1).await;
    let roster = roster(3);
    let request = open_request(&world, manifest(&world, id, &draft, &roster), &roster);
    lose_marks(&mut world, |_, _| {}).await;
    for _ in 0..2 {
        let answer = world.peer(routes::peer::SURVEYS, &request).await;
        assert_eq!(answer.problem(), Problem::ManifestForeign);
    }
}

#[tokio::test]
async fn database_dumps_after_release_open_no_commitment() {
    let world = World::start().await;
    let survey = Survey::open(&world, 3).await;
    let versions = survey.declare_all(&world, 3).await;
    survey.close(&world).await;
    let agreement = survey.agree(&world, &versions).await;
    let before = dump(&world.data());
    let kept = sealed_secrets(&before, survey.id()).await;
    assert_eq!(kept.len(), 4, "a key and three shares");
    assert!(kept.iter().all(|secret| contains(&before, secret)));
    for version in &versions {
        assert!(version.secrets().iter().all(|share| !contains(&before, share)), "a share lies open");
    }
    let opening = survey.opening(&world, &agreement.agreed, &versions);
    let OpeningAnswer::Release { release } =
        world.peer(&survey.at(routes::peer::OPENING), &opening).await.json()
    else {
        panic!("it ended")
    };
    let signature = Signed::sign(release.body, &world.data_server).signature;
    let path = survey.at(routes::peer::COUNTERSIGNATURE);
    assert_eq!(world.peer(&path, &SignatureDocument { signature }).await.status, 204);
    let after = dump(&world.data());
    assert!(kept.iter().all(|secret| !contains(&after, secret)), "a sealed secret is still on disk");
}

/// All bytes of the database and its log, as a copy has them.
fn dump(data: &Path) -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(data).unwrap().map(Result::unwrap);
    let database = files.filter(|file| file.file_name().to_string_lossy().contains("sqlite"));
    database.map(|f| (f.file_name().into_string().unwrap(), fs::read(f.path()).unwrap())).collect()
}

fn contains(dump: &[(String, Vec<u8>)], secret: &[u8]) -> bool {
    dump.iter().any(|(_, bytes)| bytes.windows(secret.len()).any(|window| window == secret))
}

/// The sealed key and shares of a dump, read through a store of its own.
async fn sealed_secrets(dump: &[(String, Vec<u8>)], survey: protocol::Hex<32>) -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in dump.iter().filter(|(name, _)| !name.ends_with(".lock") && !name.ends_with("-shm")) {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let store = SqliteStore::open(&folder.path().join("computation-server.sqlite")).await.unwrap();
    let material = store.opening_material(survey).await.unwrap().unwrap();
    store.close().await.unwrap();
    let shares = material.sealed_shares.into_iter().map(|(_, _, share)| share);
    material.sealed_key.into_iter().chain(shares).collect()
}
