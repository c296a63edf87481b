//! Who counts: every case of the rule, and that nobody can be removed without a conviction.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{admitted, computation_server, data_server};
use proptest::prelude::*;
use protocol::{
    AdmittedManifest, AgreedSet, Discrepancy, Document, HeldEntry, HeldList, Hex, Kind, Outcome, Role, Side,
    SignedHour, SigningKey, Statement, agree,
};
use std::sync::LazyLock;

static MANIFEST: LazyLock<AdmittedManifest> = LazyLock::new(admitted);

/// Reporters' keys, in the order of their credentials.
static REPORTERS: LazyLock<Vec<SigningKey>> = LazyLock::new(|| {
    let mut keys: Vec<_> = (50..66).map(common::key).collect();
    keys.sort_by_key(|key| key.verifying_key().to_hex());
    keys
});

fn reporter(who: u8) -> SigningKey {
    REPORTERS[usize::from(who)].clone()
}

fn credential(who: u8) -> Hex<32> {
    reporter(who).verifying_key().to_hex()
}

fn who(credential: Hex<32>) -> u8 {
    u8::try_from(REPORTERS.iter().position(|k| k.verifying_key().to_hex() == credential).unwrap()).unwrap()
}

fn statement(who: u8, version: u32, kind: Kind) -> Statement {
    // Any 32 bytes do here: agreement compares commitments and does not open them.
    let c = if kind == Kind::Withdrawal { [0; 32] } else { [who ^ version as u8; 32] };
    Statement {
        fingerprint: *MANIFEST.fingerprint(),
        credential: credential(who),
        version,
        kind,
        commitment: Hex(c),
        share_commitment: Hex(c),
    }
}

fn entry(who: u8, version: u32, kind: Kind, other: Option<Side>) -> HeldEntry {
    let statement = statement(who, version, kind);
    let other = other.map(|side| match side {
        Side::DataServer => SignedHour::held(&statement, 9, &data_server()),
        Side::ComputationServer => SignedHour::declared(&statement, 9, &computation_server()),
    });
    HeldEntry::new(&statement.sign(&reporter(who)), other)
}

/// At the data server: with the computation server's word or without.
fn at_data(who: u8, version: u32, acknowledged: bool) -> HeldEntry {
    entry(who, version, Kind::Submission, acknowledged.then_some(Side::ComputationServer))
}

/// At the computation server, which never has an entry without the data server's word.
fn declared(who: u8, version: u32) -> HeldEntry {
    entry(who, version, Kind::Submission, Some(Side::DataServer))
}

fn list(role: Role, mut entries: Vec<HeldEntry>) -> HeldList {
    entries.sort_by_key(|e| (e.credential, e.version));
    HeldList { fingerprint: *MANIFEST.fingerprint(), role, build: "1".into(), entries }
}

fn agreed(data: Vec<HeldEntry>, computation: Vec<HeldEntry>) -> AgreedSet {
    let data = list(Role::DataServer, data);
    let computation = list(Role::ComputationServer, computation);
    agree(&MANIFEST, &data, &computation).unwrap()
}

fn counted(set: &AgreedSet) -> Vec<(u8, u32)> {
    set.members.iter().map(|m| (who(m.credential), m.version)).collect()
}

/// Three that both servers hold alike.
fn three() -> (Vec<HeldEntry>, Vec<HeldEntry>) {
    ((1..4).map(|w| at_data(w, 1, true)).collect(), (1..4).map(|w| declared(w, 1)).collect())
}

#[test]
fn what_both_hold_alike_counts() {
    let (data, computation) = three();
    let set = agreed(data, computation);
    assert_eq!(counted(&set), [(1, 1), (2, 1), (3, 1)]);
    assert_eq!((set.outcome, set.discrepancies.len(), set.withdrawn), (Outcome::Proceed, 0, 0));
}

#[test]
fn an_unfinished_version_is_named_and_the_last_finished_one_counts() {
    let (mut data, computation) = three();
    data.push(at_data(1, 2, false));
    data.push(at_data(9, 1, false));
    let set = agreed(data, computation);
    assert_eq!(counted(&set), [(1, 1), (2, 1), (3, 1)]);
    let unfinished = |who, version| Discrepancy::Unfinished { credential: credential(who), version };
    assert_eq!(set.discrepancies, [unfinished(1, 2), unfinished(9, 1)]);
}

#[test]
fn submission_dropped() {
    // The data server leaves out what it signed for: the computation server's entry convicts it.
    let (mut data, computation) = three();
    data.remove(0);
    let set = agreed(data, computation);
    let lost = Discrepancy::Lost { credential: credential(1), version: 1, by: Side::DataServer };
    assert_eq!(set.discrepancies, [lost]);
    assert_eq!(set.outcome, Outcome::TooFewReporters, "one loss is tolerated here, but two are too few");
}

#[test]
fn a_later_version_lost_does_not_bring_an_earlier_one_back() {
    let (data, mut computation) = three();
    computation[0] = declared(1, 2);
    let set = agreed(data, computation);
    assert_eq!(counted(&set), [(2, 1), (3, 1)]);
    assert!(matches!(set.discrepancies[..], [Discrepancy::Lost { version: 2, by: Side::DataServer, .. }]));
}

#[test]
fn the_computation_server_is_convicted_too() {
    let (data, mut computation) = three();
    computation.pop();
    let set = agreed(data, computation);
    assert!(matches!(set.discrepancies[..], [Discrepancy::Lost { by: Side::ComputationServer, .. }]));
}

#[test]
fn more_losses_than_tolerated_end_the_survey() {
    let (_, computation) = three();
    assert_eq!(agreed(vec![], computation).outcome, Outcome::TooManyMissing);
}

#[test]
fn submission_added() {
    // An entry that only one server has, without the other's word or with a forged one, never counts.
    let (data, mut computation) = three();
    let mut forged = at_data(9, 1, false);
    forged.other = Some(SignedHour::held(&statement(9, 1, Kind::Submission), 9, &computation_server()));
    computation.push(forged);
    let set = agreed(data, computation);
    assert_eq!(counted(&set), [(1, 1), (2, 1), (3, 1)]);
    assert!(matches!(set.discrepancies[..], [Discrepancy::Unfinished { .. }]));
}

#[test]
fn submission_doubled() {
    let (data, computation) = three();
    let mut doubled = data.clone();
    doubled.push(at_data(1, 1, true));
    let (doubled, computation) =
        (list(Role::DataServer, doubled), list(Role::ComputationServer, computation));
    assert_eq!(agree(&MANIFEST, &doubled, &computation), None, "a list with one entry twice is no list");
}

#[test]
fn a_withdrawal_wins_even_if_one_server_alone_has_it() {
    let withdrawal = entry(1, 2, Kind::Withdrawal, None);
    let (data, mut computation) = three();
    computation[0] = withdrawal.clone();
    let set = agreed(data, computation);
    assert_eq!((counted(&set), set.withdrawn), (vec![(2, 1), (3, 1)], 1));
    let (mut data, computation) = three();
    data[0] = withdrawal;
    assert_eq!(agreed(data, computation).withdrawn, 1);
}

#[test]
fn made_up_credentials_withdraw_nothing() {
    // A server makes keys of its own and signs withdrawals with them: nobody is said to have withdrawn.
    let (mut data, computation) = three();
    data.push(entry(9, 1, Kind::Withdrawal, None));
    let set = agreed(data, computation);
    assert_eq!((counted(&set), set.withdrawn), (vec![(1, 1), (2, 1), (3, 1)], 0));
    assert!(matches!(set.discrepancies[..], [Discrepancy::Unfinished { version: 1, .. }]));
    // With the other server's word it is one, whatever that server says now.
    let (mut data, computation) = three();
    data.push(entry(9, 1, Kind::Withdrawal, Some(Side::ComputationServer)));
    assert_eq!(agreed(data, computation).withdrawn, 1);
}

#[test]
fn two_statements_of_one_version_do_not_count() {
    let (data, mut computation) = three();
    let other = Statement { commitment: Hex([99; 32]), ..statement(1, 1, Kind::Submission) };
    computation[0] = HeldEntry::new(&other.sign(&reporter(1)), None);
    let set = agreed(data, computation);
    assert!(matches!(set.discrepancies[..], [Discrepancy::Different { version: 1, .. }]));
    assert_eq!(counted(&set), [(2, 1), (3, 1)]);
}

#[test]
fn a_server_can_make_up_neither_a_withdrawal_nor_a_version() {
    let refused = |forged: HeldEntry| {
        let (data, mut computation) = three();
        computation[0] = forged;
        let data = list(Role::DataServer, data);
        agree(&MANIFEST, &data, &list(Role::ComputationServer, computation)).is_none()
    };
    let unsigned = |version, kind| HeldEntry { signature: Hex([0; 64]), ..entry(1, version, kind, None) };
    assert!(refused(unsigned(2, Kind::Withdrawal)));
    assert!(refused(unsigned(1, Kind::Submission)));
    let by_another = statement(1, 2, Kind::Withdrawal).sign(&reporter(2));
    assert!(refused(HeldEntry::new(&by_another, None)));
    assert!(!refused(entry(1, 2, Kind::Withdrawal, None)), "the reporter's own holds");
}

#[test]
fn lists_of_other_surveys_roles_or_orders_are_refused() {
    let (data, computation) = three();
    let (data, computation) = (list(Role::DataServer, data), list(Role::ComputationServer, computation));
    assert_eq!(agree(&MANIFEST, &computation, &data), None);
    let mut foreign = data.clone();
    foreign.fingerprint = Hex([0; 32]);
    assert_eq!(agree(&MANIFEST, &foreign, &computation), None);
    let mut unsorted = data;
    unsorted.entries.reverse();
    assert_eq!(agree(&MANIFEST, &unsorted, &computation), None);
}

proptest! {
    /// Whatever either server leaves out of its list: each reporter with a receipt is counted, or the set
    /// says that a server lost it. And both servers compute the same set.
    #[test]
    fn nobody_with_a_receipt_vanishes_silently(
        reporters in 1u8..12, dropped_data in any::<u16>(), dropped_computation in any::<u16>(),
    ) {
        let kept = |mask: u16, who: &u8| mask >> who & 1 == 0;
        let data: Vec<_> =
            (0..reporters).filter(|w| kept(dropped_data, w)).map(|w| at_data(w, 1, true)).collect();
        let computation: Vec<_> =
            (0..reporters).filter(|w| kept(dropped_computation, w)).map(|w| declared(w, 1)).collect();
        let set = agreed(data, computation);
        for who in 0..reporters {
            let (d, c) = (kept(dropped_data, &who), kept(dropped_computation, &who));
            let is_counted = set.members.iter().any(|m| m.credential == credential(who));
            let is_named = set.discrepancies.iter().any(|found| {
                matches!(found, Discrepancy::Lost { credential: lost, .. } if *lost == credential(who))
            });
            prop_assert_eq!(is_counted, d && c);
            prop_assert_eq!(is_named, d != c, "both leaving one out is collusion, shown by the receipt alone");
        }
        prop_assert_eq!(set.hash(), set.clone().hash());
    }
}
