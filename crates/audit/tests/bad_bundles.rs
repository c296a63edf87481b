//! Bundles that are wrong in one way each: exactly the check with that name refuses them, in Rust and, by the file
//! `vectors/bundles.json`, in every other language.
//!
//! `UPDATE_VECTORS=1 cargo nextest run -p sealed-pay-audit` writes the file.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails loudly")]

mod common;

use audit::{Check, Outcome, verify, verify_bundle};
use common::cases::{Case, Way, all};
use common::{Forge, broken_down, plain, server_keys, two_tables};
use protocol::{Bundle, ServerKeys};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

fn surveys() -> BTreeMap<&'static str, (Forge, Bundle)> {
    let with = |forge: Forge| (forge.clone(), forge.good());
    [("plain", with(plain())), ("broken-down", with(broken_down())), ("two-tables", with(two_tables()))]
        .into()
}

/// The bundle and the keys of a case, as values.
fn make(case: &Case, (forge, good): &(Forge, Bundle)) -> (Value, Value) {
    let (mut bundle, mut keys) = (json!(good), json!(server_keys()));
    match case.way {
        Way::Bent(bend) => bundle = json!(forge.make(&bend)),
        Way::Edited(change) => change(&mut bundle),
        Way::Keys(change) => change(&mut keys),
    }
    (bundle, keys)
}

#[test]
fn good_bundles_pass_every_check() {
    for (name, (_, bundle)) in surveys() {
        let report = verify_bundle(&bundle, &server_keys());
        assert!(report.passed(), "{name}: {:?}", report.failed().collect::<Vec<_>>());
    }
}

#[test]
fn each_bad_bundle_fails_its_check_and_no_other() {
    let surveys = surveys();
    for case in all() {
        let (bundle, keys) = make(&case, &surveys[case.like]);
        let keys: ServerKeys = serde_json::from_value(keys).unwrap();
        let report = verify(bundle.to_string().as_bytes(), &keys);
        let failed: Vec<_> = report.failed().map(Check::name).collect();
        assert_eq!(failed, [case.check.name()], "{}", case.name);
    }
}

#[test]
fn every_check_is_failed_by_some_bundle_and_names_are_unique() {
    let cases = all();
    let failed: BTreeSet<_> = cases.iter().map(|case| case.check).collect();
    assert_eq!(failed.len(), Check::ALL.len(), "a check that no bundle fails");
    let names: BTreeSet<_> = cases.iter().map(|case| case.name).collect();
    assert_eq!(names.len(), cases.len());
    assert!(cases.len() >= 40);
}

#[test]
fn what_cannot_be_read_leaves_the_other_checks_unmade() {
    let report = verify(b"{}", &server_keys());
    assert_eq!(report.failed().collect::<Vec<_>>(), [Check::Format]);
    let unmade = report.findings().iter().filter(|finding| finding.outcome == Outcome::NotMade);
    assert_eq!(unmade.count(), Check::ALL.len() - 1);
    assert!(!report.passed());
}

/// The places where one value differs from another, with what stands there; nothing, where it is gone.
fn differences(before: &Value, after: &Value, path: &mut Vec<Value>, found: &mut Vec<Value>) {
    match (before, after) {
        (Value::Object(one), Value::Object(other)) => {
            let keys: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
            for key in keys {
                path.push(json!(key));
                match (one.get(key), other.get(key)) {
                    (Some(one), Some(other)) => differences(one, other, path, found),
                    (_, Some(new)) => found.push(json!({ "at": path, "put": new })),
                    _ => found.push(json!({ "at": path })),
                }
                path.pop();
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (at, (one, other)) in one.iter().zip(other).enumerate() {
                path.push(json!(at));
                differences(one, other, path, found);
                path.pop();
            }
        }
        _ if before == after => {}
        _ => found.push(json!({ "at": path, "put": after })),
    }
}

fn vectors() -> Value {
    let surveys = surveys();
    let keys = json!(server_keys());
    let case = |case: &Case| {
        let survey = &surveys[case.like];
        let (bad, given) = make(case, survey);
        let (mut bundle, mut of_keys) = (Vec::new(), Vec::new());
        differences(&json!(survey.1), &bad, &mut Vec::new(), &mut bundle);
        differences(&keys, &given, &mut Vec::new(), &mut of_keys);
        let (like, check) = (case.like, case.check.name());
        json!({ "name": case.name, "like": like, "fails": check, "bundle": bundle, "keys": of_keys })
    };
    let good: Map<String, Value> =
        surveys.iter().map(|(name, (_, bundle))| ((*name).to_owned(), json!(bundle))).collect();
    let checks: Vec<_> = Check::ALL.iter().map(|check| check.name()).collect();
    let cases: Vec<Value> = all().iter().map(case).collect();
    json!({ "checks": checks, "server_keys": keys, "good": good, "bad": cases })
}

#[test]
fn the_file_for_other_languages_is_up_to_date() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../vectors/bundles.json");
    let expected = serde_json::to_string_pretty(&sorted(&vectors())).unwrap() + "\n";
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        std::fs::write(&path, &expected).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert!(kept == expected, "vectors/bundles.json is out of date");
}

/// Keys in order, whatever else is built with the JSON library.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members: BTreeMap<_, _> = members.iter().map(|(key, value)| (key, sorted(value))).collect();
            Value::Object(members.into_iter().map(|(key, value)| (key.clone(), value)).collect())
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        leaf => leaf.clone(),
    }
}
