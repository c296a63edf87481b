//! Known answers of other programs, computed in a dedicated worker, where pages compute them.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::bytes;
use num_bigint::BigUint;
use paillier::{Encryptor, Exponent, Plaintext, PublicKey, textbook};
use protocol::{Hex, Receipt, SignedHour, receipt_code};
use reporter::{CheckedReceipt, KeptReceipt};
use serde_json::Value;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn number(value: &Value) -> BigUint {
    BigUint::parse_bytes(value.as_str().unwrap().as_bytes(), 16).unwrap()
}

fn cases(file: &str) -> Vec<Value> {
    serde_json::from_str::<Value>(file).unwrap()["cases"].as_array().unwrap().clone()
}

/// c = (1 + m·n) · rⁿ mod n², r given.
#[wasm_bindgen_test]
fn encryptions_with_given_r_are_those_of_another_program() {
    let mut checked = 0;
    let of_4096_bits = cases(include_str!("../../vectors/paillier-4096.json"));
    for case in cases(include_str!("../../vectors/paillier.json")).into_iter().chain(of_4096_bits) {
        let key = PublicKey::admit(&number(&case["n"]).to_bytes_be()).unwrap();
        for known in case["encryptions"].as_array().unwrap() {
            let m = Plaintext::from_biguint(&key, &number(&known["m"])).unwrap();
            let c = textbook::encrypt_with_r(&key, &m, &number(&known["r"])).unwrap();
            assert_eq!(c.to_biguint(), number(&known["c"]));
            checked += 1;
        }
    }
    assert!(checked >= 32, "{checked}");
}

/// c = (1 + m·n) · h_s^a mod n², a given: what is really done.
#[wasm_bindgen_test]
fn encryptions_with_given_exponents_are_those_of_another_program() {
    for case in cases(include_str!("../../vectors/noise.json")) {
        let key = PublicKey::admit(&number(&case["n"]).to_bytes_be()).unwrap();
        let survey = hex::decode(case["survey_id"].as_str().unwrap()).unwrap();
        let encryptor = Encryptor::new(&key, &survey.try_into().unwrap());
        for known in case["encryptions"].as_array().unwrap() {
            let m = Plaintext::from_biguint(&key, &number(&known["m"])).unwrap();
            let a = Exponent::from_be_bytes(key.bits(), &number(&known["a"]).to_bytes_be()).unwrap();
            let c = encryptor.encrypt_with(&m, a).to_bytes();
            assert_eq!(hex::encode(c), known["c"].as_str().unwrap());
        }
    }
}

#[wasm_bindgen_test]
fn the_worked_example_of_the_protocol_holds() {
    let survey = common::survey();
    assert_eq!(survey.fingerprint().0.as_slice(), bytes("fingerprint"));
    let key = survey.manifest().paillier();
    let encryptor = Encryptor::new(key, &survey.manifest().manifest().survey.0);
    let block = Plaintext::from_be_bytes(key, &bytes("block.entry_0_of_women")).unwrap();
    let exponent = Exponent::from_be_bytes(key.bits(), &bytes("exponent.entry_0_of_women")).unwrap();
    assert_eq!(encryptor.encrypt_with(&block, exponent).to_bytes(), bytes("ciphertext.entry_0_of_women"));

    let statement = [bytes("statement"), bytes("statement.signature")].concat();
    let signed = protocol::SignedStatement::admit(&statement).unwrap();
    assert_eq!(receipt_code(&signed.statement), common::text("receipt_code"));
    let kept = KeptReceipt { statement: protocol::HexBytes(statement), receipt: receipt() };
    assert!(CheckedReceipt::restore(&survey, &kept).is_some());
}

fn receipt() -> Receipt {
    let word = |name| SignedHour { hour: 500_000, signature: Hex(bytes(name).try_into().unwrap()) };
    Receipt { held: word("receipt.held"), declared: word("receipt.declared") }
}
