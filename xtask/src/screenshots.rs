//! `screenshots`: builds the page as for real use, weighs it, takes pictures of every page and state, and has
//! axe look for barriers on each.

use std::ffi::OsStr;
use std::path::Path;

use anyhow::{Result, ensure};

use crate::command::{cargo, must};
use crate::dist::{self, size};
use crate::setup::{self, axe};
use crate::tree;

/// What to do with the pictures.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Renew the pictures that README shows
    #[arg(long)]
    renew: bool,
}

/// Fewer would mean that something was left out.
const FEWEST: usize = 24;
/// What README and the guides show.
const SHOWN: &[&str] = &["start-1440-light.png", "result-1440-light.png"];

/// Builds, weighs, takes, looks.
pub(crate) fn screenshots(options: &Options) -> Result<()> {
    setup::setup(&setup::Options::default(), setup::Purpose::Pictures)?;
    let target = tree::members()?.target_directory.into_std_path_buf();
    let page = dist::build(&tree::root().join("data-folder/secrets/page-signing.key"), dist::Copies::Small)?;
    must(&mut cargo(["build", "-p", "sealed-pay-page-server"]))?;
    let folder = target.join("pictures");
    if folder.exists() {
        // Those of a page that is no longer there would be counted.
        std::fs::remove_dir_all(&folder)?;
    }
    let mut take = cargo(["run", "-p", "sealed-pay-stories", "--bin", "pictures"]);
    take.env("SEALED_PAY_PAGE", &page)
        .env("SEALED_PAY_PICTURES", &folder)
        .env("SEALED_PAY_AXE", axe::file()?);
    must(&mut take)?;
    let taken = count(&folder)?;
    ensure!(taken >= FEWEST, "only {taken} pictures were taken, at least {FEWEST} are expected");
    if options.renew {
        renew(&folder)?;
    }
    println!("{taken} pictures are in {}", folder.display());
    // Last: what is too heavy can be looked at all the same.
    size::must_be_light(&page)
}

fn count(folder: &Path) -> Result<usize> {
    let mut pictures = 0;
    for entry in std::fs::read_dir(folder)? {
        pictures += usize::from(entry?.path().extension() == Some(OsStr::new("png")));
    }
    Ok(pictures)
}

/// Copies what is shown to where it is shown.
fn renew(folder: &Path) -> Result<()> {
    let shown = tree::root().join("docs/pictures");
    std::fs::create_dir_all(&shown)?;
    for name in SHOWN {
        std::fs::copy(folder.join(name), shown.join(name))?;
    }
    Ok(())
}
