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
fn what_makes_no_survey_is_refused_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |args: &[&str]| {
        let output = run(folder.path(), &[&["rehearse", "--demo"], args].concat());
        assert_eq!((code(&output), output.stdout.is_empty()), (1, true));
        stderr(&output)
    };
    assert!(refused(&["--by", "years"]).contains("no column named “years”"));
    assert!(refused(&["--by", "sex"]).contains("One column stands for two things"));
    assert!(refused(&["--by", "rank", "--by", "rank"]).contains("stands there twice"));
    assert!(refused(&["--by", "rank", "--by", "rank,discipline"]).contains("must be declared as its margin"));
    assert!(refused(&["--bands", "0"]).contains("width of the bands"));
    assert!(refused(&["--bands", "1.00"]).contains("at most 1000 bands"));
}

#[test]
fn missing_values_stop_or_are_left_out_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = "sex,pay\nf,NA\n,100\nm,-\n".to_owned();
    (0..60).for_each(|at| file += &format!("{},{}\n", if at / 6 % 2 == 0 { "f" } else { "m" }, 1000 + at));
    std::fs::write(folder.path().join("pay.csv"), file).unwrap();
    let args = ["rehearse", "--csv", "pay.csv", "--compare", "sex", "--measure", "pay", "--reporters", "6"];
    let args = [&args[..], &["--key-bits", "2048", "--json"]].concat();
    let stopped = run(folder.path(), &args);
    assert_eq!(code(&stopped), 1);
    assert!(stderr(&stopped).contains("Row 2") && stderr(&stopped).contains("Row 4"), "{}", stderr(&stopped));
    let output = run(folder.path(), &[&args[..], &["--missing", "leave-out"]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let said = stderr(&output);
    assert!(said.contains("2 rows are left out") && said.contains("1 rows are left out"), "{said}");
    assert_eq!(json(&output)["cells"][0]["employees"], 30);
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
    assert_eq!(
        (&result["rehearsal"], &result["validity"]),
        (&Value::Bool(true), &Value::from("packproof-1"))
    );
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
