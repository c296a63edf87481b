//! Random schemas, capacities and people.
#![allow(clippy::unwrap_used, reason = "tests fail loudly, and so do their helpers")]

use proptest::prelude::*;
use survey::{
    Amount, Capacity, Dimension, Granularity, Label, Limits, Measure, Record, Schema, SchemaParts,
    Statistics, WhoCounts,
};

fn label(text: &str) -> Label {
    Label::parse(text).unwrap()
}

fn dimension(number: usize, categories: usize) -> Dimension {
    let names = (0..categories).map(|at| label(&format!("category {at}"))).collect();
    Dimension::new(label(&format!("dimension {number}")), names).unwrap()
}

fn any_measure(number: usize) -> impl Strategy<Value = Measure> {
    let bits = 1u32..=48;
    let edges = prop::collection::btree_set(any::<u64>(), 0..12);
    (bits, any::<u64>(), any::<[bool; 3]>(), edges).prop_map(move |(bits, raw, asked, edges)| {
        let max = (raw % (1 << bits)).max(1);
        let limits = Limits::new(0, max).unwrap();
        let edges: std::collections::BTreeSet<u64> = edges.iter().map(|edge| edge % max + 1).collect();
        let [mean, dispersion, receiving] = asked;
        let mut statistics = Statistics {
            mean: mean || dispersion,
            dispersion,
            receiving,
            bands: edges.into_iter().collect(),
        };
        if statistics.is_empty() {
            statistics.mean = true;
        }
        let measure = Measure::new(label(&format!("measure {number}")), label("EUR"), 2, limits, limits);
        measure.unwrap().with(statistics).unwrap()
    })
}

/// One to six dimensions in one or two cross-tabulations, with some of their margins; one to three measures.
pub(crate) fn any_schema() -> impl Strategy<Value = Schema> {
    let sizes = prop::collection::vec(2usize..5, 1..=6);
    let measures = (any_measure(0), any_measure(1), any_measure(2), 1usize..=3);
    (sizes, measures, any::<[bool; 4]>()).prop_filter_map("too many cells", |(sizes, measures, choices)| {
        let all: Vec<usize> = (0..sizes.len()).collect();
        let (last, front) = all.split_last()?;
        // One cross-tabulation by everything, or two that share the compared dimension, the last.
        let cross_tabulations = match front {
            [first, rest @ ..] if choices[0] && !rest.is_empty() => {
                vec![vec![*first, *last], [rest, &[*last]].concat()]
            }
            _ => vec![all.clone()],
        };
        let mut margins = Vec::new();
        if choices[1] && !front.is_empty() {
            margins.push(vec![*last]);
        }
        if choices[2] {
            margins.push(vec![]);
        }
        if choices[3] && !front.is_empty() {
            margins.push(vec![0]);
        }
        let (a, b, c, count) = measures;
        let mut measures = vec![a, b, c];
        measures.truncate(count);
        Schema::declare(SchemaParts {
            dimensions: sizes.iter().enumerate().map(|(at, size)| dimension(at, *size)).collect(),
            compared: *last,
            reference: 0,
            measures,
            cross_tabulations,
            margins,
            who: WhoCounts::DEFAULT,
        })
        .ok()
    })
}

/// Every capacity there is.
pub(crate) fn any_capacity() -> impl Strategy<Value = Capacity> {
    (3u32..=65_536, 0u32..=20, any::<u32>(), any::<bool>()).prop_map(|(reporters, bits, raw, totals)| {
        let granularity = if totals { Granularity::Totals } else { Granularity::Records };
        Capacity::new(granularity, reporters, (raw % (1 << bits)).max(1)).unwrap()
    })
}

/// A schema and up to forty people.
pub(crate) fn any_people() -> impl Strategy<Value = (Schema, Vec<Record>)> {
    let raw = prop::collection::vec((any::<[u8; 6]>(), any::<[u64; 3]>()), 0..40);
    (any_schema(), raw).prop_map(|(schema, raw)| {
        let person = |(categories, amounts): &([u8; 6], [u64; 3])| {
            let categories: Vec<usize> = schema
                .dimensions()
                .iter()
                .zip(categories)
                .map(|(dimension, raw)| usize::from(*raw) % dimension.categories().len())
                .collect();
            let amounts: Vec<Amount> = schema
                .measures()
                .iter()
                .zip(amounts)
                .map(|(measure, raw)| Amount::from_minor(raw % (measure.hard().max_minor() + 1)))
                .collect();
            Record::of(&schema, &categories, &amounts).unwrap()
        };
        let people = raw.iter().map(person).collect();
        (schema, people)
    })
}

/// Rank by sex, with margins by sex and over all; the sum of pay.
pub(crate) fn fixed() -> Schema {
    let limits = Limits::new(0, 1000).unwrap();
    Schema::declare(SchemaParts {
        dimensions: vec![dimension(0, 3), dimension(1, 2)],
        compared: 1,
        reference: 1,
        measures: vec![Measure::new(label("pay"), label("EUR"), 2, limits, limits).unwrap()],
        cross_tabulations: vec![vec![0, 1]],
        margins: vec![vec![1], vec![]],
        who: WhoCounts::DEFAULT,
    })
    .unwrap()
}
