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
    let mut with_bands = 0;
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
        let quarters = [(1, "lower_quartile", "q1"), (2, "median", "median"), (3, "upper_quartile", "q3")];
        if cell["bands"].is_null() {
            assert!(case.by.is_some() && quarters.iter().all(|(_, key, _)| cell[key].is_null()), "{cell}");
            continue;
        }
        with_bands += 1;
        assert!(cell["bands"].as_array().unwrap().len() > 1, "one band alone says nothing: {cell}");
        for (quarter, key, other) in quarters {
            let (low, high) = (number(&cell[key]["low"]), number(&cell[key]["high"]));
            let exact = number(&expected[other]);
            assert!(low <= exact + 1e-9 && exact <= high + 1e-9, "{key} of {}", cell["categories"]);
            let estimate = number(&cell[key]["estimate"]);
            assert!(low <= estimate && estimate <= high);
            assert!(high - low <= widest_band(cell, quarter) + 0.01, "{key} of {}", cell["categories"]);
        }
    }
    assert!(with_bands >= 2, "{result}");
}

/// What stands side by side, over the margin of the compared dimension: each gap of medians holds the exact one.
fn assert_side_by_side(case: &Case, group: &str, reference: &str) {
    let result = case.rehearse();
    let all: Value = serde_json::from_str(include_str!("../../data/expected.json")).unwrap();
    let overall = &all[case.file]["overall"];
    let shown = result["comparisons"].as_array().unwrap();
    let shown = shown.iter().find(|row| row["within"].as_object().unwrap().is_empty()).unwrap();
    let (ours, theirs) = (number(&overall[group]["count"]), number(&overall[reference]["count"]));
    let part = number(&shown["representation_percent"][group]);
    assert!((part - ours / (ours + theirs) * 100.0).abs() <= 0.005 + 1e-9);
    let bands = &shown["measures"][case.measure];
    let gap = &bands["median_gaps"][group]["percent"];
    let exact = (1.0 - number(&overall[group]["median"]) / number(&overall[reference]["median"])) * 100.0;
    assert!(number(&gap["low"]) <= exact && exact <= number(&gap["high"]), "{gap} holds {exact}");
    assert!(bands["median_gaps"][reference].is_null());
    for quarter in bands["quarter_percent"].as_array().unwrap() {
        let both = number(&quarter[group]["estimate"]) + number(&quarter[reference]["estimate"]);
        assert!((both - 100.0).abs() <= 0.011, "a quarter is whole: {quarter}");
    }
}

/// The gap that is left when the reference group is spread over the categories as the other one is, from the
/// other program's counts and sums; categories of which a side is not shown are left out.
fn assert_adjusted(case: &Case, group: &str, reference: &str) {
    let result = case.rehearse();
    let by = case.by.unwrap();
    let all: Value = serde_json::from_str(include_str!("../../data/expected.json")).unwrap();
    let shown = |category: &str, group: &str| {
        let cells = result["cells"].as_array().unwrap().iter();
        let mut found = cells
            .filter(|cell| cell["categories"][by] == *category && cell["categories"][case.compare] == *group);
        found.any(|cell| cell["suppressed"].is_null())
    };
    let (mut reweighted, mut sum, mut employees) = (0.0, 0.0, 0);
    for (category, cells) in all[case.file][format!("by_{by}")].as_object().unwrap() {
        if shown(category, group) && shown(category, reference) {
            reweighted += number(&cells[group]["count"]) * number(&cells[reference]["mean"]);
            sum += number(&cells[group]["sum"]);
            employees += cells[group]["count"].as_u64().unwrap();
        }
    }
    let gap = &result["adjusted_gaps"][0];
    assert_eq!((gap["adjusted_for"][0].as_str(), gap["employees"].as_u64()), (Some(by), Some(employees)));
    assert!((number(&gap["percent"]) - (1.0 - sum / reweighted) * 100.0).abs() <= 0.005 + 1e-9, "{gap}");
}

#[test]
fn groups_side_by_side() {
    assert_side_by_side(&FACULTY, "Female", "Male");
    assert_side_by_side(&WAGES, "female", "male");
    assert_adjusted(&Case { by: Some("rank"), ..FACULTY }, "Female", "Male");
    assert_adjusted(&Case { by: Some("occupation"), ..WAGES }, "female", "male");
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
