//! Rest proofs of another program, good and bad: every one is answered as the file says, by name.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "helpers of tests want to fail loudly")]

use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr;

use commitments::{Generators, Margin, Point, RestRefusal, RestStatement};
use serde_json::Value;

fn bytes(value: &Value) -> Vec<u8> {
    hex::decode(value.as_str().unwrap()).unwrap()
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

fn slot(value: &Value) -> u32 {
    u32::try_from(value.as_u64().unwrap()).unwrap()
}

/// Numbers over 2^53 are text.
fn number<T: FromStr<Err: std::fmt::Debug>>(value: &Value) -> T {
    value.as_str().unwrap().parse().unwrap()
}

fn margin(value: &Value) -> Margin {
    let term = |term: &Value| (slot(&term[0]), number(&term[1]));
    Margin { terms: list(&value["terms"]).iter().map(term).collect(), target: number(&value["target"]) }
}

fn proof(case: &Value, original: &Value) -> Vec<u8> {
    let mut proof = bytes(original);
    for change in case.get("change").and_then(Value::as_array).into_iter().flatten() {
        let (at, data) = (slot(&change[0]) as usize, bytes(&change[1]));
        proof[at..at + data.len()].copy_from_slice(&data);
    }
    proof.truncate(case.get("cut").map_or(usize::MAX, |length| slot(length) as usize));
    proof.extend(case.get("behind").map(bytes).unwrap_or_default());
    proof
}

/// The name of the refusal, or nothing.
fn answer(cases: &BTreeMap<&str, &Value>, case: &Value) -> Option<&'static str> {
    let like = case.get("like").map(|name| cases[name.as_str().unwrap()]);
    let get = |name: &str| case.get(name).or_else(|| like?.get(name)).unwrap();
    let hash = |name: &str| -> [u8; 32] { bytes(get(name)).try_into().unwrap() };
    let point = |value: &Value| Point::admit(bytes(value).try_into().unwrap()).unwrap();
    let commitments: Vec<Point> = list(get("commitments")).iter().map(point).collect();
    let pair = |pair: &Value| (slot(&pair[0]), number(&pair[1]));
    let published: Vec<(u32, i128)> = list(get("published")).iter().map(pair).collect();
    let margins: Vec<Margin> = list(get("margins")).iter().map(margin).collect();
    let statement = RestStatement {
        fingerprint: &hash("fingerprint"),
        set_hash: &hash("set_hash"),
        commitments: &commitments,
        published: &published,
        margins: &margins,
    };
    let generators = Generators::derive(&hash("fingerprint"), slot(get("slots")));
    generators.verify_rest(&statement, &proof(case, get("proof"))).err().map(RestRefusal::name)
}

#[test]
fn rest_proofs_of_another_program_are_answered_as_they_must_be() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vectors/rest.json");
    let document: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let all = list(&document["cases"]);
    let cases: BTreeMap<&str, &Value> =
        all.iter().map(|case| (case["name"].as_str().unwrap(), case)).collect();
    assert_eq!(cases.len(), all.len(), "no two have the same name");
    let mut names: Vec<&str> = Vec::new();
    for case in all {
        let name = answer(&cases, case);
        assert_eq!(name, case["refusal"].as_str(), "{}", case["name"]);
        names.extend(name);
    }
    assert!(RestRefusal::ALL.iter().all(|one| names.contains(&one.name())), "every name answers some lie");
}
