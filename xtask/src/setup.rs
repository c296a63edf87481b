//! `setup`: installs what is missing, and only that.
//!
//! A tool is one entry of a list: how to see that it is there, how to get it.
//! Each way of getting it is tried in order; the first that works is enough.

pub(crate) mod axe;
mod cargo_tools;
mod wasm;

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::command::{must, works};
pub(crate) use wasm::{use_web_compiler, with_tools};

/// How to install.
#[derive(clap::Args, Default)]
pub(crate) struct Options {
    /// Do not ask rustup for anything, as on a machine where it cannot download
    #[arg(long)]
    without_rustup: bool,
    /// Install programs of our own choice into this folder
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
}

/// One thing the project needs on the machine.
struct Tool {
    name: &'static str,
    needed_for: &'static str,
    /// How long getting it takes on a small machine.
    takes: &'static str,
    is_there: fn(&Options) -> bool,
    ways: &'static [Way],
    /// What to say where no way works.
    by_hand: &'static str,
}

/// One way of getting a tool.
struct Way {
    uses_rustup: bool,
    install: fn(&Options) -> Result<()>,
}

/// What the servers and the command need.
const SERVER_TOOLS: &[Tool] = &[
    Tool {
        name: "a C compiler",
        needed_for: "the SQLite that is built into the servers",
        takes: "a minute",
        is_there: |_| works("cc", &["--version"]),
        ways: &[Way { uses_rustup: false, install: |_| from_debian(&["gcc", "libc6-dev"]) }],
        by_hand: "install gcc or clang so that `cc` is on the PATH",
    },
    Tool {
        name: "rustfmt and clippy",
        needed_for: "cargo xtask test",
        takes: "half a minute",
        is_there: |_| works("cargo", &["fmt", "--version"]) && works("cargo", &["clippy", "--version"]),
        ways: &[Way {
            uses_rustup: true,
            install: |_| from_rustup(&["component", "add", "rustfmt", "clippy"]),
        }],
        by_hand: "run `rustup component add rustfmt clippy`",
    },
];

/// What compiling for browsers needs.
const BROWSER_TOOLS: &[Tool] = &[
    Tool {
        name: "the wasm32 target",
        needed_for: "the page's program",
        takes: "half a minute, or four where rustup cannot download",
        is_there: |options| wasm::target_is_there(options),
        ways: &[
            Way { uses_rustup: true, install: |_| from_rustup(&["target", "add", wasm::TARGET]) },
            Way { uses_rustup: false, install: wasm::build_standard_library },
        ],
        by_hand: "run `rustup target add wasm32-unknown-unknown`",
    },
    Tool {
        name: "wasm-bindgen",
        needed_for: "the page's program",
        takes: "three minutes",
        is_there: |options| cargo_tools::is_there(options, &cargo_tools::WASM_BINDGEN),
        ways: &[Way {
            uses_rustup: false,
            install: |options| cargo_tools::install(options, &cargo_tools::WASM_BINDGEN),
        }],
        by_hand: "run `cargo install wasm-bindgen-cli` in the version of wasm-bindgen in Cargo.lock",
    },
];

/// What building the page needs besides.
const PAGE_TOOLS: &[Tool] = &[Tool {
    name: "trunk",
    needed_for: "building the page",
    takes: "ten minutes",
    is_there: |options| cargo_tools::is_there(options, &cargo_tools::TRUNK),
    ways: &[Way {
        uses_rustup: false,
        install: |options| cargo_tools::install(options, &cargo_tools::TRUNK),
    }],
    by_hand: "run `cargo install trunk --version 0.21.14`",
}];

/// What only tests need.
const TEST_TOOLS: &[Tool] = &[
    Tool {
        name: "wasm-pack",
        needed_for: "the page's tests",
        takes: "four minutes",
        is_there: |options| cargo_tools::is_there(options, &cargo_tools::WASM_PACK),
        ways: &[Way {
            uses_rustup: false,
            install: |options| cargo_tools::install(options, &cargo_tools::WASM_PACK),
        }],
        by_hand: "run `cargo install wasm-pack --version 0.15.1`",
    },
    Tool {
        name: "a browser that obeys",
        needed_for: "the page's tests",
        takes: "a minute",
        is_there: |_| works("chromium", &["--version"]) && works("chromedriver", &["--version"]),
        ways: &[Way { uses_rustup: false, install: |_| from_debian(&["chromium", "chromium-driver"]) }],
        by_hand: "install Chromium and the chromedriver of the same version",
    },
];

/// What only pictures need.
const PICTURE_TOOLS: &[Tool] = &[Tool {
    name: "axe",
    needed_for: "finding barriers in the page",
    takes: "some seconds",
    is_there: |_| axe::is_there(),
    ways: &[Way { uses_rustup: false, install: |_| axe::fetch() }],
    by_hand: "install npm, which fetches axe-core",
}];

/// What is to be done.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Run the servers.
    Servers,
    /// Build the page as well.
    Page,
    /// Run every test.
    Test,
    /// Take pictures of the page.
    Pictures,
}

/// Installs every missing tool.
pub(crate) fn setup(options: &Options, purpose: Purpose) -> Result<()> {
    if let Some(folder) = &options.into {
        std::fs::create_dir_all(folder)?;
    }
    let lists: &[&[Tool]] = match purpose {
        Purpose::Servers => &[SERVER_TOOLS],
        Purpose::Page => &[SERVER_TOOLS, BROWSER_TOOLS, PAGE_TOOLS],
        Purpose::Test => &[SERVER_TOOLS, BROWSER_TOOLS, PAGE_TOOLS, TEST_TOOLS],
        Purpose::Pictures => &[SERVER_TOOLS, BROWSER_TOOLS, PAGE_TOOLS, TEST_TOOLS, PICTURE_TOOLS],
    };
    for tool in lists.iter().copied().flatten() {
        obtain(tool, options)?;
    }
    if purpose == Purpose::Test && !has_nextest() {
        println!("cargo-nextest is not there: tests run with plain `cargo test`, which takes longer");
    }
    Ok(())
}

/// Whether tests can run in parallel processes.
pub(crate) fn has_nextest() -> bool {
    works("cargo", &["nextest", "--version"])
}

fn obtain(tool: &Tool, options: &Options) -> Result<()> {
    if (tool.is_there)(options) {
        println!("{} is there", tool.name);
        return Ok(());
    }
    println!("installing {} for {}: takes {}", tool.name, tool.needed_for, tool.takes);
    let begun = Instant::now();
    for way in tool.ways.iter().filter(|way| !(options.without_rustup && way.uses_rustup)) {
        match (way.install)(options) {
            Ok(()) if (tool.is_there)(options) => {
                println!("installed {} in {} s", tool.name, begun.elapsed().as_secs());
                return Ok(());
            }
            Ok(()) => println!("{} is still not found", tool.name),
            Err(error) => println!("that did not work: {error:#}"),
        }
    }
    bail!("{} is missing, needed for {}: {}", tool.name, tool.needed_for, tool.by_hand)
}

/// Installs packages of Debian and its kin.
pub(crate) fn from_debian(packages: &[&str]) -> Result<()> {
    let install = ["install", "-y", "--no-install-recommends"];
    let sudo = !works("test", &["-w", "/usr"]);
    let apt = || {
        let mut command = Command::new(if sudo { "sudo" } else { "apt-get" });
        if sudo {
            command.args(["-n", "apt-get"]);
        }
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    if must(apt().args(install).args(packages)).is_ok() {
        return Ok(());
    }
    // A new machine may have no list of packages yet.
    must(apt().arg("update"))?;
    must(apt().args(install).args(packages))
}

fn from_rustup(arguments: &[&str]) -> Result<()> {
    // Where downloads are blocked rustup may wait for ever.
    must(Command::new("timeout").arg("300").arg("rustup").args(arguments))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    static RUSTUP_ASKED: AtomicU32 = AtomicU32::new(0);
    static FALLBACK_ASKED: AtomicU32 = AtomicU32::new(0);

    const PLANTED: Tool = Tool {
        name: "a planted tool",
        needed_for: "this test",
        takes: "no time",
        is_there: |_| FALLBACK_ASKED.load(Ordering::SeqCst) > 0,
        ways: &[
            Way { uses_rustup: true, install: |_| noted(&RUSTUP_ASKED) },
            Way { uses_rustup: false, install: |_| noted(&FALLBACK_ASKED) },
        ],
        by_hand: "nothing",
    };

    fn noted(asked: &AtomicU32) -> Result<()> {
        asked.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    #[test]
    fn a_missing_tool_is_fetched_once_and_without_rustup_if_asked() {
        let options = Options { without_rustup: true, into: None };
        obtain(&PLANTED, &options).unwrap();
        obtain(&PLANTED, &options).unwrap();
        assert_eq!((RUSTUP_ASKED.load(Ordering::SeqCst), FALLBACK_ASKED.load(Ordering::SeqCst)), (0, 1));
    }

    #[test]
    fn a_tool_no_way_leads_to_is_an_error_that_says_what_to_do() {
        let hopeless = Tool { is_there: |_| false, ways: &[], by_hand: "fetch it", ..PLANTED };
        assert!(obtain(&hopeless, &Options::default()).unwrap_err().to_string().ends_with("fetch it"));
    }
}
