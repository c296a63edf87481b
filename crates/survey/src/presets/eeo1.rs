//! EEO-1, component 2 (EEOC, reporting years 2017 and 2018): employees and hours worked by job category,
//! race/ethnicity and sex in twelve pay bands.

use super::parts::{EEO_JOB_CATEGORIES, dimension, label, measure};
use super::{Definition, Preset, PresetKind, PresetOptions, Wanted};
use crate::{
    Leavers, MissingValues, PartTimers, Schema, SchemaParts, SchemaRefusal, Statistics, Thresholds, WhoCounts,
};

/// In whole dollars, the amounts at which the bands 2 to 12 begin: 19,239 and under, then 19,240 to 24,439 and
/// so on, up to 208,000 and over.
const BANDS: [u64; 11] =
    [19_240, 24_440, 30_680, 39_000, 49_920, 62_920, 80_080, 101_920, 128_960, 163_800, 208_000];

const PAY: usize = 0;
const HOURS: usize = 1;

/// 140 cells of twelve bands, and their hours.
pub(super) fn preset(options: &PresetOptions) -> Result<Preset, SchemaRefusal> {
    let bands = Statistics { bands: BANDS.to_vec(), ..Statistics::default() };
    let (dollars, hours) = ((&label("USD")?, 0), (&label("h")?, 0));
    let schema = Schema::declare(SchemaParts {
        dimensions: vec![
            dimension("job category", &EEO_JOB_CATEGORIES)?,
            dimension("race/ethnicity", &RACES_AND_ETHNICITIES)?,
            dimension("sex", &["Female", "Male"])?,
        ],
        compared: 2,
        reference: 1,
        measures: vec![
            measure("annual pay", dollars, (0, 100_000_000), (1000, 2_000_000), bands)?,
            measure("hours worked", hours, (0, 8784), (1, 4000), Statistics::mean())?,
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
    let employees = "employees in each pay band";
    let definitions = vec![
        Definition::new("employees", employees, Wanted::Bands, PAY, 0),
        Definition::new("hours", "hours worked", Wanted::Sum, HOURS, 0),
    ];
    Ok(Preset { kind: PresetKind::Eeo1, schema, thresholds: Thresholds::DEFAULT, definitions })
}

const RACES_AND_ETHNICITIES: [&str; 7] = [
    "Hispanic or Latino",
    "White",
    "Black or African American",
    "Native Hawaiian or Other Pacific Islander",
    "Asian",
    "American Indian or Alaska Native",
    "Two or More Races",
];
