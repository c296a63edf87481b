//! The law that every store obeys. Each implementation's test hands [`all`] an empty store.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that each implementation runs")]

use futures_util::StreamExt;
use protocol::{Enrolment, Hex, Kind, SignedHour, SigningKey, Statement, SurveyState};

use crate::store::{
    Declare, Enrol, LabelsOutcome, MessageKey, NewSurvey, NewVersion, Open, OrderEffect, OrderOutcome,
    PIECE_BYTES, PendingOrder, Put, RefusedVersion, Settled, SignedRefusal, Store, StoreError, StoredOrder,
    Token, Version, VersionKey,
};

const OPEN: u64 = 1000;
const CLOSES_AT: u64 = 2000;

/// Every law, on one empty store.
pub async fn all(store: &dyn Store) {
    sign_in_is_replaced(store).await;
    a_survey_opens_once(store).await;
    an_order_is_carried_out_once_and_in_sequence(store).await;
    an_invitation_binds_one_key(store).await;
    versions_are_consecutive(store).await;
    a_signed_refusal_is_kept_until_the_end(store).await;
    absurd_hours_are_refused(store).await;
    a_new_version_leaves_the_old_one_whole_until_it_is_declared(store).await;
    long_groups_come_in_pieces(store).await;
    a_withdrawal_needs_nothing_below_it(store).await;
    the_end_is_kept_step_by_step(store).await;
}

/// A survey in which every reporter has submitted what `groups` makes for it, declared by both servers: for
/// whoever tests or measures what reads submissions.
///
/// # Panics
/// If the store does not keep them.
pub async fn submitted(
    store: &dyn Store,
    id: u8,
    reporters: u8,
    groups: impl Fn(u8) -> Vec<Vec<u8>>,
) -> Vec<VersionKey> {
    let roster = (1..=reporters).map(invitation).collect();
    let survey = NewSurvey { max_reporters: reporters.into(), roster, ..survey(id) };
    assert_eq!(store.put_survey(survey).await.unwrap(), Open::Kept);
    store.confirm_survey(Hex([id; 32]), Hex([3; 64])).await.unwrap();
    let mut keys = Vec::new();
    for who in 1..=reporters {
        enrolled(store, Hex([id; 32]), who).await;
        let new = NewVersion { groups: groups(who), ..version(Hex([id; 32]), who, 1, Kind::Submission) };
        assert_eq!(put(store, &new).await, Put::Stored);
        store.declare(new.version().message(), WORD).await.unwrap();
        keys.push(new.key);
    }
    keys
}

async fn sign_in_is_replaced(store: &dyn Store) {
    assert_eq!(store.sign_in_digest().await.unwrap(), None);
    for digest in [[1; 32], [2; 32]] {
        store.set_sign_in_digest(digest).await.unwrap();
        assert_eq!(store.sign_in_digest().await.unwrap(), Some(digest));
    }
}

fn reporter(seed: u8) -> SigningKey {
    SigningKey::from_seed(&[seed; 32])
}

fn invitation(seed: u8) -> Hex<32> {
    Hex([seed; 32])
}

/// A survey with invitations 1 to 4 and room for five.
fn survey(id: u8) -> NewSurvey {
    NewSurvey {
        id: Hex([id; 32]),
        fingerprint: Hex([id ^ 0xff; 32]),
        manifest: vec![id],
        organizer_signature: Hex([1; 64]),
        data_server_signature: Hex([2; 64]),
        max_reporters: 5,
        closes_at: CLOSES_AT,
        roster: (1..=4).map(invitation).collect(),
    }
}

async fn opened(store: &dyn Store, id: u8) -> Hex<32> {
    assert_eq!(store.put_survey(survey(id)).await.unwrap(), Open::Kept);
    store.confirm_survey(Hex([id; 32]), Hex([3; 64])).await.unwrap();
    Hex([id; 32])
}

async fn a_survey_opens_once(store: &dyn Store) {
    let id = Hex([1; 32]);
    store.put_draft(id, vec![7]).await.unwrap();
    assert_eq!(store.draft(id).await.unwrap(), Some(vec![7]));
    assert_eq!(store.put_survey(survey(1)).await.unwrap(), Open::Kept);
    assert_eq!(store.put_survey(survey(1)).await.unwrap(), Open::Kept, "until the other server has it");
    store.drop_survey(id).await.unwrap();
    assert_eq!(store.survey(id).await.unwrap(), None);
    assert_eq!(store.draft(id).await.unwrap(), Some(vec![7]), "a refused survey leaves its draft");
    opened(store, 1).await;
    assert_eq!(store.draft(id).await.unwrap(), None);
    store.drop_survey(id).await.unwrap();
    assert_eq!(store.put_survey(survey(1)).await.unwrap(), Open::Same);
    let other = NewSurvey { fingerprint: Hex([9; 32]), ..survey(1) };
    assert_eq!(store.put_survey(other).await.unwrap(), Open::Other);
    let found = store.survey(id).await.unwrap().unwrap();
    assert_eq!(
        (found.state(CLOSES_AT - 1), found.state(CLOSES_AT)),
        (SurveyState::Open, SurveyState::Closed)
    );
    assert_eq!((found.last_sequence, found.manifest), (0, vec![1]));
}

fn order(sequence: u32, effect: &OrderEffect) -> PendingOrder {
    PendingOrder { sequence, document: format!("{sequence} {effect:?}").into_bytes(), effect: effect.clone() }
}

async fn carry_out(store: &dyn Store, id: Hex<32>, sequence: u32, effect: OrderEffect) {
    assert_eq!(store.put_order(id, order(sequence, &effect), OPEN).await.unwrap(), OrderOutcome::Kept);
    let kept = stored(id, sequence, &effect);
    assert_eq!(store.apply_order(kept, effect).await.unwrap(), Settled::Done);
}

fn stored(survey: Hex<32>, sequence: u32, effect: &OrderEffect) -> StoredOrder {
    StoredOrder { survey, sequence, document: order(sequence, effect).document }
}

async fn an_order_is_carried_out_once_and_in_sequence(store: &dyn Store) {
    use OrderEffect::{Close, Invite, Release, Revoke};
    let id = opened(store, 2).await;
    let put = async |sequence, effect: &OrderEffect, now| {
        store.put_order(id, order(sequence, effect), now).await.unwrap()
    };
    assert_eq!(put(2, &Close, OPEN).await, OrderOutcome::OutOfSequence);
    assert_eq!(put(1, &Release, OPEN).await, OrderOutcome::NotClosed);
    assert_eq!(put(1, &Invite(vec![invitation(1)]), OPEN).await, OrderOutcome::Roster, "invited twice");
    let two = vec![invitation(5), invitation(6)];
    assert_eq!(put(1, &Invite(two), OPEN).await, OrderOutcome::Roster, "more than the survey has room for");
    assert_eq!(put(1, &Revoke(vec![invitation(9)]), OPEN).await, OrderOutcome::Unknown);
    let five = Invite(vec![invitation(5)]);
    assert_eq!(put(1, &five, OPEN).await, OrderOutcome::Kept);
    assert_eq!(put(1, &five, OPEN).await, OrderOutcome::Kept);
    assert_eq!(put(1, &Close, OPEN).await, OrderOutcome::OutOfSequence, "another one waits");
    assert!(store.pending_orders().await.unwrap().iter().any(|o| o.survey == id && o.sequence == 1));
    let late = stored(id, 1, &Close);
    assert_eq!(store.drop_order(late.clone()).await.unwrap(), Settled::Gone, "another with its number stays");
    assert_eq!(store.apply_order(late, Close).await.unwrap(), Settled::Gone);
    assert_eq!(store.survey(id).await.unwrap().unwrap().last_sequence, 0);
    assert_eq!(store.drop_order(stored(id, 1, &five)).await.unwrap(), Settled::Done);
    carry_out(store, id, 1, five.clone()).await;
    assert_eq!(store.apply_order(stored(id, 1, &five), five.clone()).await.unwrap(), Settled::Done);
    assert_eq!(put(1, &five, OPEN).await, OrderOutcome::CarriedOut);
    assert_eq!(put(1, &Close, OPEN).await, OrderOutcome::OutOfSequence);
    assert_eq!(store.invitations(id).await.unwrap().len(), 5);
    assert_eq!(put(2, &Revoke(vec![invitation(1)]), CLOSES_AT).await, OrderOutcome::Closed);
    carry_out(store, id, 2, Revoke(vec![invitation(1)])).await;
    carry_out(store, id, 3, Close).await;
    assert_eq!(store.survey(id).await.unwrap().unwrap().stored_state, SurveyState::Closed);
    assert!(store.pending_orders().await.unwrap().is_empty());
    assert!(store.opening_surveys().await.unwrap().is_empty());
    carry_out(store, id, 4, Release).await;
    let trail = store.trail(id).await.unwrap();
    let all = [Invite(vec![invitation(5)]), Revoke(vec![invitation(1)]), Close, Release];
    let documents = (1u32..).zip(&all).map(|(sequence, effect)| order(sequence, effect).document);
    assert_eq!(trail.orders, documents.collect::<Vec<_>>(), "every order stays");
    assert_eq!((trail.invitations.len(), trail.enrolments.len()), (5, 0));
    assert!(trail.invitations.is_sorted());
    assert_eq!(store.opening_surveys().await.unwrap(), [id]);
    store.freeze(id, Box::new(|_| vec![])).await.unwrap();
    store.finish(id, SurveyState::Ended).await.unwrap();
}

fn enrolment(key: u8, reporter_key: u8) -> Enrolment {
    let reporter_key = reporter(reporter_key).verifying_key().to_hex();
    Enrolment { invitation_key: invitation(key), reporter_key, signature: Hex([4; 64]) }
}

async fn enrolled(store: &dyn Store, id: Hex<32>, key: u8) -> Hex<32> {
    let enrolment = enrolment(key, key);
    assert_eq!(store.enrol(id, enrolment.clone(), OPEN).await.unwrap(), Enrol::Bound(None));
    let confirmed = store.confirm_enrolment(id, enrolment.clone(), Hex([5; 64])).await.unwrap();
    assert_eq!(confirmed, Settled::Done);
    enrolment.reporter_key
}

async fn an_invitation_binds_one_key(store: &dyn Store) {
    let id = opened(store, 3).await;
    let enrol = async |key, reporter, now| store.enrol(id, enrolment(key, reporter), now).await.unwrap();
    assert_eq!(enrol(9, 1, OPEN).await, Enrol::Unknown);
    assert_eq!(enrol(1, 1, CLOSES_AT).await, Enrol::Closed);
    assert_eq!(enrol(1, 1, OPEN).await, Enrol::Bound(None));
    assert_eq!(enrol(1, 2, OPEN).await, Enrol::Taken);
    assert_eq!(enrol(2, 1, OPEN).await, Enrol::CredentialInUse);
    assert!(!store.is_enrolled(id, enrolment(1, 1).reporter_key).await.unwrap(), "at one server only");
    assert_eq!(store.pending_enrolments().await.unwrap(), [(id, enrolment(1, 1))]);
    let other = enrolment(1, 2);
    assert_eq!(store.drop_enrolment(id, other.clone()).await.unwrap(), Settled::Gone, "another key stays");
    assert_eq!(store.confirm_enrolment(id, other, Hex([5; 64])).await.unwrap(), Settled::Gone);
    assert_eq!(store.drop_enrolment(id, enrolment(1, 1)).await.unwrap(), Settled::Done);
    let credential = enrolled(store, id, 1).await;
    assert!(store.is_enrolled(id, credential).await.unwrap());
    assert_eq!(
        enrol(1, 1, CLOSES_AT).await,
        Enrol::Bound(Some(Hex([5; 64]))),
        "the same gets the same answer"
    );
    assert_eq!(store.drop_enrolment(id, enrolment(1, 1)).await.unwrap(), Settled::Gone);
    assert!(store.is_enrolled(id, credential).await.unwrap(), "what both have stays");
    let revoke = OrderEffect::Revoke(vec![invitation(1)]);
    assert_eq!(store.put_order(id, order(1, &revoke), OPEN).await.unwrap(), OrderOutcome::Enrolled);
    carry_out(store, id, 1, OrderEffect::Revoke(vec![invitation(2)])).await;
    assert_eq!(enrol(2, 2, OPEN).await, Enrol::Unknown, "revoked");
    let labels = |key| vec![(invitation(1), vec![8]), (invitation(key), vec![9])];
    assert_eq!(store.put_labels(id, labels(9)).await.unwrap(), LabelsOutcome::Unknown);
    assert_eq!(store.invitations(id).await.unwrap()[0].label, None, "all or none");
    assert_eq!(store.put_labels(id, labels(3)).await.unwrap(), LabelsOutcome::Kept);
    let rows = store.invitations(id).await.unwrap();
    let shown: Vec<_> = rows.iter().map(|r| (r.label.is_some(), r.revoked, r.enrolled, r.last)).collect();
    let expected = [(true, false, true, None), (false, true, false, None), (true, false, false, None)];
    assert_eq!(shown[..3], expected);
}

fn version(id: Hex<32>, who: u8, number: u32, kind: Kind) -> NewVersion {
    let key = reporter(who);
    // A point of the group; stores do not look at commitments.
    let c = if kind == Kind::Submission { BASE_POINT } else { [0; 32] };
    let credential = key.verifying_key().to_hex();
    let statement = Statement {
        fingerprint: Hex([1; 32]),
        credential,
        version: number,
        kind,
        commitment: Hex(c),
        share_commitment: Hex(c),
    };
    let signed = statement.sign(&key);
    let submission = kind == Kind::Submission;
    NewVersion {
        key: VersionKey { survey: id, credential, version: number },
        statement: signed,
        held: SignedHour { hour: 1, signature: Hex([6; 64]) },
        token: if submission { Token::Upload([1; 32]) } else { Token::Withdrawal(signed) },
        declaration: submission.then(|| vec![1]),
        share: submission.then(|| vec![2]),
        groups: if submission { vec![vec![3], vec![4, 4]] } else { vec![] },
    }
}

/// The base point of Ristretto255 (RFC 9496, A.1).
const BASE_POINT: [u8; 32] = [
    0xe2, 0xf2, 0xae, 0x0a, 0x6a, 0xbc, 0x4e, 0x71, 0xa8, 0x84, 0xa9, 0x61, 0xc5, 0x00, 0x51, 0x5f, 0x58,
    0xe3, 0x0b, 0x6a, 0xa5, 0x82, 0xdd, 0x8d, 0xb6, 0xa6, 0x59, 0x45, 0xe0, 0x8d, 0x2d, 0x76,
];

const WORD: SignedHour = SignedHour { hour: 2, signature: Hex([7; 64]) };

async fn put(store: &dyn Store, new: &NewVersion) -> Put {
    store.put_version(new.clone(), OPEN).await.unwrap()
}

async fn versions_are_consecutive(store: &dyn Store) {
    let id = opened(store, 4).await;
    let first = version(id, 1, 1, Kind::Submission);
    assert_eq!(put(store, &first).await, Put::CredentialUnknown);
    enrolled(store, id, 1).await;
    assert_eq!(put(store, &version(id, 1, 2, Kind::Submission)).await, Put::Gap);
    assert_eq!(put(store, &version(id, 1, 0, Kind::Submission)).await, Put::Used);
    assert_eq!(store.put_version(first.clone(), CLOSES_AT).await.unwrap(), Put::Closed);
    assert_eq!(store.look_up(first.key, first.token, OPEN).await.unwrap(), Put::Stored);
    assert_eq!(put(store, &first).await, Put::Stored);
    let found = Put::AlreadyStored(Box::new(first.version()));
    assert_eq!(put(store, &first).await, found);
    assert_eq!(store.put_version(first.clone(), CLOSES_AT).await.unwrap(), found, "may be finished later");
    let other = NewVersion { token: Token::Upload([2; 32]), ..first.clone() };
    assert_eq!(put(store, &other).await, Put::Used);
    let second = version(id, 1, 2, Kind::Submission);
    assert_eq!(put(store, &second).await, Put::Unfinished(Box::new(first.version())));
    assert_eq!(store.pending_versions(Some(id)).await.unwrap(), [first.version()]);
    let message = first.version().message();
    assert_eq!(store.drop_version(message).await.unwrap(), Settled::Done);
    assert_eq!(store.drop_version(message).await.unwrap(), Settled::Gone);
    assert_eq!(store.declare(message, WORD).await.unwrap(), Declare::Gone);
    assert_eq!(groups(store, first.key).await, Vec::<Vec<u8>>::new());
    assert_eq!(put(store, &other).await, Put::Stored, "a refused version may be used again");
    a_late_answer_does_not_touch_what_came_after(store, message, &other).await;
    assert_eq!(put(store, &version(id, 1, 3, Kind::Submission)).await, Put::Gap, "what both have stays");
    assert_eq!(put(store, &second).await, Put::Stored);
}

/// `message` was refused and dropped; `next` is stored with its version.
async fn a_late_answer_does_not_touch_what_came_after(
    store: &dyn Store,
    message: MessageKey,
    next: &NewVersion,
) {
    assert_eq!(store.drop_version(message).await.unwrap(), Settled::Gone, "the next upload stays");
    assert_eq!(store.declare(message, WORD).await.unwrap(), Declare::Used, "no word for another upload");
    let elsewhere =
        MessageKey { statement: version(next.key.survey, 2, 1, Kind::Submission).statement, ..message };
    let elsewhere = MessageKey { upload: next.version().upload, ..elsewhere };
    assert_eq!(store.drop_version(elsewhere).await.unwrap(), Settled::Gone, "nor for another statement");
    assert_eq!(store.declare(elsewhere, WORD).await.unwrap(), Declare::Used);
    assert_eq!(put(store, next).await, Put::AlreadyStored(Box::new(next.version())));
    assert_eq!(groups(store, next.key).await, next.groups);
    let message = next.version().message();
    assert_eq!(store.declare(message, WORD).await.unwrap(), Declare::Kept(WORD));
    let again = SignedHour { hour: 3, ..WORD };
    assert_eq!(store.declare(message, again).await.unwrap(), Declare::Kept(WORD), "the first word stands");
    assert_eq!(store.drop_version(message).await.unwrap(), Settled::Gone, "what both have stays");
}

async fn a_new_version_leaves_the_old_one_whole_until_it_is_declared(store: &dyn Store) {
    let id = opened(store, 5).await;
    enrolled(store, id, 1).await;
    let (first, second) = (version(id, 1, 1, Kind::Submission), version(id, 1, 2, Kind::Submission));
    assert_eq!(put(store, &first).await, Put::Stored);
    store.declare(first.version().message(), WORD).await.unwrap();
    assert_eq!(put(store, &second).await, Put::Stored);
    assert_eq!(groups(store, first.key).await, [vec![3], vec![4, 4]]);
    assert_eq!(store.share(first.key).await.unwrap(), Some(vec![2]));
    store.declare(second.version().message(), WORD).await.unwrap();
    assert!(groups(store, first.key).await.is_empty());
    assert_eq!(store.share(first.key).await.unwrap(), None);
    assert_eq!(groups(store, second.key).await, [vec![3], vec![4, 4]]);
    let declared = Version { declared: Some(WORD), declaration: None, ..first.version() };
    assert_eq!(put(store, &first).await, Put::AlreadyStored(Box::new(declared)), "its receipt stays");
}

async fn long_groups_come_in_pieces(store: &dyn Store) {
    let id = opened(store, 12).await;
    enrolled(store, id, 1).await;
    let group = |bytes: usize| (0..bytes).map(|at| (at % 251) as u8).collect();
    let groups_of = [2 * PIECE_BYTES + 7, PIECE_BYTES, 1];
    let new = NewVersion { groups: groups_of.map(group).to_vec(), ..version(id, 1, 1, Kind::Submission) };
    assert_eq!(put(store, &new).await, Put::Stored);
    let pieces: Vec<_> = store.ciphertexts(new.key).map(Result::unwrap).collect().await;
    let lengths: Vec<_> = pieces.iter().map(|piece| (piece.category, piece.entries.len())).collect();
    assert_eq!(lengths, [(0, PIECE_BYTES), (0, PIECE_BYTES), (0, 7), (1, PIECE_BYTES), (2, 1)]);
    assert_eq!(groups(store, new.key).await, new.groups);
}

/// The groups of a version, put together.
async fn groups(store: &dyn Store, key: VersionKey) -> Vec<Vec<u8>> {
    let mut groups: Vec<Vec<u8>> = Vec::new();
    let mut pieces = store.ciphertexts(key);
    while let Some(piece) = pieces.next().await {
        let piece = piece.unwrap();
        assert!(piece.category < groups.len() + 1, "in the order of the layout");
        if piece.category == groups.len() {
            groups.push(Vec::new());
        }
        groups[piece.category].extend(piece.entries);
    }
    groups
}

async fn a_signed_refusal_is_kept_until_the_end(store: &dyn Store) {
    let id = opened(store, 8).await;
    enrolled(store, id, 1).await;
    let first = version(id, 1, 1, Kind::Submission);
    assert_eq!(put(store, &first).await, Put::Stored);
    let refusal = SignedRefusal {
        declaration: vec![1],
        request_header: "1 2".into(),
        status: 422,
        answer_header: "1 3".into(),
        body: vec![4],
    };
    let refuse = async || store.refuse_version(first.version(), refusal.clone()).await.unwrap();
    assert_eq!((refuse().await, refuse().await), (Settled::Done, Settled::Gone));
    let kept = RefusedVersion { statement: first.statement, held: first.held, refusal: refusal.clone() };
    assert_eq!(store.refused_versions(id).await.unwrap(), std::slice::from_ref(&kept));
    assert!(store.pending_versions(Some(id)).await.unwrap().is_empty());
    assert_eq!(put(store, &first).await, Put::Stored);
    assert!(store.refused_versions(id).await.unwrap().is_empty(), "sent again, it is here");
    assert_eq!(refuse().await, Settled::Done);
    assert_eq!(store.refused_versions(id).await.unwrap(), [kept]);
    carry_out(store, id, 1, OrderEffect::Close).await;
    carry_out(store, id, 2, OrderEffect::Release).await;
    store.freeze(id, Box::new(|_| vec![])).await.unwrap();
    store.finish(id, SurveyState::Ended).await.unwrap();
    assert!(store.refused_versions(id).await.unwrap().is_empty());
}

async fn absurd_hours_are_refused(store: &dyn Store) {
    let id = opened(store, 9).await;
    enrolled(store, id, 1).await;
    let first = version(id, 1, 1, Kind::Submission);
    let absurd = SignedHour { hour: i64::MAX as u64 + 1, ..WORD };
    let held = NewVersion { held: absurd, ..first.clone() };
    assert!(matches!(store.put_version(held, OPEN).await, Err(StoreError::Malformed)));
    assert_eq!(put(store, &first).await, Put::Stored);
    let declared = store.declare(first.version().message(), absurd).await;
    assert!(matches!(declared, Err(StoreError::Malformed)));
    assert_eq!(store.pending_versions(Some(id)).await.unwrap(), [first.version()]);
    let late = NewSurvey { closes_at: u64::MAX, ..survey(10) };
    assert!(matches!(store.put_survey(late).await, Err(StoreError::Malformed)));
    assert_eq!(store.drop_version(first.version().message()).await.unwrap(), Settled::Done);
}

async fn a_withdrawal_needs_nothing_below_it(store: &dyn Store) {
    let id = opened(store, 6).await;
    enrolled(store, id, 1).await;
    let (first, second) = (version(id, 1, 1, Kind::Submission), version(id, 1, 2, Kind::Submission));
    assert_eq!(put(store, &first).await, Put::Stored);
    store.declare(first.version().message(), WORD).await.unwrap();
    assert_eq!(put(store, &second).await, Put::Stored);
    let withdrawal = version(id, 1, 7, Kind::Withdrawal);
    assert_eq!(put(store, &withdrawal).await, Put::Stored);
    assert_eq!(
        store.pending_versions(Some(id)).await.unwrap(),
        [withdrawal.version()],
        "drops the unfinished"
    );
    assert_eq!(groups(store, first.key).await.len(), 2);
    store.declare(withdrawal.version().message(), WORD).await.unwrap();
    assert!(groups(store, first.key).await.is_empty());
    assert_eq!(store.invitations(id).await.unwrap()[0].last, Some(Kind::Withdrawal));
    assert_eq!(put(store, &version(id, 1, 7, Kind::Submission)).await, Put::Used);
    assert_eq!(put(store, &version(id, 1, 8, Kind::Submission)).await, Put::Stored, "counts again");
}

async fn the_end_is_kept_step_by_step(store: &dyn Store) {
    let id = opened(store, 7).await;
    for who in 1..=2 {
        enrolled(store, id, who).await;
        let first = version(id, who, 1, Kind::Submission);
        assert_eq!(put(store, &first).await, Put::Stored);
        store.declare(first.version().message(), WORD).await.unwrap();
    }
    let second = version(id, 1, 2, Kind::Submission);
    assert_eq!(put(store, &second).await, Put::Stored);
    carry_out(store, id, 1, OrderEffect::Close).await;
    carry_out(store, id, 2, OrderEffect::Release).await;
    assert_eq!(store.ending(id).await.unwrap(), None);
    let mut expected =
        [(1, 1), (1, 2), (2, 1)].map(|(who, number)| version(id, who, number, Kind::Submission).key);
    expected.sort_unstable_by_key(|key| (key.credential, key.version));
    let expected = format!("{expected:?}").into_bytes();
    let make = |found: Vec<Version>| {
        let keys: Vec<_> = found.iter().map(|version| version.key).collect();
        format!("{keys:?}").into_bytes()
    };
    assert_eq!(
        store.freeze(id, Box::new(make)).await.unwrap(),
        expected,
        "the last with both words, and later"
    );
    assert_eq!(store.freeze(id, Box::new(|_| vec![])).await.unwrap(), expected, "the first list stays");
    store.declare(second.version().message(), WORD).await.unwrap();
    let first = version(id, 1, 1, Kind::Submission);
    assert_eq!(groups(store, first.key).await.len(), 2, "after the list nothing is superseded");
    for step in [[1], [2]] {
        store.put_agreement(id, step.to_vec()).await.unwrap();
        store.put_opening(id, step.to_vec()).await.unwrap();
        store.put_result(id, step.to_vec()).await.unwrap();
    }
    let ending = store.ending(id).await.unwrap().unwrap();
    assert_eq!(
        (ending.agreement, ending.opening, ending.result),
        (Some(vec![1]), Some(vec![1]), Some(vec![1]))
    );
    store.finish(id, SurveyState::Released).await.unwrap();
    assert!(store.opening_surveys().await.unwrap().is_empty());
    assert!(groups(store, second.key).await.is_empty());
    assert_eq!(store.share(second.key).await.unwrap(), None);
    let ending = store.ending(id).await.unwrap().unwrap();
    assert_eq!((ending.opening, ending.result), (None, Some(vec![1])), "the result stays, the opening goes");
    assert!(store.pending_versions(Some(id)).await.unwrap().is_empty());
}
