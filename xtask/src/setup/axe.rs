//! axe, which finds barriers in pages: for pictures alone, never a part of the product.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::from_debian;
use crate::command::{must, works};
use crate::tree;

const PACKAGE: &str = "axe-core@4.14.1";

/// Where its one file lies.
pub(crate) fn file() -> Result<PathBuf> {
    Ok(folder()?.join("node_modules/axe-core/axe.min.js"))
}

fn folder() -> Result<PathBuf> {
    Ok(tree::members()?.target_directory.into_std_path_buf().join("tools").join(PACKAGE))
}

/// Whether it is there.
pub(super) fn is_there() -> bool {
    file().is_ok_and(|file| file.is_file())
}

/// Fetches it from its registry; nothing of it is run.
pub(super) fn fetch() -> Result<()> {
    if !works("npm", &["--version"]) {
        from_debian(&["npm"])?;
    }
    let folder = folder()?;
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"]);
    npm.arg("--prefix").arg(&folder).arg(PACKAGE);
    must(&mut npm)
}
