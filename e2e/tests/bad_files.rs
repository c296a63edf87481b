//! The command refuses each bad file: it says on standard error what and where, and nothing on standard output.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail loudly, and so do their helpers"
)]

use e2e::processes::binary;
use std::fmt::Write;
use std::process::{Command, Output};

fn rehearse(content: &[u8], more: &[&str]) -> Output {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), content).unwrap();
    Command::new(binary("sealed-pay-cli", "sealedpay"))
        .args(["rehearse", "--json", "--key-bits", "2048", "--compare", "sex", "--measure", "salary"])
        .args(["--reporters", "5", "--csv"])
        .arg(file.path())
        .args(more)
        .output()
        .unwrap()
}

/// Twelve good rows, among them `bad` as row 5 of the file.
fn with_row(bad: &str) -> String {
    let mut csv = String::from("rank,sex,salary\n");
    for row in 2..=14 {
        match row {
            5 => writeln!(csv, "lead,{bad}").unwrap(),
            row if row % 2 == 0 => writeln!(csv, "lead,Female,45{row:02}0.50").unwrap(),
            _ => writeln!(csv, "lead,Male,52{row:02}0").unwrap(),
        }
    }
    csv
}

fn assert_refused(content: impl AsRef<[u8]>, says: &[&str]) {
    let output = rehearse(content.as_ref(), &[]);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "it was taken: {}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert_eq!(output.stdout, b"", "standard output stays empty");
    for words in says {
        assert!(errors.to_lowercase().contains(&words.to_lowercase()), "“{words}” is not in: {errors}");
    }
    assert!(errors.contains("Nothing was sent."), "{errors}");
    assert!(!errors.contains("panicked"), "{errors}");
}

#[test]
fn an_empty_file() {
    assert_refused("", &["empty"]);
    assert_refused("\n\n", &["empty"]);
}

#[test]
fn a_file_without_a_header() {
    assert_refused("lead,Female,45300\nlead,Male,52300\n", &["first row"]);
}

#[test]
fn a_file_that_does_not_exist() {
    let output = Command::new(binary("sealed-pay-cli", "sealedpay"))
        .args(["rehearse", "--json", "--compare", "sex", "--measure", "salary", "--reporters", "5"])
        .args(["--csv", "/no/such/file.csv"])
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(output.stdout.is_empty() && !output.stderr.is_empty());
}

#[test]
fn a_file_with_a_wrong_delimiter() {
    assert_refused("rank/sex/salary\nlead/Female/45300\n", &["column"]);
}

#[test]
fn decimal_commas_between_commas_name_the_row() {
    assert_refused("sex,salary\nFemale,45300,50\nMale,52300,00\n", &["row", "2"]);
}

#[test]
fn a_missing_pay() {
    assert_refused(with_row("Female,"), &["Row 5", "salary"]);
}

#[test]
fn a_negative_pay() {
    assert_refused(with_row("Female,-45300"), &["Row 5", "salary"]);
}

#[test]
fn an_absurd_pay() {
    assert_refused(with_row("Female,99999999999999999999"), &["Row 5", "salary"]);
}

#[test]
fn a_pay_that_is_no_number() {
    assert_refused(with_row("Female,confidential"), &["Row 5", "salary"]);
}

#[test]
fn a_refused_pay_is_not_repeated() {
    let output = rehearse(with_row("Female,-4539871").as_bytes(), &[]);
    assert!(!String::from_utf8_lossy(&output.stderr).contains("4539871"), "the amount is on standard error");
}

#[test]
fn an_empty_category() {
    assert_refused(with_row(",45300"), &["Row 5", "sex"]);
}

#[test]
fn a_row_with_too_few_cells() {
    assert_refused(with_row("Female"), &["row", "5"]);
}

#[test]
fn more_rows_than_there_may_be() {
    let mut csv = String::from("sex,salary\n");
    csv.extend(std::iter::repeat_n("Female,45300\nMale,52300\n", 600_000));
    assert_refused(csv, &["rows"]);
}

/// Files that look bad and are read: the means come out.
#[test]
fn encodings_and_spellings_that_are_read() {
    let rows = |female: &str| {
        let mut csv = String::from("sex,salary\n");
        for _ in 0..12 {
            writeln!(csv, "Female,{female}\nMale,\"€ 50,000.00\"").unwrap();
        }
        csv
    };
    let text = rows("\"€ 45,300.50\"");
    let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("\u{feff}{text}").encode_utf16().flat_map(bytes).collect()
    };
    let windows_1252: Vec<u8> =
        text.chars().map(|c| if c == '€' { 0x80 } else { u8::try_from(u32::from(c)).unwrap() }).collect();
    let files = [
        ("UTF-8", text.clone().into_bytes()),
        ("UTF-8 with a byte order mark", format!("\u{feff}{text}").into_bytes()),
        ("UTF-16, little-endian", utf16(u16::to_le_bytes)),
        ("UTF-16, big-endian", utf16(u16::to_be_bytes)),
        ("Windows-1252", windows_1252),
    ];
    for (name, content) in files {
        let output = rehearse(&content, &[]);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: {errors}");
        let result: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let women = result["cells"].as_array().unwrap().iter().find(|c| c["categories"]["sex"] == "Female");
        assert_eq!(women.unwrap()["mean"].to_string(), "45300.5", "{name}");
    }
}
