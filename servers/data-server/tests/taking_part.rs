//! Through the front door: from a draft to a receipt, and every refusal on the way.

mod common;

use std::sync::Arc;
use std::time::Duration;

use common::reporter::{Reporter, reporters};
use common::{CLOSES_AT, World};
use protocol::{AdmittedManifest, Hex, OrderKind, Problem, Receipt, SigningKey, Submission, SurveyStatus};
use tokio::sync::oneshot;

/// A survey with one enrolled reporter.
async fn one_enrolled() -> (World, Arc<AdmittedManifest>, Reporter) {
    one_enrolled_in(World::new().await).await
}

async fn one_enrolled_in(world: World) -> (World, Arc<AdmittedManifest>, Reporter) {
    let (mut all, roster) = reporters(1);
    let manifest = world.open(roster).await;
    let reporter = all.remove(0);
    reporter.enrol(&world, &manifest).await;
    (world, manifest, reporter)
}

async fn status(world: &World, manifest: &AdmittedManifest) -> SurveyStatus {
    world.get(&format!("/v1/surveys/{}/status", manifest.manifest().survey)).await.json()
}

#[tokio::test]
async fn the_organizer_alone_makes_drafts_and_opens_them_once() {
    let world = World::new().await;
    let draft = world.draft().await;
    let bits = serde_json::json!({ "key_bits": 2048 });
    assert_eq!(world.post("/v1/drafts", &bits).await.problem(), Problem::SignInRequired);
    let odd = serde_json::json!({ "key_bits": 2047 });
    assert_eq!(world.organizer("POST", "/v1/drafts", &odd).await.problem(), Problem::KeyLength);
    let request = world.request(draft, vec![]);
    assert_eq!(world.post("/v1/surveys", &request).await.problem(), Problem::SignInRequired);
    let mut forged = request.clone();
    forged.manifest.title = "Another".into();
    assert_eq!(world.organizer("POST", "/v1/surveys", &forged).await.problem(), Problem::WrongSignature);
    let mut foreign = request.clone();
    foreign.manifest.data_server.operator = "somebody else".into();
    foreign.organizer_signature = foreign.manifest.sign(&world.organizer);
    assert_eq!(world.organizer("POST", "/v1/surveys", &foreign).await.problem(), Problem::ManifestForeign);
    world.computation.set(|b| b.down = true);
    assert_eq!(world.organizer("POST", "/v1/surveys", &request).await.problem(), Problem::PeerUnavailable);
    let path = format!("/v1/surveys/{}", request.manifest.survey);
    assert_eq!(world.get(&path).await.problem(), Problem::UnknownSurvey);
    world.computation.set(|b| b.down = false);
    for _ in 0..2 {
        assert_eq!(world.organizer("POST", "/v1/surveys", &request).await.status, 200);
    }
    let mut other = request;
    other.manifest.title = "Another".into();
    other.organizer_signature = other.manifest.sign(&world.organizer);
    assert_eq!(world.organizer("POST", "/v1/surveys", &other).await.problem(), Problem::AlreadyOpen);
    world.stop().await;
}

#[tokio::test]
async fn a_survey_whose_mark_is_lost_or_begun_does_not_start_anew() {
    let world = World::new().await;
    let request = world.request(world.draft().await, vec![]);
    let mark = world.home.path().join("marks").join(request.manifest.survey.to_string());
    let kept = std::fs::read(&mark).unwrap();
    let refused = async || world.organizer("POST", "/v1/surveys", &request).await.problem();
    std::fs::write(&mark, "begun 00\n").unwrap();
    assert_eq!(refused().await, Problem::ManifestForeign);
    std::fs::remove_file(&mark).unwrap();
    assert_eq!(refused().await, Problem::ManifestForeign);
    assert!(!mark.exists(), "nor is the mark made anew");
    kit::private_file::create(&mark, &kept).unwrap();
    world.computation.set(|b| b.down = true);
    assert_eq!(refused().await, Problem::PeerUnavailable);
    world.computation.set(|b| b.down = false);
    std::fs::remove_file(&mark).unwrap();
    assert_eq!(
        refused().await,
        Problem::ManifestForeign,
        "nor where only the other server's word is missing"
    );
    world.stop().await;
}

#[tokio::test]
async fn a_receipt_has_both_words_and_the_same_message_gets_the_same() {
    let (world, manifest, reporter) = one_enrolled().await;
    let body = reporter.seal(&manifest, 1, |_| {});
    let first = reporter.put(&world, &manifest, 1, &body).await;
    let again = reporter.put(&world, &manifest, 1, &body).await;
    assert_eq!((first.status, again.status), (201, 200));
    assert_eq!(first.json::<Receipt>(), again.json::<Receipt>());
    let other = reporter.seal(&manifest, 1, |_| {});
    assert_eq!(reporter.put(&world, &manifest, 1, &other).await.problem(), Problem::VersionUsed);
    let third = reporter.seal(&manifest, 3, |_| {});
    assert_eq!(reporter.put(&world, &manifest, 3, &third).await.problem(), Problem::VersionGap);
    reporter.submit(&world, &manifest, 2).await;
    assert!(status(&world, &manifest).await.invitations[0].submitted);
    let withdrawn = reporter.withdraw(&world, &manifest, 5).await;
    assert_eq!(withdrawn.status, 200, "{}", withdrawn.text());
    let receipt: Receipt = withdrawn.json();
    let statement = reporter.withdrawal(&manifest, 5).statement;
    receipt.verify(&statement, manifest.data_server(), manifest.computation_server()).unwrap();
    assert!(status(&world, &manifest).await.invitations[0].withdrawn);
    reporter.submit(&world, &manifest, 6).await;
    world.stop().await;
}

#[tokio::test]
async fn an_unfinished_submission_is_finished_by_the_same_message_or_by_the_server_itself() {
    let (mut world, manifest, reporter) = one_enrolled().await;
    world.computation.set(|b| b.down = true);
    let body = reporter.seal(&manifest, 1, |_| {});
    assert_eq!(reporter.put(&world, &manifest, 1, &body).await.problem(), Problem::PeerUnavailable);
    let next = reporter.seal(&manifest, 2, |_| {});
    assert_eq!(reporter.put(&world, &manifest, 2, &next).await.problem(), Problem::PeerUnavailable);
    world.computation.set(|b| b.down = false);
    let finished = reporter.put(&world, &manifest, 1, &body).await;
    assert_eq!(finished.status, 200, "{}", finished.text());
    world.computation.set(|b| b.down = true);
    assert_eq!(reporter.put(&world, &manifest, 2, &next).await.problem(), Problem::PeerUnavailable);
    world.restart().await;
    world.computation.set(|b| {
        b.asked.clear();
        b.down = false;
    });
    for _ in 0..200 {
        if world.computation.behaviour.lock().unwrap().asked.contains(&"declarations".to_owned()) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    reporter.submit(&world, &manifest, 3).await;
    world.stop().await;
}

#[tokio::test]
async fn one_item_without_an_answer_does_not_hold_up_the_others() {
    let world = World::new().await;
    let (mut all, roster) = reporters(2);
    let manifest = world.open(roster).await;
    all.sort_by_key(Reporter::credential);
    world.computation.set(|b| b.ignores = Some(all[0].credential()));
    for reporter in &all {
        reporter.enrol(&world, &manifest).await;
    }
    let first = all[0].seal(&manifest, 1, |_| {});
    assert_eq!(all[0].put(&world, &manifest, 1, &first).await.problem(), Problem::PeerUnavailable);
    world.computation.set(|b| b.down = true);
    let second = all[1].seal(&manifest, 1, |_| {});
    assert_eq!(all[1].put(&world, &manifest, 1, &second).await.problem(), Problem::PeerUnavailable);
    world.computation.set(|b| b.down = false);
    let submitted = async || status(&world, &manifest).await.invitations.iter().any(|i| i.submitted);
    for _ in 0..200 {
        if submitted().await {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(submitted().await, "by the server itself");
    world.stop().await;
}

#[tokio::test]
async fn a_version_that_the_other_server_refuses_is_dropped_and_may_be_used_again() {
    // On a busy machine a repeat in the background would meet the refusal that is meant for the upload.
    let quiet = World::with(|settings| settings.retry_every = Duration::from_secs(3600)).await;
    let (world, manifest, reporter) = one_enrolled_in(quiet).await;
    for problem in [Problem::ShareMismatch, Problem::DeclarationRefused] {
        world.computation.refuse_next("declarations", problem);
        let body = reporter.seal(&manifest, 1, |_| {});
        assert_eq!(reporter.put(&world, &manifest, 1, &body).await.problem(), problem);
    }
    reporter.submit(&world, &manifest, 1).await;
    world.stop().await;
}

#[tokio::test]
async fn a_late_refusal_does_not_delete_the_next_upload() {
    let quiet = World::with(|settings| settings.retry_every = Duration::from_secs(3600)).await;
    let (world, manifest, reporter) = one_enrolled_in(quiet).await;
    let (bad, good) = (reporter.seal(&manifest, 1, |_| {}), reporter.seal(&manifest, 1, |_| {}));
    let (mut openers, mut gates) = (Vec::new(), Vec::new());
    for refusal in [Some(Problem::ShareMismatch), Some(Problem::ShareMismatch), None] {
        let (opener, gate) = oneshot::channel();
        openers.push(opener);
        gates.push((gate, refusal));
    }
    world.computation.set(|b| b.gates.extend(gates));
    let waiting = async |left| {
        while world.computation.behaviour.lock().unwrap().gates.len() > left {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let put = async |body| reporter.put(&world, &manifest, 1, body).await;
    let first = async {
        let refused = put(&bad).await.problem();
        (refused, put(&good).await)
    };
    let second = async {
        waiting(2).await;
        put(&bad).await.problem()
    };
    let gatekeeper = async {
        waiting(1).await;
        let mut openers = openers.into_iter();
        openers.next().unwrap().send(()).unwrap();
        waiting(0).await;
        openers.next().unwrap().send(()).unwrap();
        openers.next()
    };
    let answers = async {
        let (late, last) = tokio::join!(second, gatekeeper);
        last.unwrap().send(()).unwrap();
        late
    };
    let ((refused, receipt), late) = tokio::join!(first, answers);
    assert_eq!((refused, late), (Problem::ShareMismatch, Problem::ShareMismatch));
    assert_eq!(receipt.status, 201, "{}", receipt.text());
    let again = put(&good).await;
    assert_eq!((again.status, &again.body), (200, &receipt.body), "it is still there");
    world.stop().await;
}

#[tokio::test]
async fn a_word_from_the_far_future_is_no_word() {
    let (world, manifest, reporter) = one_enrolled().await;
    let body = reporter.seal(&manifest, 1, |_| {});
    for hours in [2, 1 << 40] {
        world.computation.set(|b| b.hours_ahead = hours);
        assert_eq!(reporter.put(&world, &manifest, 1, &body).await.problem(), Problem::PeerUnavailable);
    }
    world.computation.set(|b| b.hours_ahead = 1);
    assert_eq!(reporter.put(&world, &manifest, 1, &body).await.status, 200);
    world.stop().await;
}

#[tokio::test]
async fn nothing_malformed_is_stored() {
    let (world, manifest, reporter) = one_enrolled().await;
    let key_bytes = manifest.paillier().bits().bytes();
    let n = manifest.paillier().to_bytes();
    let put = async |version, body: Vec<u8>| reporter.put(&world, &manifest, version, &body).await.problem();
    let overwrite = |with: Vec<u8>| {
        let change = move |s: &mut Submission| s.groups[1].bytes[..with.len()].copy_from_slice(&with);
        reporter.seal(&manifest, 1, change)
    };
    assert_eq!(put(1, overwrite(vec![0; 2 * key_bytes])).await, Problem::CiphertextZero);
    assert_eq!(put(1, overwrite(n)).await, Problem::CiphertextNotReduced);
    let secret = test_support::insecure_secret_key(manifest.paillier().bits());
    let primes = secret.expose_primes();
    let mut factor = vec![0; key_bytes - primes.0.len()];
    factor.extend_from_slice(&primes.0);
    assert_eq!(put(1, overwrite(factor)).await, Problem::CiphertextSharesFactor);
    let fewer = reporter.seal(&manifest, 1, |s| {
        s.groups[0].entries = 15;
        s.groups[0].bytes.truncate(15 * 2 * key_bytes);
    });
    assert_eq!(put(1, fewer).await, Problem::SubmissionRefused);
    let unsigned = reporter.seal(&manifest, 1, |s| s.groups.clear());
    assert_eq!(put(1, unsigned).await, Problem::SubmissionRefused);
    assert_eq!(put(1, reporter.seal(&manifest, 2, |_| {})).await, Problem::SubmissionUnsealable);
    let too_large = vec![0; Submission::max_sealed_bytes(&manifest) + 1];
    assert_eq!(put(1, too_large).await, Problem::BodyTooLarge);
    reporter.submit(&world, &manifest, 1).await;
    world.stop().await;
}

#[tokio::test]
async fn signatures_hold_for_their_survey_and_key_only() {
    let (world, manifest, reporter) = one_enrolled().await;
    let other_survey = world.open(reporters(1).1).await;
    let statement = |of: &Arc<AdmittedManifest>| {
        let mut found = None;
        reporter.seal(of, 1, |submission| found = Some(submission.statement));
        found.unwrap()
    };
    let put = async |change: &dyn Fn(&mut Submission)| {
        let body = reporter.seal(&manifest, 1, |submission| change(submission));
        reporter.put(&world, &manifest, 1, &body).await.problem()
    };
    let foreign = statement(&other_survey);
    assert_eq!(put(&|s| s.statement = foreign).await, Problem::WrongSignature, "another survey's");
    assert_eq!(put(&|s| s.statement.signature.0[5] ^= 1).await, Problem::WrongSignature);
    let body = reporter.seal(&other_survey, 1, |_| {});
    assert_eq!(reporter.put(&world, &manifest, 1, &body).await.problem(), Problem::SubmissionUnsealable);
    let path = format!("/v1/surveys/{}/withdrawals", manifest.manifest().survey);
    let withdrawal = reporter.withdrawal(&other_survey, 1).to_bytes();
    assert_eq!(world.send("POST", &path, withdrawal).await.problem(), Problem::WrongSignature);
    let mut changed = reporter.withdrawal(&manifest, 1).to_bytes();
    changed[196] ^= 1;
    assert_eq!(world.send("POST", &path, changed).await.problem(), Problem::WrongSignature);
    let stranger =
        Reporter { invitation: SigningKey::from_seed(&[77; 32]), key: SigningKey::from_seed(&[78; 32]) };
    assert_eq!(stranger.try_enrol(&world, &manifest).await.problem(), Problem::InvitationUnknown);
    let body = stranger.seal(&manifest, 1, |_| {});
    assert_eq!(stranger.put(&world, &manifest, 1, &body).await.problem(), Problem::CredentialUnknown);
    let late = Reporter { invitation: reporter.invitation.clone(), key: stranger.key.clone() };
    assert_eq!(late.try_enrol(&world, &manifest).await.problem(), Problem::AlreadyEnrolled);
    let mut forged = reporter.enrolment(&manifest);
    forged.reporter_key = stranger.credential();
    let path = format!("/v1/surveys/{}/enrolments", manifest.manifest().survey);
    assert_eq!(world.post(&path, &forged).await.problem(), Problem::WrongSignature);
    reporter.enrol(&world, &manifest).await;
    world.stop().await;
}

#[tokio::test]
async fn orders_are_the_organizers_in_sequence_and_not_too_early() {
    let (mut world, manifest, reporter) = one_enrolled().await;
    let invited = vec![SigningKey::from_seed(&[77; 32]).verifying_key().to_hex()];
    let organizer = std::mem::replace(&mut world.organizer, SigningKey::from_seed(&[66; 32]));
    let close = || OrderKind::Close {};
    assert_eq!(world.order(&manifest, 1, close()).await.problem(), Problem::WrongSignature);
    world.organizer = organizer;
    assert_eq!(world.order(&manifest, 2, OrderKind::Release {}).await.problem(), Problem::OrderOutOfSequence);
    assert_eq!(world.order(&manifest, 1, close()).await.problem(), Problem::TooEarly);
    assert_eq!(world.order(&manifest, 1, OrderKind::Release {}).await.problem(), Problem::SurveyNotClosed);
    let revoke = OrderKind::Revoke { keys: vec![reporter.invitation.verifying_key().to_hex()] };
    assert_eq!(world.order(&manifest, 1, revoke).await.problem(), Problem::AlreadyEnrolled);
    world.computation.set(|b| b.down = true);
    let invite = || OrderKind::Invite { keys: invited.clone() };
    assert_eq!(world.order(&manifest, 1, invite()).await.problem(), Problem::PeerUnavailable);
    world.computation.set(|b| b.down = false);
    for _ in 0..2 {
        assert_eq!(world.order(&manifest, 1, invite()).await.status, 204);
    }
    world.computation.refuse_next("orders", Problem::RosterRefused);
    let more = OrderKind::Invite { keys: vec![SigningKey::from_seed(&[79; 32]).verifying_key().to_hex()] };
    assert_eq!(world.order(&manifest, 2, more).await.problem(), Problem::RosterRefused);
    assert_eq!(
        status(&world, &manifest).await.next_sequence,
        2,
        "what the other server refused was not done"
    );
    let labels = serde_json::json!({ invited[0].to_string(): "Quay Ltd" });
    let path = format!("/v1/surveys/{}/labels", manifest.manifest().survey);
    assert_eq!(world.post(&path, &labels).await.problem(), Problem::MethodNotAllowed);
    assert_eq!(world.organizer("PUT", &path, &labels).await.status, 204);
    let shown = status(&world, &manifest).await;
    assert_eq!(shown.invitations.iter().map(|i| i.label.as_str()).collect::<Vec<_>>(), ["", "Quay Ltd"]);
    world.stop().await;
}

#[tokio::test]
async fn an_order_is_not_read_before_its_survey_is_known_nor_beyond_its_bound() {
    let (world, manifest, _) = one_enrolled().await;
    let orders = |survey| format!("/v1/surveys/{survey}/orders");
    let unknown = world.send("POST", &orders(Hex([1; 32])), vec![b'{'; 1 << 20]).await;
    assert_eq!(unknown.problem(), Problem::UnknownSurvey);
    let bound = 1024 + 70 * manifest.manifest().max_reporters as usize;
    for (length, problem) in [(bound, Problem::MalformedRequest), (bound + 1, Problem::BodyTooLarge)] {
        let answer = world.send("POST", &orders(manifest.manifest().survey), vec![b' '; length]).await;
        assert_eq!(answer.problem(), problem);
    }
    world.stop().await;
}

#[tokio::test]
async fn a_closed_survey_takes_nothing() {
    let (world, manifest, reporter) = one_enrolled().await;
    reporter.submit(&world, &manifest, 1).await;
    world.clock.set(CLOSES_AT);
    let body = reporter.seal(&manifest, 2, |_| {});
    assert_eq!(reporter.put(&world, &manifest, 2, &body).await.problem(), Problem::SurveyClosed);
    assert_eq!(reporter.withdraw(&world, &manifest, 2).await.problem(), Problem::SurveyClosed);
    let unknown = format!("/v1/surveys/{}/submissions/{}/1", Hex([1; 32]), reporter.credential());
    assert_eq!(world.send("PUT", &unknown, body).await.problem(), Problem::UnknownSurvey);
    world.stop().await;
}
