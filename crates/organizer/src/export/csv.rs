//! Results as CSV, for spreadsheets.

use protocol::{Release, ReleaseBounds, ReleaseCell, ReleaseMeasure};

/// The columns of figures.
const FIGURES: [&str; 12] = [
    "sum",
    "mean",
    "std",
    "receiving",
    "receiving_percent",
    "lower_quartile_low",
    "lower_quartile_high",
    "median_low",
    "median_high",
    "median_estimate",
    "upper_quartile_low",
    "upper_quartile_high",
];

/// One row per cell and measure; a suppressed cell has its reason and nothing else. Columns of figures that no
/// row has are left out.
#[must_use]
pub fn csv(release: &Release) -> String {
    let rows: Vec<Row> = release.cells.iter().flat_map(rows).collect();
    let several = rows.iter().any(|row| row.measure.is_some());
    let used = |at: usize| rows.iter().any(|row| row.figures.get(at).is_some_and(Option::is_some));
    let columns: Vec<usize> = (0..FIGURES.len()).filter(|at| *at < 2 || used(*at)).collect();
    let named = columns.iter().filter_map(|at| FIGURES.get(*at).copied());
    let measure = several.then_some("measure");
    let head = ["category"].into_iter().chain(measure).chain(["reporters", "employees"]).chain(named);
    let mut text = head.chain(["suppressed"]).collect::<Vec<_>>().join(",");
    text.push('\n');
    for row in rows {
        let measure = several.then(|| quoted(row.measure.as_deref().unwrap_or_default()));
        let figures = columns.iter().map(|at| row.figures.get(*at).cloned().flatten().unwrap_or_default());
        let cells = [quoted(&row.category)].into_iter().chain(measure).chain([row.reporters, row.employees]);
        text.push_str(&cells.chain(figures).chain([row.suppressed]).collect::<Vec<_>>().join(","));
        text.push('\n');
    }
    text
}

struct Row {
    category: String,
    measure: Option<String>,
    reporters: String,
    employees: String,
    figures: [Option<String>; 12],
    suppressed: String,
}

fn rows(cell: &ReleaseCell) -> Vec<Row> {
    let row = |measure: Option<&String>, figures: &ReleaseMeasure| Row {
        category: match cell.categories.is_empty() {
            true => "all".to_owned(),
            false => cell.categories.values().cloned().collect::<Vec<_>>().join(" / "),
        },
        measure: measure.cloned(),
        reporters: cell.reporters.map(|number| number.to_string()).unwrap_or_default(),
        employees: cell.employees.map(|number| number.to_string()).unwrap_or_default(),
        figures: texts(figures),
        suppressed: cell.suppressed.clone().unwrap_or_default(),
    };
    match &cell.measures {
        Some(measures) => measures.iter().map(|(name, figures)| row(Some(name), figures)).collect(),
        None => vec![row(None, &cell.own_figures())],
    }
}

fn texts(of: &ReleaseMeasure) -> [Option<String>; 12] {
    let low = |bounds: &Option<ReleaseBounds>| bounds.as_ref().map(|bounds| bounds.low.clone());
    let high = |bounds: &Option<ReleaseBounds>| bounds.as_ref().map(|bounds| bounds.high.clone());
    [
        of.sum.clone(),
        of.mean.clone(),
        of.std.clone(),
        of.receiving.map(|receiving| receiving.to_string()),
        of.receiving_percent.clone(),
        low(&of.lower_quartile),
        high(&of.lower_quartile),
        low(&of.median),
        high(&of.median),
        of.median.as_ref().map(|bounds| bounds.estimate.clone()),
        low(&of.upper_quartile),
        high(&of.upper_quartile),
    ]
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
