//! Results as CSV, for spreadsheets.

use super::Insights;
use super::columns::{COLUMNS, Figures, Sources};
use protocol::{AdmittedManifest, Release, ReleaseCell};

/// One row per cell and measure, with how it compares to the reference group; then one per gap that is adjusted for
/// other dimensions. A suppressed cell has its reason and nothing else. Columns of figures that no row has are left
/// out.
#[must_use]
pub fn csv(manifest: &AdmittedManifest, release: &Release) -> String {
    let insights = Insights::of(manifest, release);
    let manifest = manifest.manifest();
    let sources = Sources { manifest, release, insights: &insights };
    let cells = release.cells.iter().flat_map(|cell| rows(&sources, cell));
    let rows: Vec<Row> = cells.chain(adjusted(&sources)).collect();
    let several = manifest.published_measures().count() > 1;
    let used = |name: &&&str| rows.iter().any(|row| row.figures.contains_key(**name));
    let columns: Vec<&str> = COLUMNS.iter().filter(used).copied().collect();
    let front = ["category"].into_iter().chain(several.then_some("measure"));
    let head = front.chain(["reporters", "employees"]).chain(columns.iter().copied()).chain(["suppressed"]);
    let mut text = head.collect::<Vec<_>>().join(",") + "\n";
    for row in &rows {
        text.push_str(&row.to_line(several, &columns));
    }
    text
}

struct Row {
    category: String,
    measure: String,
    reporters: String,
    employees: String,
    figures: Figures,
    suppressed: String,
}

impl Row {
    fn to_line(&self, several: bool, columns: &[&str]) -> String {
        let front = [quoted(&self.category)].into_iter().chain(several.then(|| quoted(&self.measure)));
        let figures = columns.iter().map(|name| self.figures.get(name).cloned().unwrap_or_default());
        let all = front.chain([self.reporters.clone(), self.employees.clone()]).chain(figures);
        all.chain([self.suppressed.clone()]).collect::<Vec<_>>().join(",") + "\n"
    }
}

fn rows(sources: &Sources<'_>, cell: &ReleaseCell) -> Vec<Row> {
    let text = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    let row = |measure: &str, figures: Figures| Row {
        category: match cell.categories.is_empty() {
            true => "all".to_owned(),
            false => cell.categories.values().cloned().collect::<Vec<_>>().join(" / "),
        },
        measure: measure.to_owned(),
        reporters: text(cell.reporters.map(u64::from)),
        employees: text(cell.employees),
        figures,
        suppressed: cell.suppressed.clone().unwrap_or_default(),
    };
    if cell.suppressed.is_some() {
        return vec![row("", Figures::new())];
    }
    let measures = sources.manifest.published_measures().map(|measure| measure.name.as_str());
    measures.map(|measure| row(measure, sources.of(cell, measure))).collect()
}

/// A row of its own, as there need be no cell of the group alone, and one may be suppressed.
fn adjusted<'a>(sources: &Sources<'a>) -> impl Iterator<Item = Row> + use<'a> {
    sources.insights.adjusted_gaps.iter().map(|gap| Row {
        category: gap.compared.clone(),
        measure: gap.measure.clone(),
        reporters: String::new(),
        employees: gap.employees.to_string(),
        figures: [
            ("gap_percent", gap.percent.to_string()),
            ("gap_cents_per_unit", gap.cents_per_unit.to_string()),
            ("gap_adjusted_for", quoted(&gap.adjusted_for.join(" / "))),
        ]
        .into(),
        suppressed: String::new(),
    })
}

/// A text as CSV has it. What a spreadsheet would take for a formula gets an apostrophe.
fn quoted(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', ';']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_is_never_a_formula() {
        assert_eq!(quoted("=1+1"), "'=1+1");
        assert_eq!(quoted("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(quoted("Female"), "Female");
    }
}
