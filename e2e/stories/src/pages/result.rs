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
    /// The table.
    pub rows: Vec<Row>,
    /// Every figure of the chart.
    pub bars: Vec<String>,
    /// The sentences about gaps.
    pub gaps: Vec<String>,
    /// The file for spreadsheets.
    pub csv: String,
    /// The file for programs.
    pub json: Value,
}

impl Shown {
    /// Reads the present page, its downloads included.
    pub(crate) fn read(browser: &Browser) -> Self {
        browser.press("download-csv");
        let csv = String::from_utf8(browser.saved(".csv")).expect("text");
        browser.press("download-json");
        let json = serde_json::from_slice(&browser.saved(".json")).expect("JSON");
        Self {
            rows: rows(browser),
            bars: browser.texts("result-chart text"),
            gaps: browser.texts("gap"),
            csv,
            json,
        }
    }

    /// The row of a group.
    #[must_use]
    pub fn row(&self, group: &str) -> &Row {
        self.rows.iter().find(|row| row.group == group).expect("the group's row")
    }

    /// The cell of a group in the file for programs.
    #[must_use]
    pub fn cell(&self, dimension: &str, group: &str) -> &Value {
        let cells = self.json["cells"].as_array().expect("cells");
        cells.iter().find(|cell| cell["categories"][dimension] == group).expect("the group's cell")
    }
}

fn rows(browser: &Browser) -> Vec<Row> {
    let script = "const table = document.querySelector(\"[data-test='result-table']\"); \
                  return Array.from(table.tBodies[0].rows, row => Array.from(row.cells, c => c.textContent))";
    let cells: Vec<Vec<String>> = serde_json::from_value(browser.run(script, &[])).expect("cells");
    let row = |mut cells: Vec<String>| Row { group: cells.remove(0), cells };
    cells.into_iter().map(row).collect()
}
