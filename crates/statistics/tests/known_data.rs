//! Real pay data through file, records and totals, against statistics computed by another program.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test fails loudly")]

use payfile::{Options, Table, infer_schema, read_records};
use serde_json::Value;
use statistics::{Figure, Published, Turnout, check_published, publish};
use survey::{CellTotals, Record, Schema, Thresholds};

/// Totals as if five reporters had shared the file.
fn totals(schema: &Schema, records: &[Record]) -> Vec<CellTotals> {
    let five = |cell: CellTotals| CellTotals { reporters: 5, ..cell };
    schema.add_up(records).iter().cloned().map(five).collect()
}

fn published(file: &[u8], compared: &str, measure: &str) -> (Schema, Published) {
    let table = Table::parse(file).unwrap();
    let mapping = table.mapping(compared, measure).unwrap();
    let schema = infer_schema(&table, mapping, None, "USD", Options::default()).unwrap();
    let reading = read_records(&table, &schema, mapping, Options::default()).unwrap();
    let turnout = Turnout { counted: 5, max_employees_per_reporter: 1000 };
    let published = publish(&schema, Thresholds::DEFAULT, turnout, &totals(&schema, reading.records()));
    check_published(&schema, Thresholds::DEFAULT, turnout, &published).unwrap();
    (schema, published)
}

/// Compares every cell with the other program's, which used floating point.
fn assert_expected(file: &str, schema: &Schema, published: &Published) {
    let all: Value = serde_json::from_str(include_str!("../../../data/expected.json")).unwrap();
    let expected = &all[file]["overall"];
    for (cell, category) in published.cells.iter().zip(schema.compared().categories()) {
        let expected = &expected[category.as_str()];
        let figures = cell.figures.released().unwrap();
        assert_eq!(expected["count"].as_i64().map(i128::from), Some(figures.slots.employees));
        let close = |shown: String, key: &str, within: f64| {
            let difference = (shown.parse::<f64>().unwrap() - expected[key].as_f64().unwrap()).abs();
            assert!(difference <= within, "{category} {key} {shown}");
        };
        close(figures.measures[0].sum.unwrap().to_string(), "sum", 1e-6);
        close(figures.measures[0].mean.unwrap().to_string(), "mean", 0.005_000_001);
    }
}

fn shown(published: &Published) -> (Vec<String>, Vec<String>) {
    let mean = |cell: &statistics::PublishedCell| {
        cell.figures.released().unwrap().measures[0].mean.unwrap().to_string()
    };
    let gap = |gap: &statistics::PublishedGap| match gap.figures {
        Figure::Released(figures) => format!("{} % {} cents", figures.percent, figures.cents_per_unit),
        Figure::Suppressed(reason) => reason.to_string(),
    };
    (published.cells.iter().map(mean).collect(), published.gaps.iter().map(gap).collect())
}

#[test]
fn faculty_salaries() {
    let file = include_bytes!("../../../data/faculty-salaries.csv");
    let (schema, published) = published(file, "sex", "salary");
    assert_expected("faculty-salaries.csv", &schema, &published);
    let (means, gaps) = shown(&published);
    assert_eq!(means, ["101002.41", "115090.42"]);
    assert_eq!(gaps, ["12.24 % 87.76 cents"]);
    let employees = published.cells.iter().map(|cell| cell.figures.released().unwrap().slots.employees);
    assert_eq!(employees.collect::<Vec<_>>(), [39, 358]);
}

#[test]
fn hourly_wages_of_1985() {
    let file = include_bytes!("../../../data/cps-1985.csv");
    let (schema, published) = published(file, "gender", "wage");
    assert_expected("cps-1985.csv", &schema, &published);
    let (means, gaps) = shown(&published);
    assert_eq!(means, ["7.88", "9.99"]);
    assert_eq!(gaps, ["21.17 % 78.83 cents"]);
}
