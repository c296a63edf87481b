//! The command as scripts use it: output, exit codes, files.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails loudly")]

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/faculty-salaries.csv");

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sealedpay")).current_dir(folder).args(args).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn what_does_not_exist_yet_says_so() {
    let folder = tempfile::tempdir().unwrap();
    for args in [["--by", "rank"], ["--granularity", "totals"]] {
        let output = run(folder.path(), &[&["rehearse", "--demo"], &args[..]].concat());
        assert_eq!((code(&output), output.stdout.is_empty()), (2, true));
        assert!(stderr(&output).contains("not exist yet"));
    }
}

#[test]
fn every_problem_of_a_file_is_listed_with_its_row() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("bad.csv"), "sex,pay\nf,10\nm,x\n,5\nf,-3\n").unwrap();
    let args = [
        "rehearse",
        "--csv",
        "bad.csv",
        "--compare",
        "sex",
        "--measure",
        "pay",
        "--reporters",
        "2",
        "--json",
    ];
    let output = run(folder.path(), &args);
    assert_eq!((code(&output), output.stdout.is_empty()), (1, true));
    let said = stderr(&output);
    for row in ["Row 3", "Row 4", "Row 5", "Nothing was sent."] {
        assert!(said.contains(row), "{row}: {said}");
    }
}

#[test]
fn minimum_numbers_below_the_floors_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["rehearse", "--demo", "--min-reporters", "2"]);
    assert_eq!(code(&output), 1);
}

#[test]
fn a_rehearsal_prints_one_object_with_exact_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["rehearse", "--csv", FILE, "--compare", "sex", "--measure", "salary", "--reporters", "6"];
    let output = run(folder.path(), &[&args[..], &["--key-bits", "2048", "--json"]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(text.contains("\"sum\": 3939094.00") && text.contains("\"mean\": 115090.42"), "{text}");
    let result = json(&output);
    assert_eq!(result["cells"][0]["categories"]["sex"], "Female");
    assert_eq!(result["cells"][0]["employees"], 39);
    assert_eq!((&result["rehearsal"], &result["validity"]), (&Value::Bool(true), &Value::from("none")));
    assert_eq!((&result["counted"], &result["key_bits"]), (&Value::from(6), &Value::from(2048)));
}

#[test]
fn a_survey_that_ends_without_a_result_has_its_own_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["rehearse", "--csv", FILE, "--compare", "sex", "--measure", "salary", "--reporters", "3"];
    let output = run(folder.path(), &[&args[..], &["--key-bits", "2048", "--json"]].concat());
    assert_eq!(code(&output), 3);
    assert_eq!(json(&output)["ended"], "too-few-reporters");
}
