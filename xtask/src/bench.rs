//! `bench`: fetches the peers, builds the benchmark in release mode, runs it.
//!
//! Peers are no part of the product: they live in a folder under `target/` and are fetched
//! when they are first asked for. A peer that cannot be had is left out, and that is said.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::command::{cargo, must, works};
use crate::tidy::laws;
use crate::{setup, tree, wide};

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Write the rows here as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Leave out other programs
    #[arg(long)]
    without_peers: bool,
    /// Measure in this Chromium, and not in the one on the PATH
    #[arg(long, value_name = "PROGRAM")]
    browser: Option<PathBuf>,
    /// Passed on to the benchmark, after `--`: see `-- --help`
    #[arg(last = true)]
    others: Vec<String>,
}

/// Measures everything and prints the table.
pub(crate) fn bench(options: &Options) -> Result<()> {
    let folder = tree::members()?.target_directory.into_std_path_buf().join("bench-peers");
    std::fs::create_dir_all(&folder)?;
    let mut run = cargo(["run", "--release", "--package", "sealed-pay-bench", "--"]);
    if !options.without_peers {
        peer(&mut run, "--gmp", gmp(&folder));
        peer(&mut run, "--python", python(&folder));
        peer(&mut run, "--paillier-bigint", paillier_bigint(&folder));
        peer(&mut run, "--browser", options.browser.clone().map_or_else(browser, Ok));
        peer(&mut run, "--wasm", module(&folder));
        peer(&mut run, "--wasm-wide", wide::build_into(&folder, ""));
    }
    if let Some(file) = &options.json {
        run.arg("--json").arg(std::path::absolute(file)?);
    }
    must(run.args(&options.others))
}

fn peer(run: &mut Command, option: &str, program: Result<PathBuf>) {
    match program {
        Ok(program) => {
            run.arg(option).arg(program);
        }
        Err(error) => println!("measuring without {option}: {error:#}"),
    }
}

/// A small C program, linked with the machine's GMP.
fn gmp(folder: &Path) -> Result<PathBuf> {
    let (source, program) = (tree::root().join("bench/peers/gmp.c"), folder.join("gmp"));
    let compile = || must(Command::new("cc").arg("-O2").arg(&source).arg("-o").arg(&program).arg("-lgmp"));
    if compile().is_err() {
        setup::from_debian(&["libgmp-dev"])?;
        compile()?;
    }
    Ok(program)
}

/// A Python of its own with python-paillier and gmpy2.
fn python(folder: &Path) -> Result<PathBuf> {
    let (home, python) = (folder.join("python"), folder.join("python/bin/python"));
    if !works(&python.to_string_lossy(), &["-c", "import phe, gmpy2"]) {
        must(Command::new("python3").args(["-m", "venv"]).arg(&home))?;
        must(Command::new(&python).args(["-m", "pip", "install", "--quiet", "phe", "gmpy2"]))?;
    }
    Ok(python)
}

/// The npm package paillier-bigint, which brings a script that needs no modules.
fn paillier_bigint(folder: &Path) -> Result<PathBuf> {
    let script = folder.join("node_modules/paillier-bigint/dist/bundle.iife.js");
    if !script.exists() {
        let install = ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"];
        must(Command::new("npm").args(install).arg("--prefix").arg(folder).arg("paillier-bigint@3.4.3"))?;
    }
    Ok(script)
}

fn browser() -> Result<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let found = names.into_iter().find(|name| works(name, &["--version"]));
    found.map(PathBuf::from).context("there is no Chromium on the PATH")
}

/// The module that the browser measures. The one with wide arithmetic is the product's own.
fn module(folder: &Path) -> Result<PathBuf> {
    let target = folder.join("wasm");
    let mut build = cargo(["build", "--release", "--package", "sealed-pay-bench-wasm"]);
    build.args(["--target", laws::WEB, "--target-dir"]).arg(&target);
    setup::use_web_compiler(&mut build);
    must(&mut build)?;
    Ok(target.join(laws::WEB).join("release/sealed_pay_bench_wasm.wasm"))
}
