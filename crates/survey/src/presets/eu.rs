//! Directive (EU) 2023/970, Article 9(1).
//!
//! Art. 3(1): pay is the ordinary basic wage or salary and any other consideration (complementary or variable
//! components); the pay level is gross annual pay *and* the corresponding gross hourly pay; the gap is the
//! difference between average pay levels of female and male workers as a percentage of the male workers'; a
//! quartile pay band is each of four equal groups of workers by their pay levels.

use super::parts::{dimension, edges, label, measure};
use super::{Definition, Preset, PresetKind, PresetOptions, Wanted};
use crate::{
    Dimension, Formula, Leavers, Measure, MissingValues, PartTimers, Schema, SchemaParts, SchemaRefusal,
    Statistics, Thresholds, WhoCounts,
};

const BASIC: usize = 0;
const VARIABLE: usize = 1;
const HOURS: usize = 2;
const ANNUAL: usize = 3;
const HOURLY: usize = 4;
/// The cross-tabulation by category of workers and sex.
const CATEGORIES: usize = 0;
/// The margin by sex.
const ALL: usize = 1;

/// Items (a) to (g).
pub(super) fn preset(options: &PresetOptions) -> Result<Preset, SchemaRefusal> {
    let workers = Dimension::new(label("category of workers")?, options.worker_categories.clone())?;
    let schema = Schema::declare(SchemaParts {
        dimensions: vec![workers, dimension("sex", &["female", "male"])?],
        compared: 1,
        reference: 1,
        measures: measures(options)?,
        cross_tabulations: vec![vec![0, 1]],
        margins: vec![vec![1]],
        who: WhoCounts {
            snapshot: options.snapshot,
            part_timers: PartTimers::AsPaid,
            leavers: Leavers::LeftOut,
            missing: MissingValues::Stop,
        },
    })?;
    let definitions = definitions();
    Ok(Preset { kind: PresetKind::Eu, schema, thresholds: Thresholds::DEFAULT, definitions })
}

fn measures(options: &PresetOptions) -> Result<Vec<Measure>, SchemaRefusal> {
    let money = (&options.currency, 2);
    let bands = |bands| Statistics { bands, ..Statistics::mean() };
    // Whoever has none of it is in a band of its own, so that medians can be of all or of those who have some.
    let mut variable = vec![1];
    variable.extend(edges(&[250, 500, 1000, 2000, 3000, 5000, 7500, 10_000, 15_000, 25_000, 50_000], 2));
    let annual = [
        5000, 10_000, 15_000, 20_000, 25_000, 30_000, 35_000, 40_000, 45_000, 50_000, 55_000, 60_000, 70_000,
        80_000, 90_000, 100_000, 125_000, 150_000, 200_000, 300_000,
    ];
    let hourly = [4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 35, 40, 45, 50, 60, 70, 80, 100, 150];
    let (most, usual) = ((0, 1_000_000_000), (0, 50_000_000));
    Ok(vec![
        measure("ordinary basic wage or salary", money, most, (100_000, 50_000_000), Statistics::mean())?,
        measure(
            "complementary or variable components",
            money,
            most,
            usual,
            Statistics { receiving: true, ..bands(variable) },
        )?,
        measure("paid hours", (&label("h")?, 1), (1, 43_920), (1000, 25_000), Statistics::mean())?,
        measure(
            "gross annual pay",
            money,
            (1, 2_000_000_000),
            (100_000, 50_000_000),
            bands(edges(&annual, 2)),
        )?
        .computed(Formula::Sum { of: BASIC, and: VARIABLE }),
        measure("gross hourly pay", money, (1, 10_000_000), (400, 50_000), bands(edges(&hourly, 2)))?
            .computed(Formula::Quotient { dividend: ANNUAL, divisor: HOURS }),
    ])
}

fn definitions() -> Vec<Definition> {
    use Wanted::{MeanGap, MedianGap, QuartileShares, ShareReceiving};
    let new = Definition::new;
    let gap = "the gender pay gap";
    let variable_gap = "the gender pay gap in complementary or variable components";
    let median = "the median gender pay gap";
    let by_category = "the gender pay gap by categories of workers, by ordinary basic wage or salary and \
                       complementary or variable components";
    vec![
        new("(a)", gap, MeanGap, ANNUAL, ALL),
        new("(a)", gap, MeanGap, HOURLY, ALL),
        new("(b)", variable_gap, MeanGap, VARIABLE, ALL),
        new("(c)", median, MedianGap, ANNUAL, ALL),
        new("(c)", median, MedianGap, HOURLY, ALL),
        new(
            "(d)",
            "the median gender pay gap in complementary or variable components",
            MedianGap,
            VARIABLE,
            ALL,
        ),
        new(
            "(e)",
            "the proportion of female and male workers receiving complementary or variable components",
            ShareReceiving,
            VARIABLE,
            ALL,
        ),
        new(
            "(f)",
            "the proportion of female and male workers in each quartile pay band",
            QuartileShares,
            HOURLY,
            ALL,
        ),
        new("(g)", by_category, MeanGap, BASIC, CATEGORIES),
        new("(g)", by_category, MeanGap, VARIABLE, CATEGORIES),
    ]
}
