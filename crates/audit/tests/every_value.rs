//! No value of a good bundle can be another: every leaf, changed, makes some check fail. White space and the order
//! of keys say nothing.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails loudly")]

mod common;

use audit::verify;
use common::{broken_down, plain, server_keys};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The paths to all leaves, empty lists and objects included.
fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            members.iter().for_each(|(key, value)| {
                leaves(value, &format!("{path}/{}", key.replace('~', "~0").replace('/', "~1")), found);
            });
        }
        Value::Array(items) if !items.is_empty() => {
            items.iter().enumerate().for_each(|(at, value)| leaves(value, &format!("{path}/{at}"), found));
        }
        _ => found.push(path.to_owned()),
    }
}

/// Another value of the same kind.
fn other(value: &Value) -> Value {
    match value {
        Value::Bool(truth) => json!(!truth),
        Value::Number(number) => json!(number.as_u64().unwrap() + 1),
        Value::String(text) => {
            let mut letters: Vec<char> = text.chars().collect();
            match letters.last_mut() {
                Some(last) => *last = if *last == '1' { '2' } else { '1' },
                None => letters.push('1'),
            }
            json!(letters.into_iter().collect::<String>())
        }
        Value::Array(_) => json!(["1"]),
        _ => json!({ "1": "1" }),
    }
}

/// A path with every place in a list left out.
fn kind(path: &str) -> String {
    let word = |step: &&str| step.parse::<usize>().is_err();
    path.split('/').filter(word).collect::<Vec<_>>().join("/")
}

/// Changes leaves and wants some check to fail each time: of each kind the last one, or all.
fn changed_leaves_are_refused(good: &Value, all: bool) {
    let keys = server_keys();
    assert!(verify(good.to_string().as_bytes(), &keys).passed());
    let mut paths = Vec::new();
    leaves(good, "", &mut paths);
    assert!(paths.len() > 150);
    if !all {
        let kinds: BTreeMap<String, String> = paths.into_iter().map(|path| (kind(&path), path)).collect();
        paths = kinds.into_values().collect();
    }
    for path in paths {
        let mut bad = good.clone();
        let place = bad.pointer_mut(&path).unwrap();
        *place = other(place);
        let report = verify(bad.to_string().as_bytes(), &keys);
        assert!(!report.passed() && report.failed().count() > 0, "{path} can be changed");
    }
}

#[test]
fn no_kind_of_value_can_be_changed() {
    changed_leaves_are_refused(&json!(broken_down().good()), false);
}

#[test]
#[ignore = "takes minutes: run with --run-ignored all"]
fn no_value_at_all_can_be_changed() {
    changed_leaves_are_refused(&json!(plain().good()), true);
    changed_leaves_are_refused(&json!(broken_down().good()), true);
}

#[test]
fn white_space_and_the_order_of_keys_say_nothing() {
    fn reversed(value: &Value) -> String {
        match value {
            Value::Object(members) => {
                let member = |(key, value)| format!("{} :\n {}", json!(key), reversed(value));
                let members: Vec<String> = members.iter().rev().map(member).collect();
                format!("{{\t{}\r\n}}", members.join(" , "))
            }
            Value::Array(items) => {
                format!("[ {} ]", items.iter().map(reversed).collect::<Vec<_>>().join("\n,"))
            }
            leaf => leaf.to_string(),
        }
    }
    let text = reversed(&json!(broken_down().good()));
    let report = verify(text.as_bytes(), &server_keys());
    assert!(report.passed(), "{:?}", report.failed().collect::<Vec<_>>());
    let doubled = text.replacen('{', "{ \"format\": \"sealed-pay/bundle/1\",", 1);
    assert!(!verify(doubled.as_bytes(), &server_keys()).passed(), "a field twice");
}
