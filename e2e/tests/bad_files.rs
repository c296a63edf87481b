//! The command refuses each bad file: it says on standard error what and where, and nothing on standard output.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail loudly, and so do their helpers"
)]

use e2e::bad_files::{bad_files, odd_files, with_row};
use e2e::processes::binary;
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
fn every_bad_file_is_refused() {
    for bad in bad_files() {
        println!("{}", bad.name);
        let cell = bad.cell.map(|(row, column)| [format!("Row {row}"), column.to_owned()]);
        let cell = cell.iter().flatten().map(String::as_str);
        let says: Vec<&str> = bad.says.iter().copied().chain(cell).collect();
        assert_refused(&bad.content, &says);
    }
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
fn a_refused_pay_is_not_repeated() {
    let output = rehearse(with_row("Female,-4539871").as_bytes(), &[]);
    assert!(!String::from_utf8_lossy(&output.stderr).contains("4539871"), "the amount is on standard error");
}

/// Files that look bad and are read: the means come out.
#[test]
fn encodings_and_spellings_that_are_read() {
    for (name, content) in odd_files() {
        let output = rehearse(&content, &[]);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: {errors}");
        let result: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let women = result["cells"].as_array().unwrap().iter().find(|c| c["categories"]["sex"] == "Female");
        assert_eq!(women.unwrap()["mean"].to_string(), "45300.5", "{name}");
    }
}
