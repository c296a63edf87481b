//! `wide`: the module with wide arithmetic that lies beside the script of the page's workers.
//!
//! Only this one small module is built with WebAssembly's wide arithmetic; workers try it out before they use it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::command::{cargo, must};
use crate::tidy::laws;
use crate::{setup, tree};

/// What workers ask for.
const FILE: &str = "wide.wasm";

/// As the workers' program is built.
const PROFILE: &str = "web-worker";

/// Builds the module, puts it into a folder and returns where it is; `flags` are the compiler's besides.
pub(crate) fn build_into(folder: &Path, flags: &str) -> Result<PathBuf> {
    // Apart from everything else: other flags of the compiler would make it all be built anew.
    let target = tree::members()?.target_directory.into_std_path_buf().join("wide");
    let mut build = cargo(["build", "-p", "sealed-pay-wide", "--profile", PROFILE, "--target", laws::WEB]);
    build.arg("--target-dir").arg(&target);
    build.env("RUSTFLAGS", format!("-Ctarget-feature=+wide-arithmetic {flags}"));
    setup::use_web_compiler(&mut build);
    must(&mut build)?;
    let built = target.join(laws::WEB).join(PROFILE).join(FILE);
    let file = folder.join(FILE);
    std::fs::copy(&built, &file).with_context(|| format!("cannot copy {}", built.display()))?;
    Ok(file)
}
