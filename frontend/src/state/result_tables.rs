//! A result as tables: one for every combination and measure, one per measure for what is compared.

use crate::services::numbers;
use crate::texts::Texts;
use organizer::export::{Between, Insights, Shown};
use protocol::{Manifest, MeasureWire, Release, ReleaseBounds, ReleaseCell, ReleaseGap, ReleaseMeasure};
use std::collections::{BTreeMap, BTreeSet};

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// What it is about.
    pub(crate) caption: String,
    /// Above its columns.
    pub(crate) heads: Vec<String>,
    /// Below them; a row of two cells has a sentence in place of figures.
    pub(crate) rows: Vec<Vec<String>>,
}

/// Whether two groups and their averages are all there is, which has a page of its own.
pub(crate) fn is_plain(manifest: &Manifest) -> bool {
    let plain = |measure: &MeasureWire| {
        measure.bands.is_empty() && measure.statistics == [protocol::StatisticWire::Mean]
    };
    manifest.dimensions.len() == 1 && manifest.measures.len() == 1 && manifest.measures.iter().all(plain)
}

fn published(manifest: &Manifest) -> impl Iterator<Item = &MeasureWire> {
    manifest.measures.iter().filter(|measure| !measure.statistics.is_empty() || !measure.bands.is_empty())
}

/// One table for every combination and every measure. `reason` says why a cell is suppressed.
pub(crate) fn figures(
    texts: &Texts,
    manifest: &Manifest,
    release: &Release,
    reason: fn(&Texts, &str) -> String,
) -> Vec<Table> {
    let combinations: Vec<&Vec<String>> =
        manifest.cross_tabulations.iter().chain(&manifest.margins).collect();
    let mut tables = Vec::new();
    for measure in published(manifest) {
        for by in &combinations {
            let dimensions: BTreeSet<&String> = by.iter().collect();
            let cells: Vec<&ReleaseCell> = release
                .cells
                .iter()
                .filter(|cell| cell.categories.keys().collect::<BTreeSet<_>>() == dimensions)
                .collect();
            tables.push(table(texts, measure, by, &cells, reason));
        }
    }
    tables
}

type Column = (&'static str, fn(&Texts, &ReleaseMeasure) -> Option<String>);

const COLUMNS: [Column; 7] = [
    ("tables-sum", |_, of| of.sum.as_deref().map(numbers::decimal)),
    ("tables-mean", |_, of| of.mean.as_deref().map(numbers::decimal)),
    ("tables-std", |_, of| of.std.as_deref().map(numbers::decimal)),
    ("tables-receiving", |_, of| Some(format!("{} %", numbers::decimal(of.receiving_percent.as_deref()?)))),
    ("tables-lower", |texts, of| of.lower_quartile.as_ref().map(|bounds| between(texts, bounds))),
    ("tables-median", |texts, of| of.median.as_ref().map(|bounds| between(texts, bounds))),
    ("tables-upper", |texts, of| of.upper_quartile.as_ref().map(|bounds| between(texts, bounds))),
];

fn between(texts: &Texts, bounds: &ReleaseBounds) -> String {
    let number = |text: &str| numbers::decimal(text).into();
    let (low, high) = (("low", number(&bounds.low)), ("high", number(&bounds.high)));
    texts.with("tables-between", [low, high, ("estimate", number(&bounds.estimate))])
}

fn table(
    texts: &Texts,
    measure: &MeasureWire,
    by: &[String],
    cells: &[&ReleaseCell],
    reason: fn(&Texts, &str) -> String,
) -> Table {
    let of = |cell: &ReleaseCell| match &cell.measures {
        Some(measures) => measures.get(&measure.name).cloned().unwrap_or_default(),
        None => cell.own_figures(),
    };
    let all: Vec<ReleaseMeasure> = cells.iter().map(|cell| of(cell)).collect();
    let used = |column: &&Column| all.iter().any(|of| (column.1)(texts, of).is_some());
    let columns: Vec<&Column> = COLUMNS.iter().filter(used).collect();
    let mut heads =
        vec![texts.say("totals-group"), texts.say("result-reporters"), texts.say("totals-employees")];
    heads.extend(columns.iter().map(|column| texts.say(column.0)));
    let row = |(cell, of): (&&ReleaseCell, &ReleaseMeasure)| {
        let name = name(texts, by, &cell.categories);
        if let Some(code) = &cell.suppressed {
            return vec![name, reason(texts, code)];
        }
        let count =
            |number: Option<u64>| number.map(|number| numbers::count(number.into())).unwrap_or_default();
        let mut row = vec![name, count(cell.reporters.map(u64::from)), count(cell.employees)];
        row.extend(columns.iter().map(|column| (column.1)(texts, of).unwrap_or_else(|| "–".to_owned())));
        row
    };
    Table { caption: caption(texts, measure, by), heads, rows: cells.iter().zip(&all).map(row).collect() }
}

fn caption(texts: &Texts, measure: &MeasureWire, by: &[String]) -> String {
    let name = ("measure", measure.name.clone().into());
    let unit = ("unit", measure.unit.clone().into());
    if by.is_empty() {
        return texts.with("tables-all", [name, unit]);
    }
    texts.with("tables-of", [name, ("by", by.join(" × ").into()), unit])
}

/// Categories in the order in which the combination names its dimensions.
fn name(texts: &Texts, by: &[String], categories: &BTreeMap<String, String>) -> String {
    let named: Vec<String> = by.iter().filter_map(|dimension| categories.get(dimension).cloned()).collect();
    if named.is_empty() { texts.say("tables-everybody") } else { named.join(" / ") }
}

/// Names of dimensions in the order of the schema.
fn dimensions(manifest: &Manifest) -> Vec<String> {
    manifest.dimensions.iter().map(|dimension| dimension.name.clone()).collect()
}

/// What is compared: one table per measure, of gaps of averages and of medians.
pub(crate) fn gaps(texts: &Texts, manifest: &Manifest, release: &Release, insights: &Insights) -> Vec<Table> {
    let tables = published(manifest).filter_map(|measure| {
        let bands = insights.comparisons.iter().any(|shown| shown.measures.contains_key(&measure.name));
        let reference = ("reference", manifest.reference.clone().into());
        let caption = texts.with("tables-gaps", [reference, ("measure", measure.name.clone().into())]);
        let unit = [("unit", measure.unit.clone().into())];
        let mut heads =
            vec![texts.say("totals-group"), texts.say("tables-gap"), texts.with("tables-cents", unit)];
        if bands {
            heads.push(texts.say("tables-median-gap"));
        }
        let own = release.gaps.iter().filter(|gap| gap.measure == measure.name);
        let row = |gap: &ReleaseGap| gap_row(texts, manifest, insights, gap, bands);
        let rows: Vec<Vec<String>> = own.map(row).collect();
        (!rows.is_empty()).then_some(Table { caption, heads, rows })
    });
    tables.collect()
}

fn gap_row(
    texts: &Texts,
    manifest: &Manifest,
    insights: &Insights,
    gap: &ReleaseGap,
    bands: bool,
) -> Vec<String> {
    let within = gap.within.clone().unwrap_or_default();
    let mut about = gap.compared.clone();
    if !within.is_empty() {
        about = format!("{}: {about}", name(texts, &dimensions(manifest), &within));
    }
    let (Some(percent), Some(cents)) = (&gap.percent, &gap.cents_per_unit) else {
        return vec![about, texts.say("tables-gap-suppressed")];
    };
    let mut row = vec![about, format!("{} %", numbers::decimal(percent)), numbers::decimal(cents)];
    if bands {
        let shown = insights.comparisons.iter().find(|shown| shown.within == within);
        let of = shown.and_then(|shown| shown.measures.get(&gap.measure)?.median_gaps.get(&gap.compared));
        row.push(of.map_or_else(|| "–".to_owned(), |of| surely(texts, of.percent)));
    }
    row
}

fn surely(texts: &Texts, of: Between) -> String {
    let number =
        |number: organizer::export::Number| format!("{} %", numbers::decimal(&number.to_string())).into();
    let (low, high) = (("low", number(of.low)), ("high", number(of.high)));
    texts.with("tables-between", [low, high, ("estimate", number(of.estimate))])
}

/// Who is in which quarter of pay: one table for every measure with bands.
pub(crate) fn quarters(texts: &Texts, manifest: &Manifest, insights: &Insights) -> Vec<Table> {
    let compared = manifest.dimensions.iter().find(|dimension| dimension.name == manifest.compared);
    let groups = compared.map(|dimension| dimension.categories.clone()).unwrap_or_default();
    let tables = published(manifest).filter_map(|measure| {
        let shown = insights.comparisons.iter();
        let rows: Vec<Vec<String>> =
            shown.flat_map(|shown| quarter_rows(texts, manifest, shown, &measure.name, &groups)).collect();
        let caption = texts.with("tables-quarters", [("measure", measure.name.clone().into())]);
        let heads = [texts.say("totals-group")].into_iter().chain(groups.iter().cloned()).collect();
        (!rows.is_empty()).then_some(Table { caption, heads, rows })
    });
    tables.collect()
}

fn quarter_rows(
    texts: &Texts,
    manifest: &Manifest,
    shown: &Shown,
    measure: &str,
    groups: &[String],
) -> Vec<Vec<String>> {
    const QUARTERS: [&str; 4] =
        ["tables-quarter-0", "tables-quarter-1", "tables-quarter-2", "tables-quarter-3"];
    let Some(bands) = shown.measures.get(measure) else { return Vec::new() };
    let row = |(id, quarter): (&str, &BTreeMap<String, Between>)| {
        let mut about = texts.say(id);
        if !shown.within.is_empty() {
            about = format!("{}: {about}", name(texts, &dimensions(manifest), &shown.within));
        }
        let figure =
            |group: &String| quarter.get(group).map_or_else(|| "–".to_owned(), |of| surely(texts, *of));
        let row: Vec<String> = [about].into_iter().chain(groups.iter().map(figure)).collect();
        (!quarter.is_empty()).then_some(row)
    };
    QUARTERS.into_iter().zip(&bands.quarter_percent).filter_map(row).collect()
}

/// Gaps that are adjusted for other dimensions, in sentences.
pub(crate) fn adjusted(texts: &Texts, insights: &Insights) -> Vec<String> {
    let sentence = |gap: &organizer::export::AdjustedShown| {
        texts.with(
            "tables-adjusted",
            [
                ("measure", gap.measure.clone().into()),
                ("compared", gap.compared.clone().into()),
                ("reference", gap.reference.clone().into()),
                ("percent", numbers::decimal(&gap.percent.to_string()).into()),
                ("by", gap.adjusted_for.join(" × ").into()),
                ("count", numbers::count(gap.employees.into()).into()),
            ],
        )
    };
    insights.adjusted_gaps.iter().map(sentence).collect()
}
