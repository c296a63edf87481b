//! Dimensions and measures that presets are put together from.

use crate::{Dimension, Label, LabelRefusal, Limits, Measure, SchemaRefusal, Statistics};

/// A name that is written in this folder.
pub(super) fn label(text: &str) -> Result<Label, SchemaRefusal> {
    Label::parse(text).map_err(|_: LabelRefusal| SchemaRefusal::Name)
}

pub(super) fn dimension(name: &str, categories: &[&str]) -> Result<Dimension, SchemaRefusal> {
    let categories: Result<Vec<Label>, SchemaRefusal> = categories.iter().map(|text| label(text)).collect();
    Dimension::new(label(name)?, categories?)
}

/// A measure with limits in minor units: `hard` refuses, `soft` asks.
pub(super) fn measure(
    name: &str,
    (unit, decimals): (&Label, u8),
    hard: (u64, u64),
    soft: (u64, u64),
    statistics: Statistics,
) -> Result<Measure, SchemaRefusal> {
    let (hard, soft) = (Limits::new(hard.0, hard.1)?, Limits::new(soft.0, soft.1)?);
    Measure::new(label(name)?, unit.clone(), decimals, hard, soft)?.with(statistics)
}

/// Edges in whole units, as minor units.
pub(super) fn edges(units: &[u64], decimals: u8) -> Vec<u64> {
    units.iter().map(|unit| unit * 10u64.pow(decimals.into())).collect()
}

/// The ten job categories of EEO-1 (29 CFR 1602.7; EEOC, Standard Form 100).
pub(super) const EEO_JOB_CATEGORIES: [&str; 10] = [
    "Executive/Senior Level Officials and Managers",
    "First/Mid-Level Officials and Managers",
    "Professionals",
    "Technicians",
    "Sales Workers",
    "Administrative Support Workers",
    "Craft Workers",
    "Operatives",
    "Laborers and Helpers",
    "Service Workers",
];
