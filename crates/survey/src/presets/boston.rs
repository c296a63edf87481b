//! The survey of the Boston Women's Workforce Council: ten EEO-1 job categories × race/ethnicity × gender, with
//! head-count, total annual compensation, annual cash performance pay and length of service of each cell.
//!
//! Its own rules: whole dollars and months; where there are people there is compensation and service; whoever
//! has performance pay has compensation; cells with fewer than eight people are not shown.

use super::parts::{EEO_JOB_CATEGORIES, dimension, edges, label, measure};
use super::{Definition, Preset, PresetKind, PresetOptions, Wanted};
use crate::{
    Leavers, MissingValues, PartTimers, Schema, SchemaParts, SchemaRefusal, Statistics, Thresholds, WhoCounts,
};

const COMPENSATION: usize = 0;
const PERFORMANCE_PAY: usize = 1;
const SERVICE: usize = 2;
/// The cross-tabulation by job category, race/ethnicity and gender.
const CELLS: usize = 0;
/// The margin by job category and gender, which is what cohorts see.
const BY_JOB: usize = 1;
/// The margin by gender.
const ALL: usize = 2;

/// 240 cells of four figures each.
pub(super) fn preset(options: &PresetOptions) -> Result<Preset, SchemaRefusal> {
    let bands = [
        20_000, 30_000, 40_000, 50_000, 60_000, 70_000, 80_000, 90_000, 100_000, 120_000, 140_000, 170_000,
        200_000, 250_000,
    ];
    let bands = if options.bands { edges(&bands, 0) } else { Vec::new() };
    let compensation = Statistics { bands, ..Statistics::mean() };
    let (dollars, months) = ((&label("USD")?, 0), (&label("months")?, 0));
    let schema = Schema::declare(SchemaParts {
        dimensions: vec![
            dimension("job category", &EEO_JOB_CATEGORIES)?,
            dimension("race/ethnicity", &RACES_AND_ETHNICITIES)?,
            dimension("gender", &["Female", "Male", "Non-binary"])?,
        ],
        compared: 2,
        reference: 1,
        measures: vec![
            measure("total annual compensation", dollars, (1, 100_000_000), (5000, 2_000_000), compensation)?,
            measure(
                "annual cash performance pay",
                dollars,
                (0, 100_000_000),
                (0, 1_000_000),
                Statistics::mean(),
            )?,
            measure("length of service", months, (1, 1200), (1, 600), Statistics::mean())?,
        ],
        cross_tabulations: vec![vec![0, 1, 2]],
        margins: vec![vec![0, 2], vec![2]],
        who: WhoCounts {
            snapshot: options.snapshot,
            part_timers: PartTimers::AsPaid,
            leavers: Leavers::LeftOut,
            missing: MissingValues::Stop,
        },
    })?;
    let thresholds = Thresholds::new(8, 5, 8).unwrap_or(Thresholds::DEFAULT);
    Ok(Preset { kind: PresetKind::Boston, schema, thresholds, definitions: definitions() })
}

const RACES_AND_ETHNICITIES: [&str; 8] = [
    "Hispanic or Latinx",
    "White",
    "Black/African American",
    "Native Hawaiian or Pacific Islander",
    "Asian",
    "American Indian/Alaska Native",
    "Two or More Races (Not Hispanic or Latinx)",
    "Unreported",
];

fn definitions() -> Vec<Definition> {
    let new = Definition::new;
    let heads = Definition { measure: None, ..new("1", "number of employees", Wanted::Employees, 0, CELLS) };
    vec![
        heads,
        new("2", "total annual compensation", Wanted::Mean, COMPENSATION, CELLS),
        new("3", "total annual cash performance pay", Wanted::Mean, PERFORMANCE_PAY, CELLS),
        new("4", "total length of service", Wanted::Mean, SERVICE, CELLS),
        new("cohort", "by job category and gender", Wanted::MeanGap, COMPENSATION, BY_JOB),
        new("headline", "cents that women earn for each dollar of men", Wanted::MeanGap, COMPENSATION, ALL),
    ]
}
