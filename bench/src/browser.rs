//! The rows that are measured in a headless browser.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use paillier::KeyBits;
use serde_json::Value;
use test_support::insecure_secret_key;

use crate::Options;
use crate::row::Row;

/// Rows without and with wide arithmetic. Where the browser cannot do it, the rows say so: they have no value.
pub(crate) fn run(options: &Options, bits: KeyBits) -> Result<Vec<Row>> {
    let (Some(browser), Some(bundle), Some(module)) =
        (&options.browser, &options.paillier_bigint, &options.wasm)
    else {
        return Ok(Vec::new());
    };
    let bundle = std::fs::read_to_string(bundle)?;
    let page = |wide| page(module, wide, &bundle, bits, options.rounds);
    let mut rows = rows(["encrypt_browser", "mulmod_wasm"], bits, &measured(browser, None, &page(None)?)?)?;
    if let Some(wide) = &options.wasm_wide {
        let figures = measured(browser, Some(WIDE_FLAG), &page(Some(wide))?)?;
        rows.extend(self::rows(["encrypt_browser_wide", "mulmod_wasm_wide"], bits, &figures)?);
    }
    Ok(rows)
}

/// Turns wide arithmetic on in browsers that have it, and do not use it of their own accord yet.
const WIDE_FLAG: &str = "--js-flags=--wasm-wide-arithmetic";

/// Two rows from what a page measured.
fn rows([encrypt, mulmod]: [&'static str; 2], bits: KeyBits, figures: &Value) -> Result<Vec<Row>> {
    let skipped = figures.get("skipped").and_then(Value::as_str);
    if let Some(reason) = skipped {
        println!("{encrypt} and {mulmod} are not measured: {reason}");
    }
    let figure = |name| figures.get(name).and_then(Value::as_f64).context("the browser has no figure");
    let row = |name, unit, scale, ours, peer, theirs| -> Result<Row> {
        let value = if skipped.is_some() { None } else { Some(figure(ours)? / scale) };
        Ok(Row { name, bits: bits.bits(), value, unit, peer: Some((peer, figure(theirs)? / scale)) })
    };
    Ok(vec![
        row(encrypt, "ms", 1e6, "encrypt", "paillier-bigint", "encrypt_peer")?,
        row(mulmod, "us", 1e3, "mulmod", "BigInt", "mulmod_peer")?,
    ])
}

/// A page that measures while it loads and leaves its figures in its text.
fn page(module: &Path, wide: Option<&PathBuf>, bundle: &str, bits: KeyBits, rounds: usize) -> Result<String> {
    let module = base64(&std::fs::read(module)?);
    let wide = wide.map_or(Ok(Vec::new()), std::fs::read)?;
    let wide = base64(&wide);
    let n = insecure_secret_key(bits).public().n().to_str_radix(16);
    let script = include_str!("../peers/browser.js");
    Ok(format!(
        "<!DOCTYPE html><title>bench</title><pre id=out></pre><script>{bundle}</script><script>{script}\n\
         let result; try {{ result = measure('{module}', '{wide}', '{n}', {rounds}); }}\n\
         catch (error) {{ result = {{ failed: String(error) }}; }}\n\
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
    let figures: Value =
        serde_json::from_str(figures).with_context(|| format!("the browser says: {figures}"))?;
    match figures.get("failed") {
        Some(reason) => bail!("the page cannot measure: {reason}"),
        None => Ok(figures),
    }
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_browser_without_wide_arithmetic_gives_rows_without_a_value() {
        let names = ["encrypt_browser_wide", "mulmod_wasm_wide"];
        let peers = json!({ "encrypt_peer": 110e6, "mulmod_peer": 17e3, "skipped": "not here" });
        let rows = rows(names, KeyBits::B3072, &peers).unwrap();
        assert_eq!(
            rows.iter().map(|row| (row.name, row.value)).collect::<Vec<_>>(),
            names.map(|n| (n, None))
        );
        assert_eq!(rows[0].peer, Some(("paillier-bigint", 110.0)));
        let peers = json!({ "encrypt_peer": 110e6, "mulmod_peer": 17e3 });
        assert!(
            super::rows(names, KeyBits::B3072, &peers).is_err(),
            "a figure is missing and nobody says why"
        );
    }
}
