//! No pay in anything that could be logged.

use payfile::{Options, Table, infer_schema, read_records};

const PAY: [&str; 4] = ["45317", "46827", "-47935", "4.8E+04"];

#[test]
fn pay_is_in_no_debug_and_no_display() {
    let good = format!("sex,pay\nw,{}\nm,{}\n", PAY[0], PAY[1]);
    let table = Table::parse(good.as_bytes()).unwrap();
    let mapping = table.mapping("sex", "pay").unwrap();
    let schema = infer_schema(&table, mapping, None, "EUR", Options::default()).unwrap();
    let reading = read_records(&table, &schema, mapping, Options::default()).unwrap();
    let mut logged = format!("{table:?} {reading:?} {:?}", reading.records());

    let bad = format!("sex,pay\n{},{}\nm,{}\n", PAY[0], PAY[2], PAY[3]);
    let table = Table::parse(bad.as_bytes()).unwrap();
    let problems = read_records(&table, &schema, mapping, Options::default()).unwrap_err();
    assert_eq!(problems.total(), 3);
    logged += &format!("{problems} {problems:?} {:?} {}", problems.listed()[0], problems.listed()[0]);
    let inferred = infer_schema(&table, mapping, None, "EUR", Options::default()).unwrap_err();
    logged += &format!("{inferred} {inferred:?}");

    let headless = Table::parse(format!("w,{}\nm,{}\n", PAY[0], PAY[1]).as_bytes()).unwrap_err();
    let ragged = Table::parse(format!("sex,pay\nw,{},{}\n", PAY[0], PAY[1]).as_bytes()).unwrap_err();
    logged += &format!("{headless} {headless:?} {ragged} {ragged:?}");
    for pay in PAY {
        assert!(!logged.contains(pay.trim_start_matches('-')), "{logged}");
    }
}
