//! Results as CSV, for spreadsheets.

use protocol::Release;

/// One row per cell; a suppressed one has its reason and nothing else.
#[must_use]
pub fn csv(release: &Release) -> String {
    let mut text = String::from("category,reporters,employees,sum,mean,suppressed\n");
    for cell in &release.cells {
        let whole = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
        let name = cell.categories.values().cloned().collect::<Vec<_>>().join(" / ");
        let cells = [
            quoted(&name),
            whole(cell.reporters.map(u64::from)),
            whole(cell.employees),
            cell.sum.clone().unwrap_or_default(),
            cell.mean.clone().unwrap_or_default(),
            cell.suppressed.clone().unwrap_or_default(),
        ];
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
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
