//! The law that every store obeys, as a function that a test calls with its own store.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that others run wants to fail loudly")]

mod ending;
mod intake;

use protocol::{Hex, Kind, SignedHour, SignedStatement, SigningKey, Statement, survey_id};

use super::{Burn, Burnt, Declare, NewVersion, Open, OpenSurvey, PoolKey, Store};

/// When surveys of this test may be closed.
const NOT_BEFORE: u64 = 1000;
/// When they close by themselves.
const CLOSES_AT: u64 = 2000;

/// Runs every law on an empty store.
///
/// # Panics
/// If the store breaks one.
pub async fn obeys_the_law(store: &dyn Store) {
    intake::a_key_serves_one_survey(store).await;
    intake::a_survey_opens_once(store).await;
    intake::orders_come_in_sequence(store).await;
    intake::an_invitation_binds_one_credential(store).await;
    intake::versions_come_in_order(store).await;
    intake::a_closed_survey_takes_what_was_held_before(store).await;
    ending::the_set_is_agreed_on_once(store).await;
    ending::an_end_destroys_key_and_shares(store).await;
    ending::publishing_destroys_key_and_shares(store).await;
}

/// Stores a version with the first share and, on top of it, one with the second, for tests that then look
/// at the disk.
///
/// # Panics
/// If the store breaks the law.
pub async fn supersede(store: &dyn Store, first: Vec<u8>, second: Vec<u8>) {
    let id = open(store, 90).await;
    for (at, share) in [(1, first), (2, second)] {
        let new = NewVersion { sealed_share: Some(share), ..version(1, at, Kind::Submission) };
        let superseded = at > 1;
        let stored = Declare::Stored { hour: at.into(), superseded };
        assert_eq!(store.declare(id, new, 1).await.unwrap(), stored);
    }
}

fn hex(byte: u8) -> Hex<32> {
    Hex([byte; 32])
}

fn reporter(i: u8) -> SigningKey {
    SigningKey::from_seed(&[i; 32])
}

fn credential(i: u8) -> Hex<32> {
    reporter(i).verifying_key().to_hex()
}

/// Adds a key and burns it for a new survey.
async fn burn(store: &dyn Store, name: u8) -> Hex<32> {
    store.add_key(PoolKey { bits: 2048, n: vec![name; 4], sealed: vec![name; 90] }).await.unwrap();
    let (data_half, computation_half) = (Hex([name; 16]), Hex([0; 16]));
    let burnt = store.burn_key(Burn { bits: 2048, data_half, computation_half }).await.unwrap();
    assert!(matches!(burnt, Burnt::Bound(_)));
    survey_id(data_half, computation_half)
}

fn opened(id: Hex<32>, name: u8) -> OpenSurvey {
    OpenSurvey {
        id,
        fingerprint: hex(name),
        manifest: vec![name],
        organizer_signature: Hex([1; 64]),
        data_server_signature: Hex([2; 64]),
        max_reporters: 4,
        closes_not_before: NOT_BEFORE,
        closes_at: CLOSES_AT,
        roster: vec![hex(1), hex(2), hex(3)],
    }
}

/// Opens a survey with three invitations and enrols the first two.
async fn open(store: &dyn Store, name: u8) -> Hex<32> {
    let id = burn(store, name).await;
    assert_eq!(store.open_survey(opened(id, name)).await.unwrap(), Open::Opened);
    for i in 1..=2 {
        assert_eq!(store.enrol(id, hex(i), credential(i), 1).await.unwrap(), super::Enrol::Bound);
    }
    id
}

/// A version with a share that is easy to find.
fn version(i: u8, version: u32, kind: Kind) -> NewVersion {
    NewVersion {
        statement: statement(i, version, kind),
        hour: version.into(),
        held: (kind == Kind::Submission).then_some(SignedHour { hour: 0, signature: Hex([3; 64]) }),
        sealed_share: (kind == Kind::Submission).then(|| vec![i; 72]),
    }
}

fn statement(i: u8, version: u32, kind: Kind) -> SignedStatement {
    // The store does not look at C and K.
    let (commitment, share_commitment) = (hex(i), hex(i));
    Statement { fingerprint: hex(0), credential: credential(i), version, kind, commitment, share_commitment }
        .sign(&reporter(i))
}
