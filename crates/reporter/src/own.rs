//! A reporter's own report: what is added up of its rows, and what they say by themselves, in numbers as they are
//! shown. For its own eyes; nothing of it is ever sent.
//!
//! Exact figures come from `statistics`; here they get the names of the schema, so that a worker can hand them to
//! whoever shows them.

use serde::{Deserialize, Serialize};
use statistics::{Decimal, OwnFigure, OwnValue, Summary, own_report};
use std::fmt;
use survey::{CellTotals, Record, Schema};

/// What a line of the report says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OwnKind {
    /// Employees.
    Employees,
    /// Sum, in units of the measure.
    Sum,
    /// Mean, in units.
    Mean,
    /// Standard deviation over the rows, in units.
    Dispersion,
    /// A quarter earns less, in units; exact.
    LowerQuartile,
    /// Half earns less, in units; exact.
    Median,
    /// Three quarters earn less, in units; exact.
    UpperQuartile,
    /// Gap of means, in per cent of the reference group's.
    MeanGap,
    /// Gap of medians, in per cent of the reference group's.
    MedianGap,
    /// Who has more than nothing, in per cent of the group.
    Receiving,
    /// Of one quarter of pay, from the lowest, 0 to 3, what part is the group's, in per cent.
    Quarter(u8),
}

/// One figure, for every group of the compared dimension.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnLine {
    /// How a legal text numbers it; empty without one.
    pub item: String,
    /// The legal text, shortened; empty without one.
    pub words: String,
    /// The measure.
    pub measure: String,
    /// Whether only those count who have more than nothing of it.
    pub among_receiving: bool,
    /// The categories that everybody has in common whom it is about.
    pub within: Vec<String>,
    /// What it is.
    pub kind: OwnKind,
    /// One per group, in the order of the schema; `None` where there is nothing to say.
    pub groups: Vec<Option<String>>,
}

/// What is added up of one measure in one cell, in units.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnMeasure {
    /// The sum, where the survey asks for it.
    pub sum: Option<String>,
    /// Employees with more than nothing, where the survey asks for that.
    pub receiving: Option<u64>,
}

/// One cell as it will be sent, sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnCell {
    /// Its categories; none for everybody.
    pub categories: Vec<String>,
    /// Employees.
    pub employees: u64,
    /// One per measure of the schema.
    pub measures: Vec<OwnMeasure>,
}

/// Everything a reporter is shown about its own rows.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OwnReport {
    /// Cells and margins that somebody is in, in the order of the schema.
    pub cells: Vec<OwnCell>,
    /// The figures.
    pub lines: Vec<OwnLine>,
}

impl fmt::Debug for OwnReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OwnReport(<private>)")
    }
}

impl OwnReport {
    /// Computes it; some tenths of a second for many rows and cells.
    #[must_use]
    pub fn of(schema: &Schema, records: &[Record]) -> Self {
        let totals = schema.add_up(records);
        let cells = totals.iter().filter(|cell| cell.employees > 0).filter_map(|cell| own_cell(schema, cell));
        let lines = own_report(schema, records).into_iter().flat_map(|figure| lines(schema, &figure));
        Self { cells: cells.collect(), lines: lines.collect() }
    }
}

fn category(schema: &Schema, (dimension, category): (usize, usize)) -> Option<String> {
    let categories = schema.dimensions().get(dimension)?.categories();
    categories.get(category).map(ToString::to_string)
}

fn own_cell(schema: &Schema, cell: &CellTotals) -> Option<OwnCell> {
    let measure = |(totals, measure): (&survey::MeasureTotals, &survey::Measure)| OwnMeasure {
        sum: totals.sum_minor.map(|minor| Decimal::new(minor, measure.decimals()).to_string()),
        receiving: totals.receiving.and_then(|receiving| receiving.try_into().ok()),
    };
    let categories = schema.categories_of(cell.cell).into_iter();
    Some(OwnCell {
        categories: categories.filter_map(|one| category(schema, one)).collect(),
        employees: cell.employees.try_into().ok()?,
        measures: cell.measures.iter().zip(schema.measures()).map(measure).collect(),
    })
}

/// A figure of `statistics` has several numbers; each gets a line.
fn lines(schema: &Schema, figure: &OwnFigure) -> Vec<OwnLine> {
    let texts = |list: &[Option<Decimal>]| -> Vec<Option<String>> {
        list.iter().map(|one| one.map(|one| one.to_string())).collect()
    };
    let groups: Vec<(OwnKind, Vec<Option<String>>)> = match &figure.of {
        OwnValue::Summaries(groups) => summarized(groups),
        OwnValue::MeanGap(gaps) => vec![(OwnKind::MeanGap, texts(gaps))],
        OwnValue::MedianGap(gaps) => vec![(OwnKind::MedianGap, texts(gaps))],
        OwnValue::Receiving(shares) => vec![(OwnKind::Receiving, texts(shares))],
        OwnValue::Quarters(quarters) => {
            let of = |(at, quarter): (u8, &Option<Vec<Decimal>>)| {
                let shares: Vec<Option<Decimal>> = quarter.as_ref()?.iter().copied().map(Some).collect();
                Some((OwnKind::Quarter(at), texts(&shares)))
            };
            (0..4).zip(quarters).filter_map(of).collect()
        }
    };
    let measure = schema.measures().get(figure.measure);
    let line = |(kind, groups)| OwnLine {
        item: figure.item.to_owned(),
        words: figure.words.to_owned(),
        measure: measure.map(|measure| measure.name().to_string()).unwrap_or_default(),
        among_receiving: figure.among_receiving,
        within: figure.within.iter().filter_map(|one| category(schema, *one)).collect(),
        kind,
        groups,
    };
    groups.into_iter().map(line).collect()
}

type Picked = fn(&Summary) -> String;

fn summarized(groups: &[Option<Summary>]) -> Vec<(OwnKind, Vec<Option<String>>)> {
    const PARTS: [(OwnKind, Picked); 7] = [
        (OwnKind::Employees, |of| of.employees.to_string()),
        (OwnKind::Sum, |of| of.sum.to_string()),
        (OwnKind::Mean, |of| of.mean.to_string()),
        (OwnKind::Dispersion, |of| of.std.to_string()),
        (OwnKind::LowerQuartile, |of| of.lower_quartile.to_string()),
        (OwnKind::Median, |of| of.median.to_string()),
        (OwnKind::UpperQuartile, |of| of.upper_quartile.to_string()),
    ];
    let part = |(kind, pick): (OwnKind, Picked)| {
        (kind, groups.iter().map(|group| group.as_ref().map(pick)).collect())
    };
    PARTS.into_iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use survey::{Amount, Label, PresetKind, PresetOptions};

    fn schema(kind: PresetKind) -> Schema {
        let label = |text| Label::parse(text).unwrap();
        let options = PresetOptions {
            currency: label("EUR"),
            snapshot: None,
            worker_categories: vec![label("A"), label("B")],
            bands: false,
        };
        kind.preset(&options).unwrap().schema
    }

    fn record(schema: &Schema, categories: &[usize], minor: &[u64]) -> Record {
        let amounts: Vec<Amount> = minor.iter().copied().map(Amount::from_minor).collect();
        Record::of(schema, categories, &amounts).unwrap()
    }

    #[test]
    fn a_survey_without_a_text_gives_exact_summaries_and_gaps_by_group() {
        let schema = schema(PresetKind::Simple);
        let pays = [(0, 2_000_000), (0, 3_000_000), (1, 4_000_000), (1, 4_000_100), (1, 9_000_000)];
        let records: Vec<Record> = pays.iter().map(|(sex, pay)| record(&schema, &[*sex], &[*pay])).collect();
        let report = OwnReport::of(&schema, &records);
        let sums: Vec<_> = report.cells.iter().map(|cell| cell.measures[0].sum.clone().unwrap()).collect();
        assert_eq!(sums, ["50000.00", "170001.00"]);
        let line = |kind| {
            let line = report.lines.iter().find(|line| line.kind == kind).unwrap();
            line.groups.iter().map(|one| one.clone().unwrap_or_default()).collect::<Vec<_>>()
        };
        assert_eq!(line(OwnKind::Median), ["25000.00", "40001.00"]);
        // 1 − 25000 / 40001, of the reference group's median.
        assert_eq!(line(OwnKind::MedianGap), ["37.50", ""]);
        assert_eq!(line(OwnKind::Employees), ["2", "3"]);
    }

    #[test]
    fn a_survey_begun_with_a_text_gives_its_figures_as_it_numbers_them() {
        let schema = schema(PresetKind::Eu);
        // Basic pay, variable pay, hours with one decimal.
        let rows = [
            ([0, 0], [3_000_000, 0, 20_000]),
            ([0, 1], [4_000_000, 100_000, 20_000]),
            ([1, 0], [5_000_000, 200_000, 20_000]),
        ];
        let records: Vec<Record> = rows.iter().map(|(of, pay)| record(&schema, of, pay)).collect();
        let report = OwnReport::of(&schema, &records);
        let of = |item: &str, kind| {
            report.lines.iter().filter(|line| line.item == item && line.kind == kind).collect::<Vec<_>>()
        };
        assert_eq!(of("(e)", OwnKind::Receiving)[0].groups, [Some("50.00".into()), Some("100.00".into())]);
        let by_category = of("(g)", OwnKind::MeanGap);
        assert_eq!(by_category[0].within, ["A"]);
        assert_eq!(by_category[0].groups, [Some("25.00".into()), None]);
        // Two categories by sex where somebody is, and both sexes over all categories.
        assert_eq!(report.cells.iter().map(|cell| cell.employees).collect::<Vec<_>>(), [1, 1, 1, 2, 1]);
    }

    #[test]
    fn debug_output_shows_no_pay() {
        let schema = schema(PresetKind::Simple);
        let report = OwnReport::of(&schema, &[record(&schema, &[0], &[4_711_000])]);
        assert_eq!(format!("{report:?}"), "OwnReport(<private>)");
    }
}
