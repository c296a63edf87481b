//! What is released, what is suppressed, and what a check finds.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test fails loudly")]

use statistics::SuppressionReason::{ReferenceMeanZero, SuppressedSide, TooFew};
use statistics::{
    Decimal, Figure, Published, PublishedFault, SuppressionReason, Turnout, check_published, publish,
    recompute,
};
use survey::{CellTotals, Dimension, Label, Limits, Measure, Schema, Thresholds};

const FIVE: Turnout = Turnout { counted: 5, max_employees_per_reporter: 1000 };

fn schema_with(decimals: u8) -> Schema {
    let label = |text| Label::parse(text).unwrap();
    let limits = Limits::new(0, 100_000_000).unwrap();
    let measure = Measure::new(label("pay"), label("EUR"), decimals, limits, limits).unwrap();
    let groups = ["women", "men", "other"].map(label).to_vec();
    Schema::new(Dimension::new(label("sex"), groups).unwrap(), 1, measure).unwrap()
}

fn totals(cells: [(i128, i128, i128); 3]) -> Vec<CellTotals> {
    let cell =
        |(cell, (reporters, employees, sum_minor))| CellTotals::of_sum(cell, reporters, employees, sum_minor);
    cells.into_iter().enumerate().map(cell).collect()
}

fn published(cells: [(i128, i128, i128); 3]) -> Published {
    publish(&schema_with(2), Thresholds::DEFAULT, FIVE, &totals(cells))
}

fn mean_of(published: &Published, cell: usize) -> String {
    published.cells[cell].figures.released().unwrap().measures[0].mean.unwrap().to_string()
}

fn reasons(published: &Published) -> (Vec<Option<SuppressionReason>>, Vec<Option<SuppressionReason>>) {
    let cells = published.cells.iter().map(|cell| cell.figures.reason());
    (cells.collect(), published.gaps.iter().map(|gap| gap.figures.reason()).collect())
}

#[test]
fn thresholds_hold_at_their_boundary() {
    let (cells, _) = reasons(&published([(5, 10, 1000), (4, 1000, 1000), (5, 9, 1000)]));
    assert_eq!(cells, [None, Some(TooFew), Some(TooFew)]);
    let (cells, _) = reasons(&published([(0, 0, 0), (-3, 20, 5), (5, -1, 0)]));
    assert_eq!(cells, [Some(TooFew); 3]);
}

#[test]
fn gap_with_suppressed_side() {
    let (_, gaps) = reasons(&published([(5, 10, 1000), (5, 10, 1000), (5, 9, 1000)]));
    assert_eq!(gaps, [None, Some(SuppressedSide)]);
    let (_, gaps) = reasons(&published([(5, 10, 1000), (4, 10, 1000), (5, 10, 1000)]));
    assert_eq!(gaps, [Some(SuppressedSide), Some(SuppressedSide)]);
}

#[test]
fn suppressed_zero() {
    let result = published([(0, 0, 0), (5, 10, 1000), (5, 10, 0)]);
    assert_eq!(result.cells[0].figures, Figure::Suppressed(TooFew));
    assert_eq!(mean_of(&result, 2), "0.00");
    assert_eq!(result.gaps[1].figures.released().unwrap().percent.to_string(), "100.00");
}

#[test]
fn nothing_of_a_suppressed_cell_is_in_the_result() {
    let result = published([(4, 77_777, 5_555_555), (5, 10, 1000), (5, 10, 1000)]);
    let debug = format!("{result:?}");
    assert!(!debug.contains("77777") && !debug.contains("5555555"), "{debug}");
    let other = published([(3, 12, 42), (5, 10, 1000), (5, 10, 1000)]);
    assert_eq!(result, other);
}

#[test]
fn a_reference_mean_of_zero_has_no_gap() {
    let (_, gaps) = reasons(&published([(5, 10, 1000), (5, 10, 0), (5, 10, -7)]));
    assert_eq!(gaps, [Some(ReferenceMeanZero), Some(ReferenceMeanZero)]);
}

#[test]
fn a_gap_may_be_negative() {
    let result = published([(5, 10, 2000), (5, 10, 1000), (5, 10, 1001)]);
    let percents = result.gaps.iter().map(|gap| gap.figures.released().unwrap().percent.to_string());
    assert_eq!(percents.collect::<Vec<_>>(), ["-100.00", "-0.10"]);
}

#[test]
fn rounding_ties_go_away_from_zero_and_happen_once() {
    // 1005 cents / 100 / 10 = 1.005.
    let result = published([(5, 10, 1005), (5, 10, 1000), (5, 1000, 99_995)]);
    assert_eq!(mean_of(&result, 0), "1.01");
    // 1 − 1.005 = −0.5 %, and not the −1 % of the rounded means.
    assert_eq!(result.gaps[0].figures.released().unwrap().percent.to_string(), "-0.50");
    // 0.99995 of the reference: 99.995 cents and a gap of 0.005 %, both ties.
    let figures = result.gaps[1].figures.released().unwrap();
    assert_eq!(
        (figures.cents_per_unit.to_string(), figures.percent.to_string()),
        ("100.00".into(), "0.01".into())
    );
}

#[test]
fn means_have_the_decimals_of_the_measure_and_at_least_two() {
    let mean = |decimals| {
        let totals = totals([(5, 16, 12_345), (5, 10, 1), (5, 10, 1)]);
        let published = publish(&schema_with(decimals), Thresholds::DEFAULT, FIVE, &totals);
        let figures = &published.cells[0].figures.released().unwrap().measures[0];
        (figures.sum.unwrap().to_string(), figures.mean.unwrap().to_string())
    };
    assert_eq!(mean(0), ("12345".into(), "771.56".into()));
    assert_eq!(mean(2), ("123.45".into(), "7.72".into()));
    assert_eq!(mean(4), ("1.2345".into(), "0.0772".into()));
}

#[test]
fn slots_that_nobody_honest_sent_carry_a_warning() {
    let result = published([(5, 10, 1_000_000_001), (5, 10, -1), (11, 10, 5)]);
    assert!(result.cells.iter().all(|cell| !cell.figures.released().unwrap().within_limits));
    let result = published([(5, 10, 1_000_000_000), (5, 10, 0), (10, 10, 5)]);
    assert!(result.cells.iter().all(|cell| cell.figures.released().unwrap().within_limits));
}

#[test]
fn a_check_finds_each_fault() {
    let schema = schema_with(2);
    let check = |published: &Published| check_published(&schema, Thresholds::DEFAULT, FIVE, published);
    let good = published([(5, 10, 1000), (5, 10, 1000), (4, 10, 1000)]);
    assert_eq!(check(&good), Ok(()));
    assert_eq!(recompute(&schema, &good.slots()), good);

    let mut short = good.clone();
    short.cells.pop();
    assert_eq!(check(&short), Err(PublishedFault::WrongCells));

    let low = Thresholds::new(3, 3, 6).unwrap();
    let lower = publish(&schema, low, FIVE, &totals([(5, 10, 1000), (4, 10, 1000), (5, 9, 1000)]));
    assert_eq!(check_published(&schema, low, FIVE, &lower), Ok(()));
    assert_eq!(check(&lower), Err(PublishedFault::BelowThreshold { cell: 1 }));

    let mut other = good.clone();
    other.cells[2].figures = Figure::Suppressed(SuppressedSide);
    assert_eq!(check(&other), Err(PublishedFault::WrongReason { cell: 2 }));

    let mut changed = good.clone();
    if let Figure::Released(figures) = &mut changed.gaps[0].figures {
        figures.percent = Decimal::new(1, 2);
    }
    assert_eq!(check(&changed), Err(PublishedFault::NotRecomputed));
    let mut without = good;
    without.gaps.pop();
    assert_eq!(check(&without), Err(PublishedFault::NotRecomputed));
}
