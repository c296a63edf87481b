//! Proofs of other programs, good and bad: every one is answered as the file says, by name.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "helpers of tests want to fail loudly")]

mod common;
mod known;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use commitments::{Point, Share};
use packproof::{Form, Range, Refusal, Setting, Shape, Slot, SlotKind, Statement};
use paillier::{Encryptor, KeyBits, PublicKey};
use serde_json::Value;

fn file(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vectors").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
    hex::decode(value.as_str().unwrap()).unwrap()
}

fn number(value: &Value) -> u32 {
    u32::try_from(value.as_u64().unwrap()).unwrap()
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

fn slot(value: &Value) -> Slot {
    let kind = match value["kind"].as_str().unwrap() {
        "indicator" => SlotKind::Indicator,
        _ => SlotKind::Bounded { bits: number(&value["bits"]) },
    };
    Slot { block: number(&value["block"]), offset: number(&value["offset"]), kind }
}

fn form(value: &Value) -> Form {
    let term = |term: &Value| (number(&term[0]), term[1].as_i64().unwrap());
    Form::new(list(&value["terms"]).iter().map(term).collect(), value["constant"].as_i64().unwrap())
}

fn shape(key_bits: KeyBits, value: &Value) -> Result<Shape, packproof::ShapeRefusal> {
    let range = |pair: &Value| Range::new(form(&pair[0]), form(&pair[1]));
    Shape::new(
        key_bits,
        number(&value["blocks"]),
        list(&value["slots"]).iter().map(slot).collect(),
        list(&value["facts"]).iter().map(form).collect(),
        list(&value["ranges"]).iter().map(range).collect(),
    )
}

fn settings(document: &Value) -> BTreeMap<String, Setting> {
    let setting = |value: &Value| {
        let key = PublicKey::admit(&bytes(&value["n"])).unwrap();
        let encryptor = Encryptor::new(&key, &bytes(&value["survey"]).try_into().unwrap());
        let fingerprint = bytes(&value["fingerprint"]).try_into().unwrap();
        Setting::new(fingerprint, shape(key.bits(), &value["shape"]).unwrap(), Arc::new(encryptor)).unwrap()
    };
    let all = document["settings"].as_object().unwrap();
    all.iter().map(|(name, value)| (name.clone(), setting(value))).collect()
}

/// A case with what it takes over from the case it is like.
fn field<'a>(cases: &'a BTreeMap<&str, &'a Value>, case: &'a Value, name: &str) -> &'a Value {
    match case.get(name) {
        Some(value) => value,
        None => field(cases, cases[case["like"].as_str().unwrap()], name),
    }
}

fn proof(cases: &BTreeMap<&str, &Value>, case: &Value) -> Vec<u8> {
    let mut proof = bytes(field(cases, case, "proof"));
    for change in case.get("change").and_then(Value::as_array).into_iter().flatten() {
        let (at, data) = (number(&change[0]) as usize, bytes(&change[1]));
        proof[at..at + data.len()].copy_from_slice(&data);
    }
    if let Some(length) = case.get("cut") {
        proof.truncate(number(length) as usize);
    }
    proof.extend(case.get("behind").map(bytes).unwrap_or_default());
    proof
}

/// The name of the refusal, or nothing.
fn answer(
    settings: &BTreeMap<String, Setting>,
    cases: &BTreeMap<&str, &Value>,
    case: &Value,
) -> Option<&'static str> {
    let get = |name: &str| field(cases, case, name);
    let setting = &settings[get("setting").as_str().unwrap()];
    let point = |name: &str| Point::admit(bytes(get(name)).try_into().unwrap()).unwrap();
    let data_share = Share::admit(bytes(get("data_share")).try_into().unwrap()).unwrap();
    let ciphertexts = list(get("ciphertexts")).iter();
    let ciphertexts: Vec<_> =
        ciphertexts.map(|one| setting.key().admit_ciphertext(&bytes(one)).unwrap()).collect();
    let context = bytes(get("context"));
    let statement = Statement {
        context: &context,
        commitment: point("commitment"),
        share_commitment: point("share_commitment"),
        data_share: &data_share,
        ciphertexts: &ciphertexts,
        entries: number(get("entries")),
    };
    setting.verify(&statement, &proof(cases, case)).err().map(Refusal::name)
}

fn check(document: &Value) -> Vec<&'static str> {
    let settings = settings(document);
    let all = list(&document["cases"]);
    let cases = all.iter().map(|case| (case["name"].as_str().unwrap(), case)).collect();
    let answered: Vec<_> = all.iter().map(|case| (case, answer(&settings, &cases, case))).collect();
    for (case, name) in &answered {
        assert_eq!(*name, case["refusal"].as_str(), "{}", case["name"]);
    }
    answered.into_iter().filter_map(|(_, name)| name).collect()
}

#[test]
fn proofs_of_another_program_are_answered_as_they_must_be() {
    let refusals = check(&file("packproof.json"));
    assert!(refusals.len() >= 25);
    let never: Vec<_> =
        Refusal::ALL.iter().map(|one| one.name()).filter(|one| !refusals.contains(one)).collect();
    assert_eq!(never, Vec::<&str>::new(), "every name is the answer to some lie");
}

/// The prover is the same as when the file was written, whose proofs other programs have checked.
#[test]
fn proofs_of_this_program_are_known_and_accepted() {
    let document = file("packproof-rust.json");
    assert!(document == known::document(), "see examples/known_proofs.rs");
    assert_eq!(check(&document), Vec::<&str>::new());
}

#[test]
fn lies_have_different_names() {
    let document = file("packproof.json");
    let names: BTreeSet<_> = list(&document["cases"]).iter().map(|case| case["name"].as_str()).collect();
    assert_eq!(names.len(), list(&document["cases"]).len());
}

#[test]
fn shapes_that_show_too_little_are_refused() {
    let document = file("packproof.json");
    let shapes = list(&document["bad_shapes"]);
    assert!(shapes.len() > 10);
    for bad in shapes {
        assert!(shape(KeyBits::B2048, bad).is_err(), "{}", bad["name"]);
    }
}
