//! The committed files pass, and no way of spoiling one passes.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests want to fail loudly")]

use known_answers::{Report, check_file, run};
use serde_json::{Value, json};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../vectors/paillier.json");

/// Python's integers, where python-paillier's file has no key of the size.
const OF_4096_BITS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../vectors/paillier-4096.json");

const NOISE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../vectors/noise.json");

/// The real file with one case only, to keep the many checks short.
fn one_case() -> Value {
    let mut file: Value = serde_json::from_str(&std::fs::read_to_string(FILE).unwrap()).unwrap();
    file["cases"].as_array_mut().unwrap().truncate(1);
    file
}

fn spoiled(spoil: impl FnOnce(&mut Value)) -> Report {
    let mut file = one_case();
    spoil(&mut file);
    check_file(&file.to_string())
}

#[test]
fn the_committed_file_passes() {
    let report = run(FILE);
    // Per case: two checks per encryption, one sum, one multiple, five bad ciphertexts.
    assert_eq!(report.to_string(), "62 passed, 0 failed");
    assert!(report.is_success());
}

#[test]
fn the_file_for_4096_bits_passes() {
    // One case as above, of twelve encryptions.
    assert_eq!(run(OF_4096_BITS).to_string(), "31 passed, 0 failed");
}

#[test]
fn every_size_of_key_has_answers() {
    let sizes = |files: &[&str]| -> Vec<u64> {
        let read =
            |file: &&str| serde_json::from_str::<Value>(&std::fs::read_to_string(file).unwrap()).unwrap();
        let cases = files.iter().map(read).flat_map(|file| file["cases"].as_array().unwrap().clone());
        cases.map(|case| case["bits"].as_u64().unwrap()).collect()
    };
    assert_eq!(sizes(&[FILE, OF_4096_BITS]), [2048, 3072, 4096]);
    assert_eq!(sizes(&[NOISE]), [2048, 3072, 4096]);
}

#[test]
fn the_answers_about_noise_pass() {
    let report = run(NOISE);
    // Per case: h_s, nine encryptions, the key proof, six bad key proofs.
    assert_eq!(report.to_string(), "51 passed, 0 failed");
}

#[test]
fn spoiled_answers_about_noise_fail() {
    let mut file: Value = serde_json::from_str(&std::fs::read_to_string(NOISE).unwrap()).unwrap();
    file["cases"].as_array_mut().unwrap().truncate(1);
    let good = file["cases"][0].clone();
    for place in
        ["/h_s", "/survey_id", "/key_proof", "/encryptions/5/m", "/encryptions/5/a", "/encryptions/5/c"]
    {
        let digits = file["cases"][0].pointer_mut(place).unwrap();
        let text = digits.as_str().unwrap().to_owned();
        let last = if text.ends_with('1') { "3" } else { "1" };
        *digits = json!(format!("{}{last}", &text[..text.len() - 1]));
        assert!(!check_file(&file.to_string()).is_success(), "{place}");
        file["cases"][0] = good.clone();
    }
    for field in good.as_object().unwrap().keys() {
        file["cases"][0].as_object_mut().unwrap().remove(field);
        assert!(!check_file(&file.to_string()).is_success(), "{field}");
        file["cases"][0] = good.clone();
    }
    assert!(check_file(&file.to_string()).is_success());
    for kind in [json!("sound"), json!(1), Value::Null] {
        file["kind"] = kind;
        assert!(!check_file(&file.to_string()).is_success());
    }
}

#[test]
fn a_changed_digit_anywhere_fails() {
    let places = [
        "/cases/0/n",
        "/cases/0/p",
        "/cases/0/q",
        "/cases/0/encryptions/2/m",
        "/cases/0/encryptions/2/r",
        "/cases/0/encryptions/2/c",
        "/cases/0/sum_of_first_five/c",
        "/cases/0/sum_of_first_five/m",
        "/cases/0/scaled/c",
        "/cases/0/scaled/m",
    ];
    for place in places {
        let report = spoiled(|file| {
            let digits = file.pointer_mut(place).unwrap();
            let text = digits.as_str().unwrap().to_owned();
            let last = if text.ends_with('1') { "3" } else { "1" };
            *digits = json!(format!("{}{last}", &text[..text.len() - 1]));
        });
        assert!(!report.is_success(), "{place}");
        assert!(report.to_string().ends_with(&format!("{} failed", report.failed.len())), "{place}");
    }
}

#[test]
fn other_numbers_fail() {
    assert!(!spoiled(|file| file["cases"][0]["bits"] = json!(3072)).is_success());
    assert!(!spoiled(|file| file["cases"][0]["scaled"]["k"] = json!(98)).is_success());
    assert!(!spoiled(|file| file["cases"][0]["scaled"]["c_index"] = json!(2)).is_success());
    assert!(!spoiled(|file| file["cases"][0]["scaled"]["c_index"] = json!(99)).is_success());
}

#[test]
fn every_missing_field_fails() {
    let case = one_case()["cases"][0].clone();
    for field in case.as_object().unwrap().keys() {
        let report = spoiled(|file| drop(file["cases"][0].as_object_mut().unwrap().remove(field)));
        assert_eq!(report.to_string().lines().last(), Some("0 passed, 1 failed"), "{field}");
    }
    for (list, fields) in [("encryptions", &["m", "r", "c"][..]), ("bad_ciphertexts", &["c", "why"])] {
        for &field in fields {
            let report =
                spoiled(|file| drop(file["cases"][0][list][0].as_object_mut().unwrap().remove(field)));
            assert!(!report.is_success(), "{list} {field}");
        }
    }
    assert!(!spoiled(|file| drop(file.as_object_mut().unwrap().remove("source"))).is_success());
    assert!(!spoiled(|file| drop(file.as_object_mut().unwrap().remove("cases"))).is_success());
}

#[test]
fn unknown_fields_and_reasons_fail() {
    assert!(!spoiled(|file| file["more"] = json!(1)).is_success());
    assert!(!spoiled(|file| file["cases"][0]["rotations"] = json!([])).is_success());
    assert!(!spoiled(|file| file["cases"][0]["encryptions"][0]["s"] = json!("1")).is_success());
    assert!(!spoiled(|file| file["cases"][0]["bad_ciphertexts"][0]["why"] = json!("too blue")).is_success());
}

#[test]
fn a_good_ciphertext_called_bad_and_a_wrong_reason_fail() {
    let good = one_case()["cases"][0]["encryptions"][0]["c"].clone();
    assert!(!spoiled(|file| file["cases"][0]["bad_ciphertexts"][0]["c"] = good).is_success());
    let reason = json!("shares a factor with n");
    assert!(!spoiled(|file| file["cases"][0]["bad_ciphertexts"][0]["why"] = reason).is_success());
}

#[test]
fn files_that_say_nothing_fail() {
    for text in ["", "{}", "[]", "null", r#"{"source":"x","cases":[]}"#] {
        assert_eq!(check_file(text).passed, 0, "{text}");
        assert!(!check_file(text).is_success(), "{text}");
    }
    for list in ["encryptions", "bad_ciphertexts"] {
        assert!(!spoiled(|file| file["cases"][0][list] = json!([])).is_success(), "{list}");
    }
    assert!(!run("no/such/file.json").is_success());
}

#[test]
fn digits_have_one_form() {
    for digits in ["", "0x1", "00", "A", "+1", "-1", "1_0", "g", " 1"] {
        assert!(
            !spoiled(|file| file["cases"][0]["encryptions"][0]["m"] = json!(digits)).is_success(),
            "{digits}"
        );
    }
}
