//! What the data server signs, and what it does not: everything that could be added to, or bent in, a release.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::admitted;
use protocol::{
    AdmittedManifest, AgreedSet, CountersignRefusal, Document, Hex, HexBytes, Member, Outcome, Release,
    countersign_check,
};
use statistics::{PublishedFault, publish};
use std::sync::LazyLock;
use survey::CellTotals;

static MANIFEST: LazyLock<AdmittedManifest> = LazyLock::new(admitted);

fn agreed(reporters: u8) -> AgreedSet {
    let member = |who| Member { credential: Hex([who; 32]), version: 1, commitment: Hex([who; 32]) };
    AgreedSet {
        fingerprint: *MANIFEST.fingerprint(),
        data_list: Hex([1; 32]),
        computation_list: Hex([2; 32]),
        members: (1..=reporters).map(member).collect(),
        withdrawn: 0,
        discrepancies: Vec::new(),
        outcome: Outcome::Proceed,
    }
}

/// Women and men: reporters, employees, sum in cents.
fn release(women: [i128; 3], men: [i128; 3]) -> Release {
    let totals = |cell, [reporters, employees, sum_minor]: [i128; 3]| {
        CellTotals::of_sum(cell, reporters, employees, sum_minor)
    };
    let totals = [totals(0, women), totals(1, men)];
    let published = publish(MANIFEST.schema(), MANIFEST.thresholds(), MANIFEST.turnout(&agreed(4)), &totals);
    Release::compose(&MANIFEST, &agreed(4), &published, HexBytes(Vec::new()))
}

fn good() -> Release {
    release([4, 10, 40_000_000], [3, 7, 35_000_000])
}

fn check(release: &Release) -> Result<(), CountersignRefusal> {
    countersign_check(&MANIFEST, &agreed(4), release)
}

/// What is said about the good release after one change.
fn changed(change: impl FnOnce(&mut Release)) -> CountersignRefusal {
    let mut release = good();
    change(&mut release);
    check(&release).unwrap_err()
}

#[test]
fn a_release_that_follows_from_its_slots_is_signed() {
    let release = good();
    assert_eq!(check(&release), Ok(()));
    assert_eq!(release.counted, 4);
    assert_eq!(release.cells[0].sum.as_deref(), Some("400000.00"));
    assert_eq!(release.cells[0].mean.as_deref(), Some("40000.00"));
    assert_eq!(release.gaps[0].percent.as_deref(), Some("20.00"));
    assert_eq!(release.gaps[0].cents_per_unit.as_deref(), Some("80.00"));
    assert!(release.warnings.is_empty());
}

#[test]
fn gap_with_suppressed_side() {
    let suppressed = release([2, 10, 40_000_000], [4, 7, 35_000_000]);
    assert_eq!(check(&suppressed), Ok(()));
    assert_eq!(suppressed.cells[0].suppressed.as_deref(), Some("too-few"));
    assert_eq!(suppressed.gaps[0].suppressed.as_deref(), Some("suppressed-side"));
    // With the gap, the reference's mean would give the suppressed one.
    let mut told = suppressed;
    told.gaps[0] = good().gaps[0].clone();
    assert_eq!(check(&told), Err(CountersignRefusal::NotRecomputed));
}

#[test]
fn suppressed_zero() {
    let mut empty = release([0, 0, 0], [4, 7, 35_000_000]);
    assert_eq!(check(&empty), Ok(()));
    assert_eq!(empty.cells[0].employees, None, "a suppressed cell shows its reason, never 0");
    empty.cells[0].employees = Some(0);
    assert_eq!(check(&empty), Err(CountersignRefusal::NotRecomputed));
    // Nor may a zero stand in place of the reason.
    empty.cells[0].suppressed = None;
    (empty.cells[0].reporters, empty.cells[0].sum) = (Some(0), Some("0.00".into()));
    assert!(check(&empty).is_err());
}

#[test]
fn a_cell_below_a_threshold_is_not_signed() {
    let fault = |cell| Err(PublishedFault::BelowThreshold { cell }.into());
    let mut few = good();
    few.cells[0].reporters = Some(2);
    assert_eq!(check(&few), fault(0));
    let mut small = good();
    small.cells[1].employees = Some(5);
    assert_eq!(check(&small), fault(1));
}

#[test]
fn reporters_counted_beside_those_shown_are_not_told() {
    // Of four one has no men, so it has a woman.
    let women = [1, 5, 20_000_000];
    let withheld = release(women, [3, 7, 35_000_000]);
    assert_eq!(check(&withheld), Ok(()));
    assert!(withheld.cells.iter().all(|cell| cell.suppressed.as_deref() == Some("too-few")));
    let mut told = release(women, [4, 7, 35_000_000]);
    assert_eq!(check(&told), Ok(()));
    told.cells[1].reporters = Some(3);
    assert_eq!(check(&told), Err(PublishedFault::TooLittleRoom.into()));
}

#[test]
fn no_figure_may_be_another() {
    let figure: [fn(&mut Release); 7] = [
        |r| r.cells[0].sum = Some("400100.00".into()),
        |r| r.cells[0].mean = Some("40000.01".into()),
        |r| r.cells[1].employees = Some(8),
        |r| r.gaps[0].percent = Some("20.01".into()),
        |r| r.gaps[0].percent = None,
        |r| r.gaps[0].cents_per_unit = Some("79.99".into()),
        |r| r.warnings.push("outside-limits".into()),
    ];
    for change in figure {
        assert_eq!(changed(change), CountersignRefusal::NotRecomputed);
    }
}

#[test]
fn nothing_may_be_added_left_out_or_renamed() {
    assert_eq!(changed(|r| r.cells.truncate(1)), PublishedFault::WrongCells.into());
    assert_eq!(changed(|r| r.cells.push(r.cells[0].clone())), PublishedFault::WrongCells.into());
    let shape: [fn(&mut Release); 6] = [
        |r| r.cells.swap(0, 1),
        |r| r.gaps.clear(),
        |r| r.gaps.push(r.gaps[0].clone()),
        |r| r.gaps[0].compared = "men".into(),
        |r| drop(r.cells[0].categories.insert("age".into(), "old".into())),
        |r| r.format = "sealed-pay/release/2".into(),
    ];
    for change in shape {
        assert_eq!(changed(change), CountersignRefusal::NotRecomputed);
    }
}

#[test]
fn a_cell_is_released_with_everything_or_suppressed_with_a_known_reason() {
    let broken: [fn(&mut Release); 5] = [
        |r| r.cells[0].sum = None,
        |r| r.cells[0].sum = Some("4e5".into()),
        |r| r.cells[0].sum = Some("400000.0".into()),
        |r| r.cells[0].suppressed = Some("embarrassing".into()),
        |r| r.cells[0].reporters = Some(5), // more than were counted
    ];
    for change in broken {
        assert_eq!(changed(change), CountersignRefusal::Malformed);
    }
    let reason = |r: &mut Release| r.cells[0].suppressed = Some("suppressed-side".into());
    assert_eq!(changed(reason), PublishedFault::WrongReason { cell: 0 }.into());
}

#[test]
fn it_is_about_this_survey_and_this_set() {
    let foreign: [fn(&mut Release); 3] =
        [|r| r.fingerprint = Hex([9; 32]), |r| r.agreed = agreed(3).hash(), |r| r.counted = 5];
    for change in foreign {
        assert_eq!(changed(change), CountersignRefusal::Foreign);
    }
    assert_eq!(countersign_check(&MANIFEST, &agreed(5), &good()), Err(CountersignRefusal::Foreign));
}

#[test]
fn what_honest_reporters_cannot_have_sent_is_signed_with_a_warning() {
    let odd = release([4, 10, -5], [3, 7, 35_000_000]);
    assert_eq!(odd.warnings, ["outside-limits"]);
    assert_eq!(check(&odd), Ok(()));
    let mut quiet = odd;
    quiet.warnings.clear();
    assert_eq!(check(&quiet), Err(CountersignRefusal::NotRecomputed));
}
