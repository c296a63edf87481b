//! Pay of women and men.

use super::parts::{dimension, measure};
use super::{Definition, Preset, PresetKind, PresetOptions, Wanted};
use crate::{
    Leavers, MissingValues, PartTimers, Schema, SchemaParts, SchemaRefusal, Statistics, Thresholds, WhoCounts,
};

/// One dimension, one measure, its mean.
pub(super) fn preset(options: &PresetOptions) -> Result<Preset, SchemaRefusal> {
    let unit = (&options.currency, 2);
    let pay =
        measure("gross annual pay", unit, (1, 1_000_000_000), (500_000, 50_000_000), Statistics::mean())?;
    let schema = Schema::declare(SchemaParts {
        dimensions: vec![dimension("gender", &["women", "men"])?],
        compared: 0,
        reference: 1,
        measures: vec![pay],
        cross_tabulations: vec![vec![0]],
        margins: vec![],
        who: WhoCounts {
            snapshot: options.snapshot,
            part_timers: PartTimers::FullTimeEquivalent,
            leavers: Leavers::LeftOut,
            missing: MissingValues::LeaveOut,
        },
    })?;
    let gap = Definition::new("1", "the gap between average gross annual pay", Wanted::MeanGap, 0, 0);
    Ok(Preset { kind: PresetKind::Simple, schema, thresholds: Thresholds::DEFAULT, definitions: vec![gap] })
}
