//! `bench`: fetches the peers, builds the benchmark in release mode, runs it.
//!
//! Peers are no part of the product: they live in a folder under `target/` and are fetched
//! when they are first asked for. A peer that cannot be had is left out, and that is said.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::command::{cargo, must, works};
use crate::{setup, tree};

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Write the rows here as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Leave out other programs
    #[arg(long)]
    without_peers: bool,
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
