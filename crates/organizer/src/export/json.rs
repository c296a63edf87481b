//! Results as one JSON object. Decimals are numbers, written exactly as they were released.

use super::figures::{Figures, number};
use super::{Facts, Insights};
use protocol::{AdmittedManifest, Ended, EndedReason, Release, ReleaseCell, ReleaseGap};
use serde::Serialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// A cell as scripts read it: the figures of the only measure in itself, those of several by name.
#[derive(Serialize)]
struct Cell<'a> {
    categories: &'a BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reporters: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    employees: Option<u64>,
    #[serde(flatten)]
    figures: Figures,
    #[serde(skip_serializing_if = "Option::is_none")]
    measures: Option<BTreeMap<&'a str, Figures>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed: Option<&'a str>,
}

/// A gap as scripts read it.
#[derive(Serialize)]
struct Gap<'a> {
    compared: &'a str,
    reference: &'a str,
    measure: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<&'a BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    percent: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cents_per_unit: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed: Option<&'a str>,
}

#[derive(Serialize)]
struct Released<'a> {
    cells: Vec<Cell<'a>>,
    gaps: Vec<Gap<'a>>,
    counted: u32,
    warnings: &'a [String],
    #[serde(flatten)]
    insights: Insights,
    #[serde(flatten)]
    facts: Facts<'a>,
}

#[derive(Serialize)]
struct EndedAnswer<'a> {
    ended: &'a str,
    /// Empty, so that programs read both answers alike.
    cells: [Cell<'a>; 0],
    gaps: [Gap<'a>; 0],
    #[serde(flatten)]
    facts: Facts<'a>,
}

fn cell(cell: &ReleaseCell) -> Cell<'_> {
    Cell {
        categories: &cell.categories,
        reporters: cell.reporters,
        employees: cell.employees,
        figures: Figures::of(&cell.own_figures()),
        measures: cell
            .measures
            .as_ref()
            .map(|all| all.iter().map(|(name, figures)| (name.as_str(), Figures::of(figures))).collect()),
        suppressed: cell.suppressed.as_deref(),
    }
}

fn gap(gap: &ReleaseGap) -> Gap<'_> {
    Gap {
        compared: &gap.compared,
        reference: &gap.reference,
        measure: &gap.measure,
        within: gap.within.as_ref(),
        percent: number(gap.percent.as_ref()),
        cents_per_unit: number(gap.cents_per_unit.as_ref()),
        suppressed: gap.suppressed.as_deref(),
    }
}

/// A result.
#[must_use]
pub fn released_json(manifest: &AdmittedManifest, release: &Release) -> String {
    let answer = Released {
        cells: release.cells.iter().map(cell).collect(),
        gaps: release.gaps.iter().map(gap).collect(),
        counted: release.counted,
        warnings: &release.warnings,
        insights: Insights::of(manifest, release),
        facts: Facts::of(manifest),
    };
    to_text(&answer)
}

/// An end without a result.
#[must_use]
pub fn ended_json(manifest: &AdmittedManifest, ended: &Ended) -> String {
    to_text(&EndedAnswer { ended: ended_code(ended.reason), cells: [], gaps: [], facts: Facts::of(manifest) })
}

fn to_text<T: Serialize>(value: &T) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// The reason's code, as the protocol spells it.
#[must_use]
pub const fn ended_code(reason: EndedReason) -> &'static str {
    match reason {
        EndedReason::TooFewReporters => "too-few-reporters",
        EndedReason::TooManyMissing => "too-many-missing",
        EndedReason::Inconsistent => "inconsistent",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_numbers_written_as_they_were_released() {
        let release = ReleaseCell {
            categories: [("sex".to_owned(), "Female".to_owned())].into(),
            reporters: Some(6),
            employees: Some(39),
            sum: Some("3939094.00".to_owned()),
            mean: Some("101002.41".to_owned()),
            ..ReleaseCell::default()
        };
        let text = serde_json::to_string(&cell(&release)).unwrap();
        assert_eq!(
            text,
            r#"{"categories":{"sex":"Female"},"reporters":6,"employees":39,"sum":3939094.00,"mean":101002.41}"#
        );
    }

    #[test]
    fn a_suppressed_cell_has_a_reason_and_nothing_else() {
        let release = ReleaseCell {
            categories: [("sex".to_owned(), "x".to_owned())].into(),
            suppressed: Some("too-few".to_owned()),
            ..ReleaseCell::default()
        };
        let text = serde_json::to_string(&cell(&release)).unwrap();
        assert_eq!(text, r#"{"categories":{"sex":"x"},"suppressed":"too-few"}"#);
    }
}
