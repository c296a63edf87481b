//! From rows to records: all problems at once, and everything questionable asked.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use payfile::AmountProblem::{
    AboveMaximum, Ambiguous, BelowMinimum, Missing, Negative, NotANumber, OtherCurrency, OtherFormat,
};
use payfile::RowProblemKind::{Amount, EmptyCategory, UnknownCategory};
use payfile::{
    ColumnNames, NumberFormat, Options, Question, Reading, RowProblemKind, RowProblems, Table, read_records,
};
use survey::{Dimension, Formula, Label, Limits, Measure, MissingValues, Schema, SchemaParts, WhoCounts};

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

fn minor(record: &survey::Record) -> u64 {
    record.amount(0).unwrap().minor()
}

#[test]
fn a_good_file_becomes_records() {
    let reading = read("pay;sex\n€ 45,300.50; WOMEN \n46000;men\n\n48'000.00;Men\n").unwrap();
    let records: Vec<_> = reading.records().iter().map(|r| (r.compared(&schema()), minor(r))).collect();
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
    let expected = [(3, Amount(Ambiguous)), (4, EmptyCategory), (4, Amount(Missing))];
    assert_eq!(kinds(file), expected);
    let decided = |format| {
        let options = Options { number_format: Some(format), ..Options::default() };
        read_with("sex;pay\nmen;46000\nwomen;45,300\n", options).unwrap().records().get(1).map(minor).unwrap()
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

/// Two dimensions, pay and hours, and pay per hour, where something missing leaves the row out.
fn wide() -> Schema {
    let label = |text| Label::parse(text).unwrap();
    let measure = |name, unit, decimals, max| {
        let limits = Limits::new(0, max).unwrap();
        Measure::new(label(name), label(unit), decimals, limits, limits).unwrap()
    };
    let dimension = |name, categories: [&str; 2]| {
        Dimension::new(label(name), categories.map(|text| Label::parse(text).unwrap()).to_vec()).unwrap()
    };
    Schema::declare(SchemaParts {
        dimensions: vec![dimension("rank", ["low", "high"]), dimension("sex", ["women", "men"])],
        compared: 1,
        reference: 1,
        measures: vec![
            measure("pay", "EUR", 2, 100_000_000),
            measure("hours", "h", 1, 30_000),
            measure("hourly", "EUR", 2, 10_000).computed(Formula::Quotient { dividend: 0, divisor: 1 }),
        ],
        cross_tabulations: vec![vec![0, 1]],
        margins: vec![vec![1]],
        who: WhoCounts { missing: MissingValues::LeaveOut, ..WhoCounts::DEFAULT },
    })
    .unwrap()
}

fn read_wide(file: &str) -> Result<Reading, RowProblems> {
    let (table, schema) = (Table::parse(file.as_bytes()).unwrap(), wide());
    let mapping = table.mapping_for(&schema, "gender", "gross").unwrap();
    read_records(&table, &schema, mapping, Options::default())
}

#[test]
fn several_columns_become_one_record_with_what_is_computed() {
    let reading = read_wide("hours;gender;rank;gross\n1872.5;men;High;36000\n100;women;low;2500\n").unwrap();
    let record = |at: usize| {
        let record = reading.records()[at];
        ([0, 1].map(|d| record.categories()[d]), [0, 1, 2].map(|m| record.amount(m).unwrap().minor()))
    };
    assert_eq!(record(0), ([1, 1], [3_600_000, 18_725, 1923]));
    assert_eq!(record(1), ([0, 0], [250_000, 1000, 2500]));
    assert_eq!((reading.counts(), reading.left_out().rows()), (&[1, 1][..], 0));
}

#[test]
fn rows_in_which_something_is_missing_are_left_out_and_counted() {
    let reading = read_wide(
        "hours;gender;rank;gross\n100;men;high;2000\nNA;men;high;2000\n100;-;low;2000\n100;women;low;\n\
         100;women;n/a;k.A.\n100;women;low;x\u{2d}\n",
    );
    let problems = reading.unwrap_err();
    assert_eq!(
        (problems.total(), problems.listed()[0].kind),
        (1, Amount(NotANumber)),
        "not missing, but wrong"
    );
    let reading = read_wide(
        "hours;gender;rank;gross\n100;men;high;2000\nNA;men;high;2000\n100;-;low;2000\n100;women;low;\n\
         100;women;n/a;k.A.\n",
    );
    let reading = reading.unwrap();
    let of = |name: &str, rows| (name.to_owned(), rows);
    assert_eq!((reading.records().len(), reading.left_out().rows()), (1, 4));
    let columns = [of("hours", 1), of("gender", 1), of("gross", 1), of("rank", 1)];
    assert_eq!(reading.left_out().columns(), columns);
}

#[test]
fn whoever_reads_may_stop_where_the_survey_would_leave_rows_out() {
    let file = "hours;gender;rank;gross\n100;men;high;2000\nNA;men;high;2000\n100;-;low;2000\n";
    let (table, schema) = (Table::parse(file.as_bytes()).unwrap(), wide());
    let mapping = table.mapping_by(&ColumnNames::of(&schema, "gender", "gross")).unwrap();
    let options = Options { stops_at_missing: true, ..Options::default() };
    let problems = read_records(&table, &schema, mapping, options).unwrap_err();
    let found: Vec<_> =
        problems.listed().iter().map(|problem| (problem.row, problem.column.as_str())).collect();
    assert_eq!(found, [(3, "hours"), (4, "gender")]);
}

#[test]
fn what_cannot_be_computed_is_a_problem_of_its_row() {
    let problems = read_wide("hours;gender;rank;gross\n0;men;high;2000\n1;women;low;2000\n").unwrap_err();
    let found: Vec<_> = problems.listed().iter().map(|p| (p.row, p.kind)).collect();
    assert_eq!(found, [(2, RowProblemKind::Computed), (3, RowProblemKind::Computed)], "no hours; too much");
}
