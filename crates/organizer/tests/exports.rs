//! What programs and spreadsheets get of a result: one or several measures, released, suppressed, compared.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test fails loudly")]

mod common;

use common::{World, plan};
use organizer::SurveyPlan;
use organizer::export::{csv, released_json};
use protocol::{
    AdmittedManifest, AgreedSet, DimensionWire, Hex, HexBytes, Member, Outcome, Release, StatisticWire,
};
use serde_json::{Value, json};
use statistics::publish;
use std::collections::BTreeMap;
use survey::{Amount, CellTotals, Record};

/// By rank and sex, with the sexes added up; bands below and from 30,000.00.
fn by_rank(measures: &[&str]) -> AdmittedManifest {
    let SurveyPlan { mut schema, .. } = plan();
    let rank = DimensionWire { name: "rank".into(), categories: vec!["high".into(), "low".into()] };
    schema.dimensions.insert(0, rank);
    schema.cross_tabulations = vec![vec!["rank".into(), "sex".into()]];
    schema.margins = vec![vec!["sex".into()]];
    let first = &mut schema.measures[0];
    first.statistics = vec![StatisticWire::Mean, StatisticWire::Dispersion];
    first.bands = vec![3_000_000];
    let named = |name: &&str| {
        let mut measure = schema.measures[0].clone();
        measure.name = (*name).into();
        measure
    };
    schema.measures = measures.iter().map(named).collect();
    let (_, document) = World::new().opened_with(SurveyPlan { schema, ..plan() });
    document.manifest.admit().unwrap()
}

/// Three reporters, each in every cell that has anybody: of the high two women and ten men, of the low twenty women,
/// half of them in the lower band, and forty men, a quarter of them.
fn totals(manifest: &AdmittedManifest) -> Vec<CellTotals> {
    let schema = manifest.schema();
    let groups = [(0, 0, 2, 6), (0, 1, 10, 6), (1, 0, 10, 2), (1, 0, 10, 4), (1, 1, 10, 2), (1, 1, 30, 4)];
    let record = |rank, sex, pay: u64| {
        let pays = vec![Amount::from_minor(pay * 1_000_000); schema.measures().len()];
        Record::of(schema, &[rank, sex], &pays).unwrap()
    };
    let records: Vec<Record> = groups
        .iter()
        .flat_map(|(rank, sex, count, pay)| (0..*count).map(|_| record(*rank, *sex, *pay)))
        .collect();
    let three = |cell: &CellTotals| CellTotals { reporters: 3 * cell.reporters, ..cell.clone() };
    schema.add_up(&records).iter().map(three).collect()
}

fn release(manifest: &AdmittedManifest) -> Release {
    let member = |who| Member { credential: Hex([who; 32]), version: 1, commitment: Hex([who; 32]) };
    let agreed = AgreedSet {
        fingerprint: *manifest.fingerprint(),
        data_list: Hex([1; 32]),
        computation_list: Hex([2; 32]),
        members: (1..=3).map(member).collect(),
        withdrawn: 0,
        discrepancies: Vec::new(),
        outcome: Outcome::Proceed,
    };
    let turnout = manifest.turnout(&agreed);
    let published = publish(manifest.schema(), manifest.thresholds(), turnout, &totals(manifest));
    Release::compose(manifest, &agreed, &published, HexBytes(Vec::new()))
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

const FIGURES: [&str; 8] =
    ["bands", "lower_quartile", "mean", "median", "squares", "std", "sum", "upper_quartile"];

#[test]
fn figures_of_one_measure_stand_in_the_cell() {
    let manifest = by_rank(&["salary"]);
    let result: Value = serde_json::from_str(&released_json(&manifest, &release(&manifest))).unwrap();
    let cells = result["cells"].as_array().unwrap();
    let place =
        |at: usize| (cells[at]["categories"]["rank"].as_str(), cells[at]["categories"]["sex"].as_str());
    assert_eq!(place(2), (Some("low"), Some("Female")));
    let mut own: Vec<&str> = keys(&cells[2]);
    own.sort_unstable();
    let mut expected = [&["categories", "employees", "reporters"][..], &FIGURES].concat();
    expected.sort_unstable();
    assert_eq!(own, expected);
    assert_eq!((&cells[2]["sum"], &cells[2]["mean"]), (&json!(600_000.0), &json!(30_000.0)));
    // Half are 10,000 below the mean, half above.
    assert_eq!(cells[2]["std"], json!(10_000.0));
    let median = &cells[2]["median"];
    let (low, high) = (median["low"].as_f64().unwrap(), median["high"].as_f64().unwrap());
    let estimate = median["estimate"].as_f64().unwrap();
    // Between the last of the lower band and the first of the upper.
    assert_eq!(low, 15_000.0);
    assert!(low <= estimate && estimate <= high && keys(median).len() == 3);
    assert_eq!(cells[0], json!({"categories": {"rank": "high", "sex": "Female"}, "suppressed": "too-few"}));
    // Ten are one band of six, which says nothing.
    assert!(cells[1]["median"].is_null() && cells[1]["bands"].is_null() && !cells[1]["mean"].is_null());
}

#[test]
fn figures_of_several_measures_stand_under_their_names() {
    let manifest = by_rank(&["salary", "bonus"]);
    let result: Value = serde_json::from_str(&released_json(&manifest, &release(&manifest))).unwrap();
    let mut own = keys(&result["cells"][2]);
    own.sort_unstable();
    assert_eq!(own, ["categories", "employees", "measures", "reporters"]);
    for measure in ["salary", "bonus"] {
        let mut figures = keys(&result["cells"][2]["measures"][measure]);
        figures.sort_unstable();
        assert_eq!(figures, FIGURES);
    }
    assert_eq!(keys(&result["cells"][0]).len(), 2, "a reason and nothing else");
}

/// Lines as column to text; no text here has a comma.
fn lines(text: &str) -> Vec<BTreeMap<&str, &str>> {
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().unwrap().split(',').collect();
    lines.map(|line| head.iter().copied().zip(line.split(',')).collect()).collect()
}

#[test]
fn a_spreadsheet_has_what_cells_are_compared_to() {
    let manifest = by_rank(&["salary"]);
    let release = release(&manifest);
    let text = csv(&manifest, &release);
    let lines = lines(&text);
    assert_eq!(lines.len(), 7, "six cells and one adjusted gap");
    let row = |category: &str| lines.iter().find(|line| line["category"] == category).unwrap();
    let women = row("low / Female");
    assert_eq!((women["mean"], women["representation_percent"]), ("30000.00", "33.33"));
    assert_eq!((women["gap_percent"], women["gap_cents_per_unit"]), ("14.29", "85.71"));
    let men = row("low / Male");
    assert_eq!((men["mean"], men["representation_percent"], men["gap_percent"]), ("35000.00", "66.67", ""));
    // The median of the men surely is in the upper band, from 30,000.00, and that of the women above 15,000.00.
    assert_eq!(women["median_gap_cents_per_unit_low"].split('.').next(), Some("0"));
    assert_eq!(women["median_gap_percent_high"].split('.').next(), Some("99"));
    let number = |text: &str| text.parse::<f64>().unwrap();
    for quarter in ["lowest", "second", "third", "highest"] {
        let of =
            |row: &BTreeMap<&str, &str>, end: &str| number(row[&*format!("{quarter}_quarter_percent_{end}")]);
        assert!((of(women, "estimate") + of(men, "estimate") - 100.0).abs() < 0.011);
        assert!(of(women, "low") <= of(women, "estimate") && of(women, "estimate") <= of(women, "high"));
    }
    assert_eq!(
        row("high / Female").values().filter(|text| !text.is_empty()).count(),
        2,
        "a name and a reason"
    );
    assert_eq!(row("high / Female")["suppressed"], "too-few");
    let adjusted = lines.last().unwrap();
    assert_eq!((adjusted["category"], adjusted["gap_adjusted_for"]), ("Female", "rank"));
    assert_eq!((adjusted["employees"], adjusted["gap_percent"]), ("20", "14.29"));
    assert!(lines.iter().all(|line| !line.contains_key("receiving") && !line.contains_key("measure")));
}

#[test]
fn a_spreadsheet_names_measures_where_there_are_several() {
    let manifest = by_rank(&["salary", "bonus"]);
    let release = release(&manifest);
    let text = csv(&manifest, &release);
    let lines = lines(&text);
    // Two cells are suppressed: one line each.
    assert_eq!(lines.len(), 2 + 4 * 2 + 2);
    let of = |measure: &str| lines.iter().filter(|line| line["measure"] == measure).count();
    assert_eq!((of("salary"), of("bonus"), of("")), (5, 5, 2));
}
