//! Schemas written for a file.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test fails loudly")]

use payfile::{
    AmountProblem, InferProblem, Options, RowProblemKind, Table, Wish, infer_schema, infer_schema_by,
    read_records,
};
use survey::{MissingValues, Schema, SchemaRefusal};

fn infer(file: &str, reference: Option<&str>) -> Result<Schema, InferProblem> {
    let table = Table::parse(file.as_bytes()).unwrap();
    infer_schema(&table, table.mapping("group", "pay").unwrap(), reference, "EUR", Options::default())
}

fn reference(file: &str, asked: Option<&str>) -> String {
    let schema = infer(file, asked).unwrap();
    schema.compared().categories()[schema.reference()].as_str().to_owned()
}

#[test]
fn the_demonstration_file_becomes_a_survey() {
    let file = include_bytes!("../../../data/faculty-salaries.csv");
    let table = Table::parse(file).unwrap();
    let mapping = table.mapping("sex", "salary").unwrap();
    let schema = infer_schema(&table, mapping, None, "USD", Options::default()).unwrap();
    let names: Vec<_> = schema.compared().categories().iter().map(|c| c.as_str()).collect();
    assert_eq!((names.as_slice(), schema.reference()), (&["Female", "Male"][..], 1));
    assert_eq!((schema.compared().name().as_str(), schema.measure().name().as_str()), ("sex", "salary"));
    assert_eq!((schema.measure().decimals(), schema.measure().hard().max_minor()), (2, 100_000_000));
    let reading = read_records(&table, &schema, mapping, Options::default()).unwrap();
    assert_eq!(reading.counts(), [39, 358]);
}

#[test]
fn categories_are_spelled_as_first_seen_and_sorted() {
    let schema = infer("group,pay\nb,1\nC,2\nB,3\na,4\nc,5\n", None).unwrap();
    let names: Vec<_> = schema.compared().categories().iter().map(|c| c.as_str()).collect();
    assert_eq!(names, ["a", "b", "C"]);
}

#[test]
fn the_reference_group_is_asked_for_or_men_or_the_most() {
    assert_eq!(reference("group,pay\nKvinder,1\nMænd,2\nKvinder,1\n", None), "Mænd");
    assert_eq!(reference("group,pay\nM,1\nF,2\n", Some(" f ")), "F");
    assert_eq!(reference("group,pay\na,1\nb,2\nb,2\nc,2\nc,2\n", None), "b");
    let unknown = infer("group,pay\na,1\nb,2\n", Some("c")).unwrap_err();
    assert!(matches!(unknown, InferProblem::UnknownReference { .. }));
}

#[test]
fn decimals_follow_the_column_up_to_four() {
    let decimals =
        |pay: &str| infer(&format!("group,pay\na,{pay}\nb,2.5\n"), None).map(|s| s.measure().decimals());
    assert_eq!(decimals("7"), Ok(2));
    assert_eq!(decimals("7.125"), Ok(3));
    assert_eq!(decimals("7.12500"), Ok(3));
    let Err(InferProblem::Rows(problems)) = decimals("7.12345") else { unreachable!() };
    let kind = RowProblemKind::Amount(AmountProblem::TooManyDecimals);
    assert_eq!((problems.total(), problems.listed()[0].kind), (1, kind));
}

#[test]
fn limits_lie_above_the_largest_amount() {
    let max =
        |pay: &str| infer(&format!("group,pay\na,{pay}\nb,0\n"), None).unwrap().measure().hard().max_minor();
    assert_eq!(max("0"), 100);
    assert_eq!(max("999.99"), 100_000);
    assert_eq!(max("1000"), 1_000_000);
    assert_eq!(max("2814749767106.55"), (1 << 48) - 1);
}

#[test]
fn what_cannot_be_a_survey_says_why() {
    let many: String = (0..30).map(|i| format!("person {i},1\n")).collect();
    let problem = infer(&format!("group,pay\n{many}"), None).unwrap_err();
    assert!(problem.to_string().starts_with("Column “group” holds more than 20 different values."));
    assert!(matches!(infer("group,pay\na,1\n", None), Err(InferProblem::Schema(_))));
    let Err(InferProblem::Rows(rows)) = infer("group,pay\n,1\nb,x\nc,\n", None) else { unreachable!() };
    assert_eq!(rows.total(), 3);
    let Err(InferProblem::Rows(rows)) = infer("group,pay\na,€ 1\nb,$ 2\n", None) else { unreachable!() };
    let kind = RowProblemKind::Amount(AmountProblem::OtherCurrency);
    assert_eq!((rows.total(), rows.listed()[0].row, rows.listed()[0].kind), (1, 3, kind));
}

fn wide(file: &str, wish: Wish<'_>) -> Result<Schema, InferProblem> {
    let table = Table::parse(file.as_bytes()).unwrap();
    let mapping = table.mapping_of(&["rank", "sex"], &["pay"]).unwrap();
    infer_schema_by(&table, mapping, wish, Options::default())
}

fn wish<'a>(cross_tabulations: &'a [Vec<usize>], band_width: Option<&'a str>) -> Wish<'a> {
    Wish {
        compared: 1,
        reference: None,
        unit: "EUR",
        cross_tabulations,
        margins: &[],
        dispersion: true,
        band_width,
        missing: MissingValues::LeaveOut,
    }
}

#[test]
fn a_cross_tabulation_with_bands_over_the_amounts_of_the_file() {
    let file = "rank,sex,pay\nb,f,12.50\na,m,31\nNA,m,7\nb,f,\n";
    let by = [vec![0, 1]];
    let schema = wide(file, wish(&by, Some("5"))).unwrap();
    assert_eq!((schema.cell_count(), schema.reference(), schema.compared().name().as_str()), (4, 1, "sex"));
    let statistics = schema.measure().statistics();
    assert_eq!(statistics.bands, [500, 1000, 1500, 2000, 2500, 3000, 3500]);
    assert!(statistics.mean && statistics.dispersion && !statistics.receiving);
    let table = Table::parse(file.as_bytes()).unwrap();
    let mapping = table.mapping_of(&["rank", "sex"], &["pay"]).unwrap();
    let reading = read_records(&table, &schema, mapping, Options::default()).unwrap();
    assert_eq!((reading.records().len(), reading.left_out().rows()), (2, 2));
}

#[test]
fn widths_that_make_no_bands_are_refused() {
    let file = "rank,sex,pay\nb,f,12.50\na,m,3100\n";
    let by = [vec![0, 1]];
    for width in ["0", "x", "-1", "0.001"] {
        let refused = wide(file, wish(&by, Some(width))).unwrap_err();
        assert_eq!(refused, InferProblem::BandWidth { decimals: 2 }, "{width}");
    }
    let refused = wide(file, wish(&by, Some("0.01"))).unwrap_err();
    assert_eq!(refused, InferProblem::Schema(SchemaRefusal::TooManyBands));
}
