//! What released cells say side by side, against figures worked out by hand.
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "tests fail loudly, and so do their helpers"
)]

use statistics::{
    Band, Bounds, Decimal, Figure, ReleasedCell, ReleasedMeasure, SuppressionReason, adjusted_gaps,
    comparisons,
};
use survey::{Dimension, Label, Limits, Measure, Schema, SchemaParts, Statistics, WhoCounts};

fn label(text: &str) -> Label {
    Label::parse(text).unwrap()
}

fn schema() -> Schema {
    let dimension = |name: &str, names: &[&str]| {
        Dimension::new(label(name), names.iter().map(|name| label(name)).collect()).unwrap()
    };
    let limits = Limits::new(0, 399).unwrap();
    let statistics = Statistics { bands: vec![100, 200, 300], ..Statistics::mean() };
    let pay = Measure::new(label("pay"), label("EUR"), 0, limits, limits).unwrap().with(statistics).unwrap();
    Schema::declare(SchemaParts {
        dimensions: vec![dimension("sex", &["women", "men", "others"]), dimension("rank", &["low", "high"])],
        compared: 0,
        reference: 1,
        measures: vec![pay],
        cross_tabulations: vec![vec![1, 0]],
        margins: vec![vec![0], vec![1]],
        who: WhoCounts::DEFAULT,
    })
    .unwrap()
}

/// A cell by (first amount, last amount, employees) of its bands.
fn cell(sum_minor: i128, bands: &[(u64, u64, i128)]) -> Figure<ReleasedCell> {
    let bands: Vec<Band> = bands
        .iter()
        .map(|(low_minor, high_minor, employees)| Band {
            low_minor: *low_minor,
            high_minor: *high_minor,
            employees: *employees,
        })
        .collect();
    Figure::Released(ReleasedCell {
        reporters: 6,
        employees: bands.iter().map(|band| band.employees).sum(),
        measures: vec![ReleasedMeasure { sum_minor: Some(sum_minor), bands, ..ReleasedMeasure::default() }],
    })
}

/// Cells in the schema's order: low × (women, men, others), high × (…), then margins by sex, then by rank.
fn cells() -> Vec<Figure<ReleasedCell>> {
    let hidden = || Figure::Suppressed(SuppressionReason::TooFew);
    vec![
        cell(1_800, &[(0, 99, 2), (100, 199, 8), (200, 399, 2)]),
        cell(800, &[(0, 199, 4), (200, 399, 4)]),
        hidden(),
        cell(1_000, &[(200, 299, 2), (300, 399, 2)]),
        cell(3_600, &[(0, 199, 3), (200, 299, 4), (300, 399, 5)]),
        hidden(),
        hidden(),
        hidden(),
        hidden(),
        hidden(),
        hidden(),
    ]
}

fn shown(bounds: Bounds) -> [String; 3] {
    [bounds.low, bounds.high, bounds.estimate].map(|end| end.to_string())
}

#[test]
fn groups_stand_side_by_side_in_every_table_that_compares() {
    let found = comparisons(&schema(), &cells());
    let rows: Vec<_> = found.iter().map(|row| (row.within.clone(), row.cells.clone())).collect();
    assert_eq!(
        rows,
        [(vec![(1, 0)], vec![0, 1, 2]), (vec![(1, 1)], vec![3, 4, 5]), (vec![], vec![6, 7, 8])],
        "the margin by rank compares nothing"
    );
    let text = |part: &Option<Decimal>| part.map(|part| part.to_string());
    let parts: Vec<Vec<Option<String>>> =
        found.iter().map(|row| row.representation_percent.iter().map(text).collect()).collect();
    let some = |text: &str| Some(text.to_owned());
    let expected: [Vec<Option<String>>; 3] =
        [vec![some("60.00"), some("40.00"), None], vec![some("25.00"), some("75.00"), None], vec![None; 3]];
    assert_eq!(parts, expected, "12 and 8; 4 and 12; nobody is shown");
}

#[test]
fn quarters_are_cut_where_all_groups_bands_end() {
    // Up to 199 there are 10 women and 4 men, above 2 and 4: five employees to a quarter.
    let quarters = &comparisons(&schema(), &cells())[0].measures[0].quarter_percent;
    let of = |quarter: usize, group: usize| quarters[quarter][group].map(shown);
    assert_eq!(of(0, 0), Some(["20.00", "100.00", "71.43"].map(str::to_owned)), "1 to 5 of 5, 10 · 5 / 14");
    assert_eq!(of(0, 1), Some(["0.00", "80.00", "28.57"].map(str::to_owned)));
    // The last five of all lie in the upper of the two bands, which has six.
    assert_eq!(of(3, 0), Some(["20.00", "40.00", "33.33"].map(str::to_owned)), "1 to 2 of 5, 2 · 5 / 6");
    assert_eq!(of(3, 2), None, "a group that is not shown");
    assert!(
        comparisons(&schema(), &cells())[2].measures[0].quarter_percent.iter().flatten().all(Option::is_none)
    );
}

#[test]
fn median_gaps_hold_every_gap_that_the_bands_allow() {
    let found = comparisons(&schema(), &cells());
    // Women's 2nd and 3rd of 4 lie in 200 to 299 and 300 to 399, men's 6th and 7th of 12 in 200 to 299.
    let gap = found[1].measures[0].median_gaps[0].unwrap();
    // (low + low) / 2 = 250 to 349 of women, 200 to 299 of men: 1 − 349/200 to 1 − 250/299.
    assert_eq!(
        (gap.percent.low.to_string(), gap.percent.high.to_string()),
        ("-74.50".into(), "16.39".into())
    );
    assert!(gap.percent.low.value() <= gap.percent.estimate.value());
    assert!(gap.percent.estimate.value() <= gap.percent.high.value());
    assert_eq!(found[1].measures[0].median_gaps[1], None, "the reference group itself");
    // Of twelve women the 6th and 7th have 100 to 199, of eight men the 4th up to 199 and the 5th from 200 on.
    let gap = found[0].measures[0].median_gaps[0].unwrap();
    assert_eq!(
        (gap.percent.low.to_string(), gap.percent.high.to_string()),
        ("-99.00".into(), "66.56".into())
    );
    assert_eq!(found[0].measures[0].median_gaps[2], None, "a group that is not shown");
}

#[test]
fn a_gap_is_adjusted_over_what_is_shown_on_both_sides() {
    // Men's means 100 and 300, women's 150 and 250; 12 women low, 4 high: (12·100 + 4·300) = 2400 against 2800.
    let adjusted = adjusted_gaps(&schema(), &cells());
    assert_eq!(adjusted.len(), 1, "of others nothing is shown");
    let of = &adjusted[0];
    assert_eq!((of.measure, of.group, of.employees, of.dimensions.as_slice()), (0, 0, 16, &[1][..]));
    assert_eq!((of.percent.to_string(), of.cents_per_unit.to_string()), ("-16.67".into(), "116.67".into()));
    let mut without = cells();
    without[4] = Figure::Suppressed(SuppressionReason::TooFew);
    let of = &adjusted_gaps(&schema(), &without)[0];
    assert_eq!((of.percent.to_string(), of.employees), ("-50.00".into(), 12));
}
