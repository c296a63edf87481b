//! Laws of the agreement, the opening and what is destroyed.

use protocol::{Hex, Kind};

use super::super::{
    Decision, Declare, OpeningResult, OrderOutcome, Publish, Released, SettleAgreement, Stage, Store,
    StoredOrder, StoredOrderKind,
};
use super::{CLOSES_AT, hex, open, statement, version};

fn decision(ended: Option<Vec<u8>>) -> Decision {
    Decision { own_list: vec![1], agreed: vec![2], ended }
}

/// Settles a survey in which the first two reporters have submitted.
async fn settle(store: &dyn Store, name: u8, ended: Option<Vec<u8>>) -> Hex<32> {
    let id = open(store, name).await;
    for i in 1..=2 {
        store.declare(id, version(i, 1, Kind::Submission), 1).await.unwrap();
    }
    release(store, id).await;
    let decided = Box::new(move |_: &[_]| Some(decision(ended)));
    let settled = store.agree(id, vec![7], CLOSES_AT, decided).await.unwrap();
    assert!(matches!(settled, SettleAgreement::Settled(_)));
    id
}

/// Orders the release of a survey that has closed by itself.
async fn release(store: &dyn Store, id: Hex<32>) {
    let order = StoredOrder { sequence: 1, hash: hex(1), kind: StoredOrderKind::Release };
    assert_eq!(store.order(id, order, CLOSES_AT).await.unwrap(), OrderOutcome::Done);
}

async fn assert_destroyed(store: &dyn Store, id: Hex<32>) {
    let material = store.opening_material(id).await.unwrap().unwrap();
    assert_eq!((material.sealed_key, material.sealed_shares), (None, Vec::new()));
    assert_eq!(store.draft(id).await.unwrap().unwrap().sealed, None);
}

pub(super) async fn the_set_is_agreed_on_once(store: &dyn Store) {
    let id = open(store, 60).await;
    for (i, at) in [(2, 1), (1, 1), (1, 2)] {
        store.declare(id, version(i, at, Kind::Submission), 1).await.unwrap();
    }
    let agree = async |list: u8, now, decided| {
        store.agree(id, vec![list], now, Box::new(move |_: &[_]| decided)).await.unwrap()
    };
    assert_eq!(agree(7, CLOSES_AT - 1, Some(decision(None))).await, SettleAgreement::NotClosed);
    let unordered = agree(7, CLOSES_AT, Some(decision(None))).await;
    assert_eq!(unordered, SettleAgreement::NotClosed, "closed, but nobody ordered the release");
    release(store, id).await;
    assert_eq!(agree(7, CLOSES_AT, None).await, SettleAgreement::Conflict);
    assert!(store.opening_material(id).await.unwrap().is_none(), "nothing is settled yet");
    let mut last =
        [statement(1, 2, Kind::Submission), statement(2, 1, Kind::Submission)].map(|s| s.to_bytes());
    last.sort_by(|a, b| a.get(32..64).cmp(&b.get(32..64)));
    let decide = move |versions: &[super::super::Version]| {
        assert!(versions.iter().map(|v| &v.statement).eq(last.iter()), "the last versions, by credential");
        Some(decision(None))
    };
    let settled = store.agree(id, vec![7], CLOSES_AT, Box::new(decide)).await.unwrap();
    assert_eq!(settled, SettleAgreement::Settled(decision(None)));
    assert_eq!(agree(7, CLOSES_AT, None).await, settled);
    assert_eq!(agree(8, CLOSES_AT, Some(decision(None))).await, SettleAgreement::Conflict);
    let late = store.declare(id, version(2, 2, Kind::Submission), 1).await.unwrap();
    assert_eq!(late, Declare::Closed, "whatever the clock says");
    let material = store.opening_material(id).await.unwrap().unwrap();
    assert_eq!((material.stage, material.sealed_shares.len()), (Stage::Agreed, 2));
}

pub(super) async fn an_end_destroys_key_and_shares(store: &dyn Store) {
    let few = settle(store, 70, Some(vec![9])).await;
    assert_destroyed(store, few).await;
    let shown = store.released(few).await.unwrap();
    assert!(matches!(shown, Some(Released::Ended { ended, agreed }) if ended == [9] && agreed == [2]));
    let id = settle(store, 71, None).await;
    record(store, id, Err(vec![8])).await;
    assert_destroyed(store, id).await;
    let material = store.opening_material(id).await.unwrap().unwrap();
    assert_eq!(
        (material.stage, material.opening, material.ended),
        (Stage::Ended, Some(hex(5)), Some(vec![8]))
    );
    assert_eq!(material.agreement.decision.ended, None, "the agreement is as it was");
    assert_eq!(store.publish(id, Hex([4; 64])).await.unwrap(), Publish::NoRelease);
}

async fn record(store: &dyn Store, id: Hex<32>, outcome: Result<Vec<u8>, Vec<u8>>) {
    let (opening, agreed_countersignature) = (hex(5), Hex([6; 64]));
    store.record_opening(id, OpeningResult { opening, agreed_countersignature, outcome }).await.unwrap();
}

pub(super) async fn publishing_destroys_key_and_shares(store: &dyn Store) {
    let id = settle(store, 80, None).await;
    assert_eq!(store.publish(id, Hex([4; 64])).await.unwrap(), Publish::NoRelease);
    record(store, id, Ok(vec![3])).await;
    record(store, id, Err(vec![8])).await;
    let material = store.opening_material(id).await.unwrap().unwrap();
    assert_eq!((material.stage, material.release, material.ended), (Stage::Opened, Some(vec![3]), None));
    assert!(material.sealed_key.is_some() && material.sealed_shares.len() == 2);
    assert!(store.released(id).await.unwrap().is_none());
    for _ in 0..2 {
        assert_eq!(store.publish(id, Hex([4; 64])).await.unwrap(), Publish::Published);
    }
    assert_destroyed(store, id).await;
    let shown = store.released(id).await.unwrap();
    assert!(matches!(shown, Some(Released::Release { release, .. }) if release == [3]));
}
