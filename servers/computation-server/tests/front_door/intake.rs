//! What is refused, and what is repeated, while a survey takes anything.

use std::time::Duration;

use protocol::peer::{Envelope, declaration_body};
use protocol::{
    Discrepancy, Hex, Order, OrderKind, PeerDraft, PeerDraftRequest, Problem, Side, Signed, SignedHour,
    SigningKey, hour_of, routes,
};

use crate::http::{announce, answer_to, send};
use crate::survey::{
    CLOSES_NOT_BEFORE, Survey, draft, invitation, manifest, open_request, pay, reporter, roster,
};
use crate::world::{NOW, World};

#[tokio::test]
async fn only_the_peer_is_let_in_now_and_once() {
    let world = World::start().await;
    let body = serde_json::to_vec(&PeerDraftRequest { key_bits: 2048, data_half: Hex([1; 16]) }).unwrap();
    let path = routes::peer::DRAFTS;
    let stranger = SigningKey::from_seed(&[77; 32]);
    let ask = async |key: &SigningKey, time, nonce: u8| {
        world.peer_with(path, &body, key, time, Hex([nonce; 16])).await
    };
    assert_eq!(ask(&stranger, NOW, 255).await.problem(), Problem::NotThePeer);
    assert_eq!(ask(&world.data_server, NOW - 301, 254).await.problem(), Problem::NotThePeer);
    assert_eq!(ask(&world.data_server, NOW, 253).await.status, 200);
    assert_eq!(ask(&world.data_server, NOW, 253).await.problem(), Problem::NotThePeer);
    assert_eq!(world.post(path, &body).await.problem(), Problem::NotThePeer);
    assert_eq!(world.peer("/v1/peer/decrypt", &()).await.problem(), Problem::NotFound);
    assert!(Envelope::parse("1 x").is_none());
}

#[tokio::test]
async fn large_bodies_of_strangers() {
    let world = World::start().await;
    let path = routes::of_survey(routes::peer::AGREEMENT, &Hex([1; 32]));
    let header = |time| Envelope { time, nonce: Hex([7; 16]), signature: Hex([7; 64]) }.to_header();
    // From another time: refused before anything of it is read.
    let stale = announce(world.address(), &path, &header(NOW - 301), 90 << 20).await;
    let answer = answer_to(stale).await;
    assert_eq!((answer.problem(), answer.peer), (Problem::NotThePeer, None));
    let beyond = announce(world.address(), &path, &header(NOW), (96 << 20) + 1).await;
    let answer = answer_to(beyond).await;
    assert_eq!((answer.problem(), answer.peer), (Problem::BodyTooLarge, None));
    // Four that send nothing have all the places there are: a fifth is not read, and what is small goes on.
    let mut silent = Vec::new();
    for _ in 0..4 {
        silent.push(announce(world.address(), &path, &header(NOW), 70_000).await);
    }
    // The fifth comes once the four are surely there.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let large = vec![b' '; 70_000];
    let fifth = world.peer_bytes(&path, &large);
    tokio::pin!(fifth);
    assert!(tokio::time::timeout(Duration::from_millis(500), &mut fifth).await.is_err());
    draft(&world, 1).await;
    silent.clear();
    assert_eq!(fifth.await.problem(), Problem::MalformedRequest);
}

#[tokio::test]
async fn a_key_is_burnt_for_one_draft_and_the_same_half_gets_the_same() {
    let world = World::start().await;
    let (id, first) = draft(&world, 1).await;
    assert_eq!(draft(&world, 1).await, (id, first.clone()));
    let request = |key_bits, half| PeerDraftRequest { key_bits, data_half: Hex([half; 16]) };
    let ask = async |request| world.peer(routes::peer::DRAFTS, &request).await;
    assert_eq!(ask(request(2048, 2)).await.problem(), Problem::KeyPoolEmpty);
    assert_eq!(ask(request(1024, 3)).await.problem(), Problem::KeyLength);
    let again: PeerDraft = ask(request(2048, 1)).await.json();
    assert_eq!(again, first);
}

#[tokio::test]
async fn a_burnt_key_stays_burnt_over_a_restart() {
    let mut world = World::start().await;
    let (id, first) = draft(&world, 1).await;
    world.restart_after(|_, _| {}).await;
    assert_eq!(draft(&world, 1).await, (id, first));
    let request = PeerDraftRequest { key_bits: 2048, data_half: Hex([2; 16]) };
    assert_eq!(world.peer(routes::peer::DRAFTS, &request).await.problem(), Problem::KeyPoolEmpty);
}

#[tokio::test]
async fn reopened_draft_replay() {
    let world = World::start().await;
    let survey = Survey::open(&world, 3).await;
    let again = world.peer(routes::peer::SURVEYS, &survey.request).await;
    assert_eq!(again.status, 200);
    let mut other = survey.request.request.manifest.clone();
    other.title = "Another".into();
    let other = open_request(&world, other, &roster(3));
    assert_eq!(world.peer(routes::peer::SURVEYS, &other).await.problem(), Problem::AlreadyOpen);
    let mut foreign = survey.request.request.manifest.clone();
    foreign.survey = Hex([9; 32]);
    let foreign = open_request(&world, foreign, &roster(3));
    assert_eq!(world.peer(routes::peer::SURVEYS, &foreign).await.problem(), Problem::ManifestForeign);
}

#[tokio::test]
async fn a_manifest_is_checked_before_it_is_signed() {
    let world = World::start().await;
    let (id, draft) = draft(&world, 1).await;
    let roster = roster(3);
    let base = manifest(&world, id, &draft, &roster);
    let ask = async |request| world.peer(routes::peer::SURVEYS, &request).await.problem();
    let past = protocol::Manifest { closes_not_before: 1, closes_at: NOW, ..base.clone() };
    assert_eq!(ask(open_request(&world, past, &roster)).await, Problem::ManifestRefused);
    let elsewhere = protocol::Manifest { data_server: base.computation_server.clone(), ..base.clone() };
    assert_eq!(ask(open_request(&world, elsewhere, &roster)).await, Problem::ManifestForeign);
    let root = protocol::Manifest { roster_root: Hex([1; 32]), ..base.clone() };
    assert_eq!(ask(open_request(&world, root, &roster)).await, Problem::RosterRefused);
    let mut unsigned = open_request(&world, base.clone(), &roster);
    unsigned.request.organizer_signature = unsigned.data_server_signature;
    assert_eq!(ask(unsigned).await, Problem::WrongSignature);
    let mut unsigned = open_request(&world, base, &roster);
    unsigned.data_server_signature = unsigned.request.organizer_signature;
    assert_eq!(ask(unsigned).await, Problem::WrongSignature);
}

#[tokio::test]
async fn manifest_with_anything_foreign_in_an_identity() {
    let world = World::start().await;
    let (id, draft) = draft(&world, 1).await;
    let roster = roster(3);
    let honest = manifest(&world, id, &draft, &roster);
    let foreign: [fn(&mut protocol::Manifest); 6] = [
        |m| m.computation_server.operator.push('s'),
        |m| m.computation_server.url.push_str("/elsewhere"),
        |m| m.computation_server.signing_key = SigningKey::from_seed(&[78; 32]).verifying_key().to_hex(),
        |m| m.computation_server.sealing_key = Hex([6; 32]),
        |m| m.data_server.signing_key = SigningKey::from_seed(&[79; 32]).verifying_key().to_hex(),
        |m| m.data_server.sealing_key = Hex([6; 32]),
    ];
    for change in foreign {
        let mut changed = honest.clone();
        change(&mut changed);
        let answer = world.peer(routes::peer::SURVEYS, &open_request(&world, changed, &roster)).await;
        assert_eq!(answer.problem(), Problem::ManifestForeign);
    }
    let answer = world.peer(routes::peer::SURVEYS, &open_request(&world, honest, &roster)).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn early_close_by_data_server() {
    let world = World::start().await;
    let survey = Survey::open(&world, 3).await;
    let versions = survey.declare_all(&world, 3).await;
    assert_eq!(survey.order(&world, 1, OrderKind::Close {}).await.problem(), Problem::TooEarly);
    let order = Order { fingerprint: *survey.fingerprint(), sequence: 1, order: OrderKind::Close {} };
    world.clock.set(CLOSES_NOT_BEFORE);
    let forged = Signed::sign(order, &world.data_server);
    let answer = world.public(&survey.at(routes::ORDERS), &forged).await;
    assert_eq!(answer.problem(), Problem::WrongSignature);
    let list = survey.list(&world, &versions);
    let answer = world.peer(&survey.at(routes::peer::AGREEMENT), &list).await;
    assert_eq!(answer.problem(), Problem::SurveyNotClosed);
}

#[tokio::test]
async fn orders_are_taken_in_sequence() {
    let world = World::start().await;
    let survey = Survey::open(&world, 3).await;
    let keys = |i: u8| vec![invitation(i).verifying_key().to_hex()];
    let order = async |sequence, kind| survey.order(&world, sequence, kind).await;
    assert_eq!(order(2, OrderKind::Invite { keys: keys(5) }).await.problem(), Problem::OrderOutOfSequence);
    assert_eq!(order(1, OrderKind::Invite { keys: keys(0) }).await.problem(), Problem::RosterRefused);
    for _ in 0..2 {
        assert_eq!(order(1, OrderKind::Invite { keys: keys(5) }).await.status, 204);
    }
    assert_eq!(order(1, OrderKind::Invite { keys: keys(6) }).await.problem(), Problem::OrderOutOfSequence);
    assert_eq!(order(2, OrderKind::Revoke { keys: keys(0) }).await.problem(), Problem::AlreadyEnrolled);
    assert_eq!(order(2, OrderKind::Revoke { keys: keys(7) }).await.problem(), Problem::InvitationUnknown);
    assert_eq!(order(2, OrderKind::Revoke { keys: keys(5) }).await.status, 204);
    let revoked = survey.enrolment(5, &reporter(5));
    let answer = world.public(&survey.at(routes::ENROLMENTS), &revoked).await;
    assert_eq!(answer.problem(), Problem::InvitationUnknown);
    assert_eq!(order(3, OrderKind::Release {}).await.problem(), Problem::SurveyNotClosed);
}

#[tokio::test]
async fn organizer_signs_with_invitation_key_after_enrolment() {
    let world = World::start().await;
    let survey = Survey::open(&world, 3).await;
    let path = survey.at(routes::ENROLMENTS);
    let again = world.public(&path, &survey.enrolment(0, &reporter(0))).await;
    assert_eq!(again.status, 200);
    let stolen = world.public(&path, &survey.enrolment(0, &reporter(50))).await;
    assert_eq!(stolen.problem(), Problem::AlreadyEnrolled);
    let doubled =
        survey.order(&world, 1, OrderKind::Invite { keys: vec![invitation(9).verifying_key().to_hex()] });
    assert_eq!(doubled.await.status, 204);
    let doubled = world.public(&path, &survey.enrolment(9, &reporter(0))).await;
    assert_eq!(doubled.problem(), Problem::CredentialInUse);
    let spoken = survey.submission(&world, &invitation(0), 1, &pay(0));
    assert_eq!(survey.declare(&world, &spoken).await.problem(), Problem::CredentialUnknown);
}

#[tokio::test]
async fn versions_follow_one_another_and_repetitions_get_the_same_word() {
    let world = World::start().await;
    let survey = Survey::open(&world, 3).await;
    let make = |version, more| survey.submission(&world, &reporter(0), version, &pay(more));
    let (first, second) = (make(1, 0), make(2, 1));
    assert_eq!(survey.declare(&world, &second).await.problem(), Problem::VersionGap);
    let word = survey.declare(&world, &first).await;
    world.clock.advance(7200);
    assert_eq!(survey.declare(&world, &first).await.body, word.body);
    let given: SignedHour = word.json();
    given.verify_declared(&first.signed.statement, survey.manifest.computation_server()).unwrap();
    assert_eq!(given.hour, hour_of(NOW));
    assert_eq!(survey.declare(&world, &make(1, 3)).await.problem(), Problem::VersionUsed);
    assert_eq!(survey.declare(&world, &second).await.status, 200);
    assert_eq!(survey.declare(&world, &first).await.body, word.body);
}

#[tokio::test]
async fn share_mismatch_refused_at_intake() {
    let world = World::start().await;
    let survey = Survey::open(&world, 3).await;
    let honest = survey.submission(&world, &reporter(0), 1, &pay(0));
    let other = survey.submission(&world, &reporter(0), 2, &pay(0));
    // K of other shares than those sealed: the statement is signed anew, the scalars stay.
    let mut statement = honest.signed.statement;
    statement.share_commitment = other.signed.statement.share_commitment;
    let lie = survey.reseal(&world, &reporter(0), &honest, statement);
    assert_eq!(survey.declare(&world, &lie).await.problem(), Problem::ShareMismatch);
    assert_eq!(survey.declare(&world, &honest).await.status, 200, "the version may be used again");
}

#[tokio::test]
async fn copied_submission_other_credential() {
    let world = World::start().await;
    let survey = Survey::open(&world, 3).await;
    let honest = survey.submission(&world, &reporter(0), 1, &pay(0));
    assert_eq!(survey.declare(&world, &honest).await.status, 200);
    // The copier signs the same C and K, and has no declaration but the sealed one of the other.
    let mut copied = honest.clone();
    let mut statement = honest.signed.statement;
    statement.credential = reporter(1).verifying_key().to_hex();
    copied.signed = statement.sign(&reporter(1));
    copied.held = SignedHour::held(&statement, hour_of(NOW), &world.data_server);
    assert_eq!(survey.declare(&world, &copied).await.problem(), Problem::DeclarationRefused);
}

#[tokio::test]
async fn board_signature_covers_share() {
    // What is signed is 133 bytes of fingerprint, credential, version, kind, C and K, and the word is over
    // their hash and the hour: the same share in another envelope gets the same word.
    let world = World::start().await;
    let survey = Survey::open(&world, 3).await;
    let version = survey.submission(&world, &reporter(0), 1, &pay(0));
    let bytes = version.signed.statement.to_bytes();
    assert_eq!(bytes.len(), 133);
    let word: SignedHour = survey.declare(&world, &version).await.json();
    for share in version.secrets() {
        assert!(!version.signed.to_bytes().windows(32).any(|window| window == share));
    }
    let resealed = survey.reseal(&world, &reporter(0), &version, version.signed.statement);
    assert_ne!(resealed.sealed, version.sealed);
    let answer: SignedHour = survey.declare(&world, &resealed).await.json();
    assert_eq!(answer, word);
}

#[tokio::test]
async fn withdrawal_replayed() {
    let world = World::start().await;
    let survey = Survey::open(&world, 3).await;
    survey.declare_all(&world, 1).await;
    let path = survey.at(routes::WITHDRAWALS);
    let withdrawal = survey.withdrawal(&reporter(0), 5).to_bytes();
    let word = world.post(&path, &withdrawal).await;
    word.json::<SignedHour>();
    let mut after = survey.submission(&world, &reporter(0), 6, &pay(0));
    assert_eq!(survey.declare(&world, &after).await.status, 200);
    assert_eq!(world.post(&path, &withdrawal).await.body, word.body, "the same word, and nothing changes");
    let late = survey.withdrawal(&reporter(0), 4).to_bytes();
    assert_eq!(world.post(&path, &late).await.problem(), Problem::VersionUsed);
    let mut versions = survey.declare_some(&world, 1..3).await;
    after.declared = Some(survey.declare(&world, &after).await.json());
    versions.push(after);
    survey.close(&world).await;
    let agreed = survey.agree(&world, &versions).await.agreed.body;
    assert_eq!((agreed.members.len(), agreed.withdrawn), (3, 0));
}

#[tokio::test]
async fn a_withdrawal_of_a_stranger_or_of_another_survey_is_refused() {
    let world = World::start().await;
    let survey = Survey::open(&world, 3).await;
    let path = survey.at(routes::WITHDRAWALS);
    let stranger = survey.withdrawal(&reporter(60), 1).to_bytes();
    assert_eq!(world.post(&path, &stranger).await.problem(), Problem::CredentialUnknown);
    let mut elsewhere = survey.withdrawal(&reporter(0), 1).statement;
    elsewhere.fingerprint = Hex([1; 32]);
    let elsewhere = elsewhere.sign(&reporter(0)).to_bytes();
    assert_eq!(world.post(&path, &elsewhere).await.problem(), Problem::WrongSignature);
    assert_eq!(world.post(&path, &elsewhere[1..]).await.problem(), Problem::MalformedRequest);
}

#[tokio::test]
async fn a_declaration_needs_the_data_servers_word() {
    let world = World::start().await;
    let survey = Survey::open(&world, 3).await;
    let version = survey.submission(&world, &reporter(0), 1, &pay(0));
    let unheld = SignedHour { hour: version.held.hour + 1, ..version.held };
    let body = declaration_body(&version.signed, &unheld, &version.sealed);
    let answer = world.peer_bytes(&survey.at(routes::peer::DECLARATIONS), &body).await;
    assert_eq!(answer.problem(), Problem::WrongSignature);
}

#[tokio::test]
async fn absurd_hour_in_the_data_servers_word() {
    let world = World::start().await;
    let survey = Survey::open(&world, 4).await;
    let mut absurd = survey.submission(&world, &reporter(0), 1, &pay(0));
    for hour in [hour_of(NOW) + 2, 1 << 53, (1 << 63) - 1, 1 << 63, u64::MAX] {
        absurd.held = SignedHour::held(&absurd.signed.statement, hour, &world.data_server);
        assert_eq!(survey.declare(&world, &absurd).await.problem(), Problem::DeclarationRefused);
    }
    // The latest hour that is taken convicts as any other.
    let latest = hour_of(NOW) + 1;
    absurd.held = SignedHour::held(&absurd.signed.statement, latest, &world.data_server);
    assert_eq!(survey.declare(&world, &absurd).await.status, 200);
    let others = survey.declare_some(&world, 1..4).await;
    survey.close(&world).await;
    let agreed = survey.agree(&world, &others).await.agreed.body;
    let statement = absurd.signed.statement;
    let (credential, version, by) = (statement.credential, statement.version, Side::DataServer);
    assert_eq!(agreed.discrepancies, [Discrepancy::Lost { credential, version, by }]);
}

#[tokio::test]
async fn bodies_over_the_limit_and_wrong_methods_are_refused() {
    let world = World::start().await;
    let survey = Survey::open(&world, 3).await;
    let answer = world.post(&survey.at(routes::ENROLMENTS), &[b' '; 5000]).await;
    assert_eq!(answer.problem(), Problem::BodyTooLarge);
    let answer = send(world.address(), "PUT", &survey.at(routes::RELEASE), None, b"").await;
    assert!(matches!(answer.status, 404 | 405));
    let answer = world.get(&routes::of_survey(routes::SURVEY, &Hex([3; 32]))).await;
    assert_eq!(answer.problem(), Problem::UnknownSurvey);
}
