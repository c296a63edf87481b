//! The command plays whole surveys, and what it prints is what the pay file says.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail loudly, and so do their helpers"
)]

use e2e::drawn::Drawn;
use e2e::oracle::{Total, cents_per_unit, drawn_file, totals};
use e2e::processes::binary;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// Plays the file and reads what came on standard output, which must be one JSON object and nothing else.
fn rehearse(csv: &Path, reporters: u32, key_bits: u32) -> Value {
    let output = Command::new(binary("sealed-pay-cli", "sealedpay"))
        .args(["rehearse", "--json", "--compare", "sex", "--measure", "salary"])
        .args(["--reporters", &reporters.to_string(), "--key-bits", &key_bits.to_string(), "--csv"])
        .arg(csv)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let text = String::from_utf8(output.stdout).unwrap();
    let mut values = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
    let value = values.next().expect("an object").unwrap();
    assert!(value.is_object() && values.next().is_none(), "exactly one JSON object: {text}");
    assert_eq!(text.trim_end().lines().filter(|l| l.trim_start().starts_with("rehearsal:")).count(), 0);
    value
}

/// A number as it was printed, with two decimals.
fn two_decimals(value: &Value) -> String {
    let text = value.to_string();
    let (units, decimals) = text.split_once('.').unwrap_or((&text, ""));
    format!("{units}.{decimals:0<2}")
}

fn assert_matches(result: &Value, expected: &BTreeMap<String, Total>) {
    let cells = result["cells"].as_array().unwrap();
    assert_eq!(cells.len(), expected.len());
    for cell in cells {
        let total = expected[cell["categories"]["sex"].as_str().unwrap()];
        assert_eq!(cell["employees"].as_u64(), Some(total.count));
        assert_eq!(two_decimals(&cell["sum"]), total.sum());
        assert_eq!(two_decimals(&cell["mean"]), total.mean());
    }
    let gap = &result["gaps"][0];
    assert_eq!((&gap["compared"], &gap["reference"]), (&Value::from("Female"), &Value::from("Male")));
    assert_eq!(two_decimals(&gap["cents_per_unit"]), cents_per_unit(expected["Male"], expected["Female"]));
}

#[test]
fn the_faculty_of_397_at_six_reporters_and_3072_bits() {
    let csv = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/faculty-salaries.csv");
    let result = rehearse(&csv, 6, 3072);
    let cell = |name: &str| {
        let cells = result["cells"].as_array().unwrap().clone();
        cells.into_iter().find(|cell| cell["categories"]["sex"] == name).unwrap()
    };
    let (women, men) = (cell("Female"), cell("Male"));
    assert_eq!((two_decimals(&women["mean"]).as_str(), women["employees"].as_u64()), ("101002.41", Some(39)));
    assert_eq!((two_decimals(&men["mean"]).as_str(), men["employees"].as_u64()), ("115090.42", Some(358)));
    assert_eq!((result["counted"].as_u64(), result["key_bits"].as_u64()), (Some(6), Some(3072)));
    assert_matches(&result, &totals(&std::fs::read_to_string(csv).unwrap(), "sex", "salary"));
}

#[test]
fn a_drawn_file_agrees_with_the_oracle() {
    let mut drawn = Drawn::printed("SEALED_PAY_FILE_SEED");
    let csv = drawn_file(&mut drawn, 160);
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &csv).unwrap();
    let reporters = u32::try_from(drawn.between(5, 9)).unwrap();
    let result = rehearse(file.path(), reporters, 2048);
    assert_eq!(result["counted"].as_u64(), Some(reporters.into()));
    assert_matches(&result, &totals(&csv, "sex", "salary"));
}
