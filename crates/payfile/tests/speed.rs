//! A million rows, in a release build.

use payfile::{Options, Table, infer_schema, read_records};
use std::fmt::Write;
use std::time::{Duration, Instant};

#[test]
#[cfg_attr(debug_assertions, ignore = "says nothing without optimisation")]
fn a_million_rows_are_read_within_three_seconds() {
    let mut file = "id;department;sex;salary\n".to_owned();
    for id in 0..1_000_000u32 {
        let sex = if id % 3 == 0 { "Female" } else { "Male" };
        writeln!(file, "{id};Sales, north;{sex};€ {},{:03}.50", 30 + id % 60, id % 1000).unwrap();
    }
    let start = Instant::now();
    let table = Table::parse(file.as_bytes()).unwrap();
    let parsed = start.elapsed();
    let mapping = table.mapping("sex", "salary").unwrap();
    let schema = infer_schema(&table, mapping, None, "EUR", Options::default()).unwrap();
    let inferred = start.elapsed();
    let reading = read_records(&table, &schema, mapping, Options::default()).unwrap();
    println!("parsed {parsed:?}, inferred {inferred:?}, read {:?}", start.elapsed());
    assert_eq!(reading.records().len(), 1_000_000);
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
}
