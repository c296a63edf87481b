//! Results as tables.

use super::{count, decimal, reason_in_words};
use crate::out;
use organizer::export::Insights;
use protocol::{AdmittedManifest, Manifest, Release, ReleaseBounds, ReleaseCell, ReleaseGap, ReleaseMeasure};
use std::collections::BTreeMap;

/// To which side a column leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// Lays rows out in columns, two blanks apart.
pub(crate) fn lay_out(rows: &[Vec<String>], align: &[Align]) -> String {
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..align.len()).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(align).zip(&widths).map(|((cell, align), width)| match align {
            Align::Left => format!("{cell:<width$}"),
            Align::Right => format!("{cell:>width$}"),
        });
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// Prints a result with all that has to be said about it.
pub(crate) fn print(manifest: &AdmittedManifest, release: &Release) {
    out::text(&to_text(manifest, release));
}

fn to_text(manifest: &AdmittedManifest, release: &Release) -> String {
    let facts = manifest.manifest();
    let mut text = format!("{}\n{} reporters counted\n\n", facts.title, count(release.counted.into()));
    for measure in facts.published_measures() {
        let figures = |cell: &ReleaseCell| match &cell.measures {
            Some(measures) => measures.get(&measure.name).cloned().unwrap_or_default(),
            None => cell.own_figures(),
        };
        text.push_str(&format!("{} in {}\n{}\n", measure.name, measure.unit, table(facts, release, figures)));
        let shown = |cell: &ReleaseCell| cell.suppressed.is_some() || figures(cell).bands.is_some();
        if !measure.bands.is_empty() && !release.cells.iter().all(shown) {
            text.push_str(&without_median(facts));
        }
    }
    for cell in &release.cells {
        if let Some(code) = &cell.suppressed {
            text.push_str(&format!("{} {}.\n", name(cell), reason_in_words(code)));
        }
    }
    for gap in &release.gaps {
        let of = facts.measures.iter().find(|measure| measure.name == gap.measure);
        let several = facts.measures.len() > 1;
        text.push_str(&sentence(gap, of.map_or("", |measure| measure.unit.as_str()), several));
    }
    let several = facts.published_measures().count() > 1;
    text.push_str(&super::insights::in_words(&Insights::of(manifest, release), several));
    if !release.warnings.is_empty() {
        text.push_str("A figure lies outside the survey's limits: somebody reported what cannot be.\n");
    }
    text.push('\n');
    for note in organizer::export::notes(facts) {
        text.push_str(note);
        text.push('\n');
    }
    text.push_str(&format!("fingerprint {}\n", manifest.fingerprint()));
    text
}

/// Why a cell that is shown has no median, although bands were asked for.
fn without_median(facts: &Manifest) -> String {
    let least = facts.thresholds.min_cell_employees;
    format!(
        "No median is shown of a group that cannot be cut into two bands of {least} employees, nor of one that adds up \
         groups whose bands share no end. Fewer breakdowns show more.\n\n"
    )
}

/// The columns of figures that any cell has, in their order.
type Column = (&'static str, fn(&ReleaseMeasure) -> Option<String>);

const COLUMNS: [Column; 7] = [
    ("sum", |of| of.sum.as_deref().map(decimal)),
    ("mean", |of| of.mean.as_deref().map(decimal)),
    ("std", |of| of.std.as_deref().map(decimal)),
    ("receiving %", |of| of.receiving_percent.as_deref().map(decimal)),
    ("lower quartile", |of| of.lower_quartile.as_ref().map(bounds)),
    ("median", |of| of.median.as_ref().map(bounds)),
    ("upper quartile", |of| of.upper_quartile.as_ref().map(bounds)),
];

fn bounds(of: &ReleaseBounds) -> String {
    format!("{} to {}", decimal(&of.low), decimal(&of.high))
}

fn table(facts: &Manifest, release: &Release, figures: impl Fn(&ReleaseCell) -> ReleaseMeasure) -> String {
    let all: Vec<ReleaseMeasure> = release.cells.iter().map(figures).collect();
    let used = |column: &&Column| column.0 == "mean" || all.iter().any(|of| (column.1)(of).is_some());
    let columns: Vec<&Column> = COLUMNS.iter().filter(used).collect();
    let names =
        facts.dimensions.iter().map(|dimension| dimension.name.as_str()).collect::<Vec<_>>().join(", ");
    let mut head = vec![names, "reporters".to_owned(), "employees".to_owned()];
    head.extend(columns.iter().map(|column| column.0.to_owned()));
    let align: Vec<Align> =
        (0..head.len()).map(|at| if at == 0 { Align::Left } else { Align::Right }).collect();
    let dash = || "–".to_owned();
    let row = |(cell, of): (&ReleaseCell, &ReleaseMeasure)| {
        let whole = |value: Option<u64>| value.map_or_else(dash, count);
        let mut row = vec![name(cell), whole(cell.reporters.map(u64::from)), whole(cell.employees)];
        row.extend(columns.iter().map(|column| (column.1)(of).unwrap_or_else(dash)));
        row
    };
    let mut rows = vec![head];
    rows.extend(release.cells.iter().zip(&all).map(row));
    lay_out(&rows, &align)
}

fn name(cell: &ReleaseCell) -> String {
    in_words(&cell.categories)
}

pub(super) fn in_words(categories: &BTreeMap<String, String>) -> String {
    match categories.is_empty() {
        true => "all".to_owned(),
        false => categories.values().cloned().collect::<Vec<_>>().join(", "),
    }
}

fn sentence(gap: &ReleaseGap, unit: &str, several: bool) -> String {
    let ReleaseGap { measure, within, compared, reference, percent, cents_per_unit, suppressed } = gap;
    let mut of = within.as_ref().map(|within| format!("{}, ", in_words(within))).unwrap_or_default();
    if several {
        of = format!("{measure}, {of}");
    }
    if let Some(code) = suppressed {
        return format!("{of}{compared}: gap to {reference} {}.\n", reason_in_words(code));
    }
    let percent = percent.as_deref().unwrap_or("–");
    let cents = cents_per_unit.as_deref().unwrap_or("–");
    format!("{of}{compared}: gap {percent} % to {reference}, {cents} cents for every 1.00 {unit}.\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let rows = [["sex", "mean"], ["Female", "101,002.41"]];
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect();
        let text = lay_out(&rows, &[Align::Left, Align::Right]);
        assert_eq!(text, "sex           mean\nFemale  101,002.41\n");
    }
}
