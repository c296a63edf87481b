//! Schemas that several tests need.

use crate::{Dimension, Label, Limits, Measure, Schema, SchemaParts, Statistics, WhoCounts};

pub(crate) fn label(text: &str) -> Label {
    Label::parse(text).unwrap()
}

pub(crate) fn pay(name: &str, max_minor: u64) -> Measure {
    let limits = Limits::new(0, max_minor).unwrap();
    Measure::new(label(name), label("EUR"), 2, limits, limits).unwrap()
}

fn dimension(name: &str, categories: &[&str]) -> Dimension {
    Dimension::new(label(name), categories.iter().map(|text| label(text)).collect()).unwrap()
}

/// One dimension, one measure.
pub(crate) fn test_schema(max_minor: u64) -> Schema {
    Schema::new(dimension("sex", &["women", "men"]), 1, pay("pay", max_minor)).unwrap()
}

/// Cells by rank and sex; margins by sex, and over all.
pub(crate) fn rank_by_sex(statistics: Statistics) -> Schema {
    Schema::declare(SchemaParts {
        dimensions: vec![dimension("rank", &["low", "middle", "high"]), dimension("sex", &["women", "men"])],
        compared: 1,
        reference: 1,
        measures: vec![pay("pay", 100_000_000).with(statistics).unwrap()],
        cross_tabulations: vec![vec![0, 1]],
        margins: vec![vec![1], vec![]],
        who: WhoCounts::DEFAULT,
    })
    .unwrap()
}
