//! Results as tables.

use super::{count, decimal, reason_in_words};
use crate::out;
use protocol::{AdmittedManifest, Release, ReleaseCell, ReleaseGap};

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
    let unit = facts.measures.first().map_or("", |measure| measure.unit.as_str());
    let measure = facts.measures.first().map_or("", |measure| measure.name.as_str());
    let headers = ["reporters", "employees", "sum", "mean"].map(String::from);
    let mut rows = vec![[vec![facts.compared.clone()], headers.to_vec()].concat()];
    rows.extend(release.cells.iter().map(row));
    let align = [Align::Left, Align::Right, Align::Right, Align::Right, Align::Right];
    let mut text = format!(
        "{}\n{measure} in {unit}, {} reporters counted\n\n{}",
        facts.title,
        count(release.counted.into()),
        lay_out(&rows, &align)
    );
    for cell in &release.cells {
        if let Some(code) = &cell.suppressed {
            text.push_str(&format!("{} {}.\n", name(cell), reason_in_words(code)));
        }
    }
    text.push('\n');
    for gap in &release.gaps {
        text.push_str(&sentence(gap, unit));
    }
    if !release.warnings.is_empty() {
        text.push_str("A mean lies outside the survey's limits: somebody reported what cannot be.\n");
    }
    text.push('\n');
    for note in organizer::export::notes(facts) {
        text.push_str(note);
        text.push('\n');
    }
    text.push_str(&format!("fingerprint {}\n", manifest.fingerprint()));
    text
}

fn name(cell: &ReleaseCell) -> String {
    cell.categories.values().cloned().collect::<Vec<_>>().join(", ")
}

fn row(cell: &ReleaseCell) -> Vec<String> {
    let number = |text: Option<&String>| text.map_or_else(|| "–".to_owned(), |text| decimal(text));
    let whole = |value: Option<u64>| value.map_or_else(|| "–".to_owned(), count);
    vec![
        name(cell),
        whole(cell.reporters.map(u64::from)),
        whole(cell.employees),
        number(cell.sum.as_ref()),
        number(cell.mean.as_ref()),
    ]
}

fn sentence(gap: &ReleaseGap, unit: &str) -> String {
    let ReleaseGap { compared, reference, percent, cents_per_unit, suppressed, .. } = gap;
    if let Some(code) = suppressed {
        return format!("{compared}: gap to {reference} {}.\n", reason_in_words(code));
    }
    let percent = percent.as_deref().unwrap_or("–");
    let cents = cents_per_unit.as_deref().unwrap_or("–");
    format!("{compared}: gap {percent} % to {reference}, {cents} cents for every 1.00 {unit}.\n")
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
