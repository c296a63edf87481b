//! Measures the arithmetic beside other programs, interleaved in one run.
//!
//! `cargo xtask bench` builds this in release mode, fetches the peers and starts it.

mod browser;
mod contest;
mod ours;
mod peer;
mod proof;
mod proof_case;
mod row;
mod timing;

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;
use paillier::KeyBits;

#[derive(Parser)]
struct Options {
    /// Write the rows here as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Size of the key in bits
    #[arg(long, default_value_t = 3072)]
    bits: u32,
    /// How often everything is measured in turn
    #[arg(long, default_value_t = 11)]
    rounds: usize,
    /// How many keys are made
    #[arg(long, default_value_t = 3)]
    keys: usize,
    /// Encryptions and decryptions that are timed to see whether time tells secrets; 0: none
    #[arg(long, default_value_t = 20_000)]
    timing: usize,
    /// The peer written in C against GMP, compiled
    #[arg(long, value_name = "PROGRAM")]
    gmp: Option<PathBuf>,
    /// A Python that has python-paillier and gmpy2
    #[arg(long, value_name = "PROGRAM")]
    python: Option<PathBuf>,
    /// A headless Chromium
    #[arg(long, value_name = "PROGRAM")]
    browser: Option<PathBuf>,
    /// The module for the browser
    #[arg(long, value_name = "FILE")]
    wasm: Option<PathBuf>,
    /// The product's module with wide arithmetic
    #[arg(long, value_name = "FILE")]
    wasm_wide: Option<PathBuf>,
    /// The peer paillier-bigint as one script
    #[arg(long, value_name = "FILE")]
    paillier_bigint: Option<PathBuf>,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let bits = KeyBits::try_from(options.bits)?;
    let mut rows = contest::run(&options, bits)?;
    rows.extend(browser::run(&options, bits)?);
    rows.extend(proof::run(&options, bits)?);
    rows.extend(timing::check(bits, options.timing)?);
    row::print(&rows);
    if let Some(file) = &options.json {
        std::fs::write(file, format!("{:#}\n", row::json(&rows)))?;
    }
    // The other rows are worth what they are: a machine too loud for this one check ends no benchmark.
    if let Err(blind) = timing::require_sight(&rows) {
        println!("what timing_* says is worth nothing here: {blind}");
    }
    Ok(())
}
