//! What the page shows of a result.

use crate::Browser;
use serde_json::Value;

/// One row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The group.
    pub group: String,
    /// Everything else that stands in the row.
    pub cells: Vec<String>,
}

/// What the page shows of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What stands above the table's columns.
    pub heads: Vec<String>,
    /// The table.
    pub rows: Vec<Row>,
    /// Every text of the chart, from top to bottom.
    pub bars: Vec<String>,
    /// How long the chart's bars are, as it is written in it.
    pub lengths: Vec<String>,
    /// The sentences about gaps.
    pub gaps: Vec<String>,
    /// The file for spreadsheets.
    pub csv: String,
    /// The file for programs.
    pub json: Value,
    /// The same as it is written, without blanks between its parts: numbers have all their digits.
    pub json_text: String,
}

impl Shown {
    /// Reads the present page, its downloads included.
    pub(crate) fn read(browser: &Browser) -> Self {
        browser.press("download-csv");
        let csv = String::from_utf8(browser.saved(".csv")).expect("text");
        browser.press("download-json");
        let text = String::from_utf8(browser.saved(".json")).expect("text");
        Self {
            heads: browser.texts("result-table thead th"),
            rows: rows(browser),
            bars: browser.texts("result-chart text"),
            lengths: lengths(browser),
            gaps: browser.texts("gap"),
            csv,
            json: serde_json::from_str(&text).expect("JSON"),
            json_text: text.replace(['\n', ' '], ""),
        }
    }

    /// The row of a group.
    #[must_use]
    pub fn row(&self, group: &str) -> &Row {
        self.rows.iter().find(|row| row.group == group).expect("the group's row")
    }
}

fn lengths(browser: &Browser) -> Vec<String> {
    let script = "const bars = document.querySelectorAll(\"[data-test='result-chart'] rect.bar\"); \
                  return Array.from(bars, bar => bar.getAttribute('width'))";
    serde_json::from_value(browser.run(script, &[])).expect("lengths")
}

fn rows(browser: &Browser) -> Vec<Row> {
    let script = "const table = document.querySelector(\"[data-test='result-table']\"); \
                  return Array.from(table.tBodies[0].rows, row => Array.from(row.cells, c => c.textContent))";
    let cells: Vec<Vec<String>> = serde_json::from_value(browser.run(script, &[])).expect("cells");
    let row = |mut cells: Vec<String>| Row { group: cells.remove(0), cells };
    cells.into_iter().map(row).collect()
}
