//! `dist`: builds the page, weighs it, and signs the list of its files.
//!
//! Whoever serves the page decides what program people run. The list lets anybody compare what is served with
//! what was built: `sha256sum -c SHA256SUMS`, and the signature by
//! `openssl pkeyutl -verify -rawin -pubin -inkey SHA256SUMS.pem -sigfile SHA256SUMS.sig -in SHA256SUMS`.

#[cfg(test)]
mod documented;
mod gzip;
pub(crate) mod list;
pub(crate) mod size;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::command::must;
use crate::{setup, tree, wide};
use list::LIST;

/// Which key signs.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// File of the signing key's seed, 64 hexadecimal digits; made if it is not there
    #[arg(
        long,
        value_name = "FILE",
        env = "SEALED_PAY_PAGE_KEY",
        default_value = "data-folder/secrets/page-signing.key"
    )]
    key: PathBuf,
}

/// What whoever serves the page writes anew.
const CONFIGURATION: &str = "config.json";

/// Builds, lists, signs; fails where the page got too heavy.
pub(crate) fn dist(options: &Options) -> Result<()> {
    setup::setup(&setup::Options::default(), setup::Purpose::Page)?;
    let folder = build(&tree::root().join(&options.key), Copies::Small)?;
    size::must_be_light(&folder)
}

/// Who compresses the files for the way to people.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Copies {
    /// The build, as small as can be, in half a minute.
    Small,
    /// Whatever serves the page, in a second.
    Served,
}

/// Builds the page as for real use and signs the list of its files; where it is.
pub(crate) fn build(key_file: &Path, copies: Copies) -> Result<PathBuf> {
    let folder = tree::root().join("dist");
    must(trunk(&folder, &["web", "--release"]).env("RUSTFLAGS", same_everywhere()))?;
    wide::build_into(&folder, &same_everywhere())?;
    if copies == Copies::Small {
        gzip::copy_all(&folder)?;
    }
    list::sign(&folder, &list::signing_key(key_file)?)?;
    println!("{LIST}, {LIST}.sig and {LIST}.pem are in {}; {}", folder.display(), size::weigh(&folder)?);
    Ok(folder)
}

/// No place of this machine in the programs, so that whoever builds the same gets the same list. Beside it what
/// `.cargo/config.toml` says, which this takes the place of.
fn same_everywhere() -> String {
    let home = std::env::var("CARGO_HOME").unwrap_or_else(|_| {
        let home = std::env::var("HOME").unwrap_or_default();
        format!("{home}/.cargo")
    });
    let remapped = |from: &str, to: &str| format!("--remap-path-prefix={from}={to}");
    let root = tree::root();
    let places = [remapped(&home, "/cargo"), remapped(&root.to_string_lossy(), "/source")];
    format!("-Clink-arg=--keep-section=target_features {}", places.join(" "))
}

/// Builds the page for tests, in a tenth of the time: larger, and nearly as fast where it counts. Not as a release,
/// for which `index.html` names a profile of the workers.
pub(crate) fn build_for_tests() -> Result<PathBuf> {
    let folder = tree::members()?.target_directory.into_std_path_buf().join("page");
    must(&mut trunk(&folder, &["page-test"]))?;
    wide::build_into(&folder, "")?;
    Ok(folder)
}

fn trunk(folder: &Path, profile: &[&str]) -> Command {
    let mut trunk = Command::new("trunk");
    trunk.args(["build", "--offline", "--skip-version-check", "--cargo-profile"]).args(profile);
    trunk.arg("--dist").arg(folder).current_dir(tree::root());
    // trunk takes this for a switch of its own and fails on the usual value, 1.
    trunk.env_remove("NO_COLOR");
    setup::with_tools(&mut trunk);
    setup::use_web_compiler(&mut trunk);
    trunk
}
