//! Laws of keys, surveys, orders, enrolments and versions.

use protocol::{Hex, Kind, SignedHour};

use super::super::{
    Burn, Burnt, Declare, Enrol, Open, OrderOutcome, PoolKey, Stage, Store, StoredOrder, StoredOrderKind,
};
use super::{CLOSES_AT, NOT_BEFORE, burn, credential, hex, open, opened, version};

pub(super) async fn a_key_serves_one_survey(store: &dyn Store) {
    let key = PoolKey { bits: 3072, n: vec![9, 9], sealed: vec![1; 90] };
    store.add_key(key.clone()).await.unwrap();
    store.add_key(PoolKey { sealed: vec![2; 90], ..key.clone() }).await.unwrap();
    assert_eq!(store.ready_keys(3072).await.unwrap(), 1);
    let ask = |bits, half| Burn { bits, data_half: Hex([half; 16]), computation_half: Hex([half; 16]) };
    let Burnt::Bound(draft) = store.burn_key(ask(3072, 200)).await.unwrap() else { panic!("no key") };
    assert_eq!(
        (draft.n.clone(), draft.sealed.clone(), draft.proof.clone()),
        (key.n.clone(), Some(vec![1; 90]), None)
    );
    let again = Burn { computation_half: Hex([7; 16]), ..ask(3072, 200) };
    assert_eq!(store.burn_key(again).await.unwrap(), Burnt::Bound(draft.clone()));
    assert_eq!(store.burn_key(ask(2048, 200)).await.unwrap(), Burnt::OtherLength);
    assert_eq!(store.burn_key(ask(3072, 201)).await.unwrap(), Burnt::PoolEmpty);
    store.add_key(key).await.unwrap();
    assert_eq!(store.burn_key(ask(3072, 201)).await.unwrap(), Burnt::PoolEmpty, "a burnt key stays burnt");
    store.add_proof(draft.survey, vec![5]).await.unwrap();
    store.add_proof(draft.survey, vec![6]).await.unwrap();
    assert_eq!(store.draft(draft.survey).await.unwrap().unwrap().proof, Some(vec![5]));
    assert_eq!(store.draft(hex(250)).await.unwrap(), None);
}

pub(super) async fn a_survey_opens_once(store: &dyn Store) {
    assert_eq!(store.open_survey(opened(hex(251), 9)).await.unwrap(), Open::NoDraft);
    let id = burn(store, 10).await;
    for _ in 0..2 {
        assert_eq!(store.open_survey(opened(id, 10)).await.unwrap(), Open::Opened);
    }
    assert_eq!(store.open_survey(opened(id, 11)).await.unwrap(), Open::Other);
    let found = store.survey(id).await.unwrap().unwrap();
    assert_eq!((found.fingerprint, found.stage, found.closed_at), (hex(10), Stage::Taking, None));
    assert!(store.survey(hex(251)).await.unwrap().is_none());
}

pub(super) async fn orders_come_in_sequence(store: &dyn Store) {
    let id = open(store, 20).await;
    let order = async |sequence, kind, hash, now| {
        store.order(id, StoredOrder { sequence, hash: hex(hash), kind }, now).await.unwrap()
    };
    let invite = |key| StoredOrderKind::Invite(vec![hex(key)]);
    let revoke = |key| StoredOrderKind::Revoke(vec![hex(key)]);
    assert_eq!(order(2, invite(4), 1, 1).await, OrderOutcome::OutOfSequence);
    assert_eq!(order(1, invite(3), 1, 1).await, OrderOutcome::RosterRefused, "it is there already");
    assert_eq!(order(1, invite(4), 1, 1).await, OrderOutcome::Done);
    assert_eq!(order(1, invite(4), 1, 1).await, OrderOutcome::Done);
    assert_eq!(order(1, invite(5), 2, 1).await, OrderOutcome::OutOfSequence, "another order of that number");
    assert_eq!(order(2, invite(5), 2, 1).await, OrderOutcome::RosterRefused, "too many");
    assert_eq!(order(2, revoke(1), 2, 1).await, OrderOutcome::Enrolled);
    assert_eq!(order(2, revoke(9), 2, 1).await, OrderOutcome::UnknownInvitation);
    assert_eq!(order(2, revoke(4), 2, 1).await, OrderOutcome::Done);
    assert_eq!(store.enrol(id, hex(4), credential(4), 1).await.unwrap(), Enrol::Unknown);
    assert_eq!(order(3, StoredOrderKind::Release, 3, 1).await, OrderOutcome::NotClosed);
    assert_eq!(order(3, StoredOrderKind::Close, 3, NOT_BEFORE - 1).await, OrderOutcome::TooEarly);
    assert_eq!(order(3, StoredOrderKind::Close, 3, NOT_BEFORE).await, OrderOutcome::Done);
    assert_eq!(store.survey(id).await.unwrap().unwrap().closed_at, Some(NOT_BEFORE));
    assert_eq!(order(4, invite(5), 4, NOT_BEFORE).await, OrderOutcome::Closed);
    assert_eq!(order(4, StoredOrderKind::Release, 4, NOT_BEFORE).await, OrderOutcome::Done);
}

pub(super) async fn an_invitation_binds_one_credential(store: &dyn Store) {
    let id = open(store, 30).await;
    let enrol = async |key, i, now| store.enrol(id, hex(key), credential(i), now).await.unwrap();
    assert_eq!(enrol(1, 1, 1).await, Enrol::Bound);
    assert_eq!(enrol(1, 9, 1).await, Enrol::Other);
    assert_eq!(enrol(3, 1, 1).await, Enrol::CredentialInUse);
    assert_eq!(enrol(8, 8, 1).await, Enrol::Unknown);
    assert_eq!(enrol(3, 3, CLOSES_AT).await, Enrol::Closed);
    assert_eq!(enrol(1, 1, CLOSES_AT).await, Enrol::Bound, "a repetition is answered still");
    assert_eq!(enrol(3, 3, CLOSES_AT - 1).await, Enrol::Bound);
}

pub(super) async fn versions_come_in_order(store: &dyn Store) {
    let id = open(store, 40).await;
    let declare = async |i, at, kind| store.declare(id, version(i, at, kind), 1).await.unwrap();
    let stored = |hour, superseded| Declare::Stored { hour, superseded };
    assert_eq!(declare(3, 1, Kind::Submission).await, Declare::UnknownCredential);
    assert_eq!(declare(1, 2, Kind::Submission).await, Declare::Gap);
    assert_eq!(declare(1, 1, Kind::Submission).await, stored(1, false));
    let mut later = version(1, 1, Kind::Submission);
    later.hour = 77;
    assert_eq!(store.declare(id, later, 1).await.unwrap(), stored(1, false), "the first hour stays");
    assert_eq!(declare(1, 1, Kind::Withdrawal).await, Declare::Used);
    assert_eq!(declare(1, 2, Kind::Submission).await, stored(2, true));
    assert_eq!(declare(1, 1, Kind::Submission).await, stored(1, false));
    assert_eq!(declare(1, 7, Kind::Withdrawal).await, stored(7, true));
    assert_eq!(declare(1, 6, Kind::Withdrawal).await, Declare::Used);
    assert_eq!(declare(1, 8, Kind::Submission).await, stored(8, false));
}

pub(super) async fn a_closed_survey_takes_what_was_held_before(store: &dyn Store) {
    let id = open(store, 50).await;
    let mut late = version(1, 1, Kind::Submission);
    late.held = Some(SignedHour { hour: 9, signature: Hex([3; 64]) });
    assert_eq!(store.declare(id, late, CLOSES_AT).await.unwrap(), Declare::Closed);
    let withdrawal = version(1, 1, Kind::Withdrawal);
    assert_eq!(store.declare(id, withdrawal, CLOSES_AT).await.unwrap(), Declare::Closed);
    let finished = store.declare(id, version(1, 1, Kind::Submission), CLOSES_AT).await.unwrap();
    assert_eq!(finished, Declare::Stored { hour: 1, superseded: false });
}
