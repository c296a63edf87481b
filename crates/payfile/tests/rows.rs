//! From rows to records: all problems at once, and everything questionable asked.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use payfile::AmountProblem::{
    AboveMaximum, Ambiguous, BelowMinimum, Missing, Negative, NotANumber, OtherCurrency, OtherFormat,
};
use payfile::RowProblemKind::{Amount, EmptyCategory, UnknownCategory};
use payfile::{NumberFormat, Options, Question, Reading, RowProblemKind, RowProblems, Table, read_records};
use survey::{Dimension, Label, Limits, Measure, Schema};

fn schema() -> Schema {
    let label = |text| Label::parse(text).unwrap();
    let hard = Limits::new(100, 100_000_000).unwrap();
    let soft = Limits::new(1_000_000, 20_000_000).unwrap();
    let measure = Measure::new(label("yearly pay"), label("EUR"), 2, hard, soft).unwrap();
    let sex = Dimension::new(label("sex"), vec![label("Women"), label("Men")]).unwrap();
    Schema::new(sex, 1, measure).unwrap()
}

fn read_with(file: &str, options: Options) -> Result<Reading, RowProblems> {
    let table = Table::parse(file.as_bytes()).unwrap();
    read_records(&table, &schema(), table.mapping("sex", "pay").unwrap(), options)
}

fn read(file: &str) -> Result<Reading, RowProblems> {
    read_with(file, Options::default())
}

fn kinds(file: &str) -> Vec<(u32, RowProblemKind)> {
    read(file).unwrap_err().listed().iter().map(|problem| (problem.row, problem.kind)).collect()
}

#[test]
fn a_good_file_becomes_records() {
    let reading = read("pay;sex\n€ 45,300.50; WOMEN \n46000;men\n\n48'000.00;Men\n").unwrap();
    let records: Vec<_> = reading.records().iter().map(|r| (r.cell(), r.amount().minor())).collect();
    assert_eq!(records, [(0, 4_530_050), (1, 4_600_000), (1, 4_800_000)]);
    assert_eq!(reading.counts(), [1, 2]);
    assert!(reading.questions().is_empty());
}

#[test]
fn every_problem_is_named_at_once() {
    let found = kinds(
        "sex;pay\nwomen;45300.50\n;46000\nx;n/a\nmen;-5\nmen;abc\nmen;0.99\nmen;1000000.01\nmen;$ 46000\nmen;1,5\n",
    );
    let expected = [
        (3, EmptyCategory),
        (4, UnknownCategory),
        (4, Amount(Missing)),
        (5, Amount(Negative)),
        (6, Amount(NotANumber)),
        (7, Amount(BelowMinimum)),
        (8, Amount(AboveMaximum)),
        (9, Amount(OtherCurrency)),
        (10, Amount(OtherFormat)),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_problem_says_where_and_what_to_do() {
    let problems = read("sex;pay\nmen;-\n").unwrap_err();
    let text = "Row 2, column “pay”: there is no amount. Enter one, or remove the row if this person is not to \
                be counted.\n";
    assert_eq!(problems.to_string(), text);
}

#[test]
fn an_unknown_category_is_shown_to_the_reporter_alone() {
    let problems = read("sex;pay\nfemale-ish;46000\n").unwrap_err();
    assert_eq!(problems.listed()[0].category_as_entered(), Some("female-ish"));
    assert!(!format!("{problems} {problems:?}").contains("female-ish"));
}

#[test]
fn ambiguous_amounts_are_asked_about_unless_somebody_decides() {
    let file = "sex;pay\nmen;46000\nwomen;45,300\n?;-\n";
    let expected = [(3, Amount(Ambiguous)), (4, UnknownCategory), (4, Amount(Missing))];
    assert_eq!(kinds(file), expected);
    let decided = |format| {
        let options = Options { number_format: Some(format) };
        read_with("sex;pay\nmen;46000\nwomen;45,300\n", options).unwrap().records()[1].amount().minor()
    };
    assert_eq!(decided(NumberFormat::DecimalDot), 4_530_000);
    assert_eq!(decided(NumberFormat::DecimalComma), 4530);
}

#[test]
fn a_contradictory_column_names_the_rows_of_the_minority() {
    let found = kinds("sex;pay\nmen;46000,50\nmen;46000.50\nmen;46.000,50\n");
    assert_eq!(found, [(3, Amount(OtherFormat))]);
}

#[test]
fn unusual_amounts_are_questions_and_not_problems() {
    let reading = read("sex;pay\nmen;9999.99\nmen;10000\nmen;200000\nmen;200000.01\n").unwrap();
    assert_eq!(reading.questions(), [Question::UnusuallyLow { row: 2 }, Question::UnusuallyHigh { row: 5 }]);
    assert_eq!(reading.into_records().len(), 4);
}

#[test]
fn a_thousand_problems_are_listed_and_all_are_counted() {
    let problems = read(&format!("sex;pay\n{}", "x;1000\n".repeat(2500))).unwrap_err();
    assert_eq!((problems.listed().len(), problems.total()), (1000, 2500));
    assert!(problems.to_string().ends_with("… and 1500 more problems.\n"));
}
