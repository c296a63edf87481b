//! Both pay files with twelve reporters, in both granularities, against statistics of another program.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails loudly")]

use serde_json::Value;
use std::process::Command;

/// A pay file as it is rehearsed.
struct Case {
    file: &'static str,
    compare: &'static str,
    measure: &'static str,
    by: Option<&'static str>,
    bands: &'static str,
    granularity: &'static str,
}

const FACULTY: Case = Case {
    file: "faculty-salaries.csv",
    compare: "sex",
    measure: "salary",
    by: None,
    bands: "5000",
    granularity: "totals",
};

const WAGES: Case = Case {
    file: "cps-1985.csv",
    compare: "gender",
    measure: "wage",
    by: None,
    bands: "1.00",
    granularity: "totals",
};

impl Case {
    fn rehearse(&self) -> Value {
        let file = format!("{}/../data/{}", env!("CARGO_MANIFEST_DIR"), self.file);
        let mut command = Command::new(env!("CARGO_BIN_EXE_sealedpay"));
        command.args(["rehearse", "--csv", &file, "--compare", self.compare, "--measure", self.measure]);
        command.args(["--reporters", "12", "--bands", self.bands, "--granularity", self.granularity]);
        command.args(["--key-bits", "2048", "--json"]).args(self.by.iter().flat_map(|by| ["--by", by]));
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// What the other program says of a cell.
    fn expected(&self, cell: &Value) -> Value {
        let all: Value = serde_json::from_str(include_str!("../../data/expected.json")).unwrap();
        let group = |name: &str| cell["categories"][name].as_str().map(str::to_owned);
        let compared = group(self.compare).unwrap();
        match self.by.and_then(|by| Some((by, group(by)?))) {
            Some((by, category)) => all[self.file][format!("by_{by}")][category][compared].clone(),
            None => all[self.file]["overall"][compared].clone(),
        }
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

/// The widest of the published bands of the two employees around a quarter of the list.
fn widest_band(cell: &Value, quarter: u64) -> f64 {
    let below = (cell["employees"].as_u64().unwrap() - 1) * quarter / 4;
    let band_of = |employee: u64| {
        let mut before = 0;
        let holds = |band: &&Value| {
            before += band["employees"].as_u64().unwrap();
            employee < before
        };
        let band = cell["bands"].as_array().unwrap().iter().find(holds);
        band.map_or(0.0, |band| number(&band["to"]) - number(&band["from"]))
    };
    band_of(below).max(band_of(below + 1))
}

fn assert_expected(case: &Case) {
    let result = case.rehearse();
    let cells = result["cells"].as_array().unwrap();
    assert!(cells.len() >= 2);
    for cell in cells {
        let expected = case.expected(cell);
        assert_eq!(cell["employees"], expected["count"], "{cell}");
        let close = |key: &str, other: &str, within: f64| {
            let difference = (number(&cell[key]) - number(&expected[other])).abs();
            assert!(difference <= within, "{key} of {}", cell["categories"]);
        };
        close("sum", "sum", 1e-6);
        // To the cent: half of one, and what floating point adds to a tie.
        close("mean", "mean", 0.005 + 1e-9);
        close("std", "std_population", 0.005 + 1e-9);
        for (quarter, key, other) in
            [(1, "lower_quartile", "q1"), (2, "median", "median"), (3, "upper_quartile", "q3")]
        {
            let (low, high) = (number(&cell[key]["low"]), number(&cell[key]["high"]));
            let exact = number(&expected[other]);
            assert!(low <= exact + 1e-9 && exact <= high + 1e-9, "{key} of {}", cell["categories"]);
            let estimate = number(&cell[key]["estimate"]);
            assert!(low <= estimate && estimate <= high);
            assert!(high - low <= widest_band(cell, quarter) + 0.01, "{key} of {}", cell["categories"]);
        }
    }
}

#[test]
fn faculty_salaries_as_totals() {
    assert_expected(&FACULTY);
    assert_expected(&Case { by: Some("rank"), ..FACULTY });
    assert_expected(&Case { by: Some("discipline"), ..FACULTY });
}

#[test]
fn faculty_salaries_as_records() {
    assert_expected(&Case { by: Some("rank"), granularity: "records", ..FACULTY });
}

#[test]
fn wages_as_totals() {
    assert_expected(&WAGES);
    assert_expected(&Case { by: Some("occupation"), ..WAGES });
}

#[test]
fn wages_as_records() {
    assert_expected(&Case { by: Some("occupation"), granularity: "records", ..WAGES });
}
