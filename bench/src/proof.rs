//! Rows about proofs: natively here, in a browser from a page of its own.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use packproof::{Setting, Statement};
use paillier::{Encryptor, KeyBits};
use serde_json::Value;
use test_support::insecure_secret_key;

use crate::Options;
use crate::ours::per_operation;
use crate::proof_case::Case;
use crate::row::Row;

/// Rounds take long; so many are enough for a median.
const MOST_ROUNDS: usize = 7;

/// Proving and verifying, natively and in the browser.
pub(crate) fn run(options: &Options, bits: KeyBits) -> Result<Vec<Row>> {
    let rounds = options.rounds.min(MOST_ROUNDS);
    let encryptor = Arc::new(Encryptor::new(insecure_secret_key(bits).public(), &[1; 32]));
    let mut rows = native(&encryptor, false, rounds)?;
    rows.extend(native(&encryptor, true, rounds.min(3))?);
    if let (Some(browser), Some(module)) = (&options.browser, &options.wasm) {
        rows.extend(in_browser(browser, module, bits, rounds)?);
    }
    Ok(rows)
}

/// The median of so many measurements, in milliseconds.
fn median(rounds: usize, mut measure: impl FnMut() -> f64) -> f64 {
    let mut all: Vec<f64> = (0..rounds.max(1)).map(|_| measure() / 1e6).collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or_default()
}

fn native(encryptor: &Arc<Encryptor>, exact: bool, rounds: usize) -> Result<Vec<Row>> {
    let case = Case::new(encryptor.clone(), exact).context("the survey for proofs cannot be laid out")?;
    let proof = case.prove().context("nothing was proven")?;
    verified(&case.setting, &case.statement(), &proof)?;
    let names = if exact {
        [
            "proof_1000_exact_setting",
            "proof_1000_exact_prove",
            "proof_1000_exact_verify",
            "proof_1000_exact_size",
        ]
    } else {
        ["proof_4800_setting", "proof_4800_prove", "proof_4800_verify", "proof_4800_size"]
    };
    let shape = case.setting.shape();
    let setting = || Setting::new([5; 32], shape.clone(), encryptor.clone());
    let figures = [
        median(rounds, || per_operation(1, setting)),
        median(rounds, || per_operation(1, || case.prove())),
        median(rounds, || per_operation(1, || black_box(case.setting.verify(&case.statement(), &proof)))),
        proof.len() as f64 / 1e3,
    ];
    let units = ["ms", "ms", "ms", "kB"];
    let bits = encryptor.key().bits().bits();
    let rows = names.into_iter().zip(figures).zip(units);
    let mut rows: Vec<Row> =
        rows.map(|((name, value), unit)| Row { name, bits, value: Some(value), unit, peer: None }).collect();
    if !exact {
        let value = median(rounds, || per_operation(1, || case.commit()));
        rows.push(Row { name: "commit_4800", bits, value: Some(value), unit: "ms", peer: None });
    }
    Ok(rows)
}

fn verified(setting: &Setting, statement: &Statement<'_>, proof: &[u8]) -> Result<()> {
    setting.verify(statement, proof).context("a proof was refused")
}

/// First calls are what a reporter waits for: a page proves once, before the browser has optimised anything.
fn in_browser(browser: &Path, module: &Path, bits: KeyBits, rounds: usize) -> Result<Vec<Row>> {
    let module = crate::browser::base64(&std::fs::read(module)?);
    let n = insecure_secret_key(bits).public().n().to_str_radix(16);
    let script = include_str!("../peers/proof.js");
    let page = format!(
        "<!DOCTYPE html><title>bench</title><pre id=out></pre><script>{script}\n\
         let result; try {{ result = measureProofs('{module}', '{n}', {rounds}); }}\n\
         catch (error) {{ result = {{ skipped: String(error) }}; }}\n\
         document.getElementById('out').textContent = JSON.stringify(result);</script>"
    );
    let figures = crate::browser::measured(browser, None, &page)?;
    if let Some(reason) = figures.get("skipped") {
        println!("proofs are not measured in the browser: {reason}");
        return Ok(Vec::new());
    }
    let names = [
        ("proof_4800_setting_browser", "setting"),
        ("commit_4800_browser", "commit"),
        ("proof_4800_prove_browser_first", "prove_first"),
        ("proof_4800_prove_browser", "prove"),
        ("proof_1000_exact_prove_browser", "prove_exact"),
    ];
    let row = |(name, key)| {
        let value = figures.get(key).and_then(Value::as_f64).context("the browser has no figure")?;
        Ok(Row { name, bits: bits.bits(), value: Some(value), unit: "ms", peer: None })
    };
    names.into_iter().map(row).collect()
}
