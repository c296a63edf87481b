//! Programs that are built from the registry, in one version each.

use std::process::Command;

use anyhow::{Context, Result};

use super::Options;
use super::wasm::with_tools;
use crate::command::{cargo, must};
use crate::tree;

/// A program of the registry.
pub(crate) struct CargoTool {
    package: &'static str,
    program: &'static str,
    version: Version,
}

enum Version {
    Exactly(&'static str),
    /// That of this package in Cargo.lock: the two must fit together.
    Locked(&'static str),
}

/// Puts JavaScript around the page's program.
pub(crate) const WASM_BINDGEN: CargoTool = CargoTool {
    package: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    version: Version::Locked("wasm-bindgen"),
};

/// Builds the page. Later versions need a later compiler than this project does.
pub(crate) const TRUNK: CargoTool =
    CargoTool { package: "trunk", program: "trunk", version: Version::Exactly("0.21.14") };

/// Runs tests in browsers.
pub(crate) const WASM_PACK: CargoTool =
    CargoTool { package: "wasm-pack", program: "wasm-pack", version: Version::Exactly("0.15.1") };

/// Whether the program is there, in its version.
pub(crate) fn is_there(options: &Options, tool: &CargoTool) -> bool {
    let Ok(version) = tool.version() else { return false };
    let mut command = Command::new(tool.program);
    if let Some(folder) = &options.into {
        // To try the set-up means not to look at what is installed elsewhere.
        command = Command::new(folder.join("bin").join(tool.program));
    }
    let said = command.arg("--version").output().map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&said).split_whitespace().any(|word| word == version)
}

/// Builds it, first with its own lock file; where the registry lacks the newest versions that file names,
/// with what there is.
pub(crate) fn install(options: &Options, tool: &CargoTool) -> Result<()> {
    let command = |locked: bool| -> Result<Command> {
        let mut command = cargo(["install", tool.package, "--version", &tool.version()?]);
        if locked {
            command.arg("--locked");
        }
        if let Some(folder) = &options.into {
            command.arg("--root").arg(folder);
        }
        with_tools(&mut command);
        Ok(command)
    };
    must(&mut command(true)?).or_else(|_| must(&mut command(false)?))
}

impl CargoTool {
    fn version(&self) -> Result<String> {
        match self.version {
            Version::Exactly(version) => Ok(version.to_owned()),
            Version::Locked(package) => {
                let lock = std::fs::read_to_string(tree::root().join("Cargo.lock"))?;
                locked_version(&lock, package).with_context(|| format!("{package} is not in Cargo.lock"))
            }
        }
    }
}

/// The version that stands under a package's name.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_in_the_lock_file_is_that_of_this_very_package() {
        let lock = "[[package]]\nname = \"x-y\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"x\"\nversion = \"2.0.1\"\n";
        assert_eq!(locked_version(lock, "x").as_deref(), Some("2.0.1"));
        assert_eq!(locked_version(lock, "z"), None);
        assert!(WASM_BINDGEN.version().is_ok());
    }
}
