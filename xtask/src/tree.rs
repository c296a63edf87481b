//! Where the tree is, and what cargo knows about it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use cargo_metadata::{CargoOpt, Metadata, MetadataCommand};

use crate::command::cargo;

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Packages, features and targets of the workspace, without its dependencies.
pub(crate) fn members() -> Result<Metadata> {
    query().no_deps().exec().context("cargo metadata failed")
}

/// The whole graph, resolved for one platform or for all.
pub(crate) fn resolved(platform: Option<&str>) -> Result<Metadata> {
    let filter = platform.map(|name| vec!["--filter-platform".to_owned(), name.to_owned()]);
    let mut query = query();
    query.features(CargoOpt::SomeFeatures(Vec::new()));
    query.other_options(filter.unwrap_or_default()).exec().context("cargo metadata failed")
}

/// What is built for one package by itself, for one platform or for all, as `cargo tree` prints it with depths.
pub(crate) fn printed(package: &str, platform: Option<&str>) -> Result<String> {
    let what = ["tree", "-p", package, "-e", "normal,build", "--target", platform.unwrap_or("all")];
    let output = cargo(what).args(["--prefix", "depth", "--format", "{p}"]).output()?;
    if !output.status.success() {
        bail!("cargo tree failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn query() -> MetadataCommand {
    let mut query = MetadataCommand::new();
    query.current_dir(root());
    query
}
