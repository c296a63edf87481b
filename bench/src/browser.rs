//! The rows that are measured in a headless browser.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use paillier::KeyBits;
use serde_json::Value;
use test_support::insecure_secret_key;

use crate::Options;
use crate::row::Row;

/// Rows without and with wide arithmetic, as far as modules were given.
pub(crate) fn run(options: &Options, bits: KeyBits) -> Result<Vec<Row>> {
    let (Some(browser), Some(bundle)) = (&options.browser, &options.paillier_bigint) else {
        return Ok(Vec::new());
    };
    let bundle = std::fs::read_to_string(bundle)?;
    let mut rows = Vec::new();
    let modules = [
        (&options.wasm, ["encrypt_browser", "mulmod_wasm"], None),
        (
            &options.wasm_wide,
            ["encrypt_browser_wide", "mulmod_wasm_wide"],
            Some("--js-flags=--wasm-wide-arithmetic"),
        ),
    ];
    for (module, [encrypt, mulmod], flag) in modules {
        let Some(module) = module else { continue };
        let figures = measured(browser, flag, &page(module, &bundle, bits, options.rounds)?)?;
        if let Some(reason) = figures.get("skipped") {
            println!("{encrypt} and {mulmod} are not measured: {reason}");
            continue;
        }
        let figure = |name| figures.get(name).and_then(Value::as_f64).context("the browser has no figure");
        let row = |name, unit, scale, ours, peer, theirs| -> Result<Row> {
            let value = figure(ours)? / scale;
            Ok(Row { name, bits: bits.bits(), value, unit, peer: Some((peer, figure(theirs)? / scale)) })
        };
        rows.push(row(encrypt, "ms", 1e6, "encrypt", "paillier-bigint", "encrypt_peer")?);
        rows.push(row(mulmod, "us", 1e3, "mulmod", "BigInt", "mulmod_peer")?);
    }
    Ok(rows)
}

/// A page that measures while it loads and leaves its figures in its text.
fn page(module: &Path, bundle: &str, bits: KeyBits, rounds: usize) -> Result<String> {
    let module = base64(&std::fs::read(module)?);
    let n = insecure_secret_key(bits).public().n().to_str_radix(16);
    let script = include_str!("../peers/browser.js");
    Ok(format!(
        "<!DOCTYPE html><title>bench</title><pre id=out></pre><script>{bundle}</script><script>{script}\n\
         let result; try {{ result = measure('{module}', '{n}', {rounds}); }}\n\
         catch (error) {{ result = {{ skipped: String(error) }}; }}\n\
         document.getElementById('out').textContent = JSON.stringify(result);</script>"
    ))
}

pub(crate) fn measured(browser: &Path, flag: Option<&str>, page: &str) -> Result<Value> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("bench.html");
    std::fs::write(&file, page)?;
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .args(flag)
        .arg("--dump-dom")
        .arg(format!("file://{}", file.display()))
        .stderr(Stdio::null())
        .output()
        .context("cannot start the browser")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let Some((_, rest)) = text.split_once("<pre id=\"out\">") else { bail!("the browser shows no figures") };
    let figures = rest.split("</pre>").next().unwrap_or_default();
    serde_json::from_str(figures).with_context(|| format!("the browser says: {figures}"))
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
