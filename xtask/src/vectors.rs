//! `vectors`: known answers made by other programs.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use known_answers::Report;

/// Which file to check.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// A file like vectors/paillier.json
    file: PathBuf,
}

/// Checks the file; says whether every answer in it is ours too.
pub(crate) fn vectors(options: &Options) -> Result<bool> {
    Ok(check(&options.file)?.is_success())
}

/// Checks a file and prints what became of it, ending in "N passed, M failed".
pub(crate) fn check(file: &Path) -> Result<Report> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let report = known_answers::check_file(&text);
    println!("{report}");
    Ok(report)
}
