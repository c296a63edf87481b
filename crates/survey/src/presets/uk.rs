//! The UK's gender pay gap: SI 2017/172 (private and voluntary sector) and 2017/353, Sch. 1 para. 2.
//!
//! Hourly figures and quartiles are about *full-pay* relevant employees, bonus figures about all relevant ones;
//! bonus gaps are between those who were paid a bonus. Whoever was paid less than usually because of leave is
//! a category of its own, so that one row per employee answers all six.

use super::parts::{dimension, edges, label, measure};
use super::{Definition, Preset, PresetKind, PresetOptions, Wanted};
use crate::{
    Leavers, MissingValues, PartTimers, Schema, SchemaParts, SchemaRefusal, Statistics, Thresholds, WhoCounts,
};

const HOURLY: usize = 0;
const BONUS: usize = 1;
const FULL_PAY: (usize, usize) = (0, 0);
/// The cross-tabulation by pay and gender.
const BY_PAY: usize = 0;
/// The margin by gender.
const ALL: usize = 1;

/// The six figures.
pub(super) fn preset(options: &PresetOptions) -> Result<Preset, SchemaRefusal> {
    let pounds = (&label("GBP")?, 2);
    let hourly =
        [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 26, 28, 30, 35, 40, 50, 60, 80, 100];
    let mut bonus = vec![1];
    bonus.extend(edges(&[250, 500, 1000, 1500, 2000, 3000, 5000, 7500, 10_000, 20_000, 50_000, 100_000], 2));
    let bands = |bands| Statistics { bands, ..Statistics::mean() };
    let schema = Schema::declare(SchemaParts {
        dimensions: vec![
            dimension("pay in the relevant pay period", &["full pay", "reduced by leave"])?,
            dimension("gender", &["women", "men"])?,
        ],
        compared: 1,
        reference: 1,
        measures: vec![
            measure("hourly pay", pounds, (0, 10_000_000), (500, 50_000), bands(edges(&hourly, 2)))?,
            measure(
                "bonus pay",
                pounds,
                (0, 10_000_000_000),
                (0, 10_000_000),
                Statistics { receiving: true, ..bands(bonus) },
            )?,
        ],
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
    Ok(Preset { kind: PresetKind::Uk, schema, thresholds: Thresholds::DEFAULT, definitions })
}

fn definitions() -> Vec<Definition> {
    use Wanted::{MeanGap, MedianGap, QuartileShares, ShareReceiving};
    let new = Definition::new;
    let full_pay = |definition: Definition| definition.within(FULL_PAY.0, FULL_PAY.1);
    vec![
        full_pay(new("(a)", "the difference in mean hourly pay", MeanGap, HOURLY, BY_PAY)),
        full_pay(new("(b)", "the difference in median hourly pay", MedianGap, HOURLY, BY_PAY)),
        new("(c)", "the difference in mean bonus pay", MeanGap, BONUS, ALL).among_receiving(),
        new("(d)", "the difference in median bonus pay", MedianGap, BONUS, ALL).among_receiving(),
        new("(e)", "the proportions of men and women who were paid bonus pay", ShareReceiving, BONUS, ALL),
        full_pay(new(
            "(f)",
            "the proportions of men and women in the four quartile pay bands",
            QuartileShares,
            HOURLY,
            BY_PAY,
        )),
    ]
}
