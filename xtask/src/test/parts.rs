//! The parts of a test run, cheapest first.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use clap::ValueEnum;

use super::Count;
use super::vector::{self, Verdict};
use crate::command::{cargo, must, overheard};
use crate::tidy::laws;
use crate::{dist, setup, tidy, tree, wide};

/// The feature of packages in which a test may kill the process.
const FAIL_POINTS: &str = "fail-points";

/// The package whose tests need a built page.
const STORIES: &str = "sealed-pay-stories";

/// One part of a test run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    Fmt,
    Tidy,
    Vectors,
    Clippy,
    Docs,
    Servers,
    Tests,
    Doctests,
    Page,
    Stories,
    Fuzz,
}

impl Part {
    pub(crate) const ALL: &[Self] = &[
        Self::Fmt,
        Self::Tidy,
        Self::Vectors,
        Self::Clippy,
        Self::Docs,
        Self::Fuzz,
        Self::Servers,
        Self::Tests,
        Self::Doctests,
        Self::Page,
        Self::Stories,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Tidy => "tidy",
            Self::Vectors => "vectors",
            Self::Clippy => "clippy",
            Self::Docs => "docs",
            Self::Servers => "servers",
            Self::Tests => "tests",
            Self::Doctests => "doctests",
            Self::Page => "page",
            Self::Stories => "stories",
            Self::Fuzz => "fuzz",
        }
    }

    pub(crate) const fn purpose(self) -> &'static str {
        match self {
            Self::Fmt => "the text is laid out as rustfmt does it",
            Self::Tidy => "the laws of the tree hold",
            Self::Vectors => "known answers of other programs",
            Self::Clippy => "no lint complains",
            Self::Docs => "the documentation builds and its links lead somewhere",
            Self::Fuzz => "the fuzz targets are compiled as far as this toolchain can",
            Self::Servers => "servers that can be killed at named places",
            Self::Tests => "unit tests, integration tests, stories, attacks and faults",
            Self::Doctests => "the examples in the documentation",
            Self::Page => "known answers and workers in a headless browser",
            Self::Stories => "what people do in the page, in a headless browser",
        }
    }

    /// Runs the part; what it printed has been passed on.
    pub(crate) fn run(self) -> Result<(bool, Count)> {
        match self {
            Self::Fmt => plain(&mut cargo(["fmt", "--all", "--check"])),
            Self::Tidy => tidy::tidy().map(|summary| (summary.passed(), summary.count())),
            Self::Vectors => vectors(),
            Self::Clippy => {
                plain(cargo(["clippy", "--workspace", "--all-targets"]).args(["--", "-D", "warnings"]))
            }
            Self::Docs => {
                plain(cargo(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))
            }
            Self::Fuzz => fuzz_targets(),
            Self::Servers => servers_with_fail_points(),
            Self::Tests => tests(),
            Self::Page => page(),
            Self::Stories => stories(),
            Self::Doctests => plain(&mut cargo(["test", "--workspace", "--doc", "--no-fail-fast"])),
        }
    }
}

/// Checkers in another language: the script and what it checks.
const CHECKERS: &[(&str, &[&str])] = &[
    ("check_protocol_example.py", &[]),
    ("check_packproof.py", &["packproof.json"]),
    ("check_packproof.py", &["packproof-rust.json"]),
    ("check_rest.py", &["rest.json"]),
    ("check_bundles.py", &["bundles.json"]),
];

/// Files of known answers, and what other languages say of the protocol's worked example and of proofs.
fn vectors() -> Result<(bool, Count)> {
    let folder = tree::root().join("vectors");
    let (mut succeeded, mut count) = in_another_language(&folder)?;
    for file in ["paillier.json", "paillier-4096.json", "noise.json"] {
        let report = crate::vectors::check(&folder.join(file))?;
        succeeded &= report.is_success();
        count.passed += report.passed as u64;
        count.failed += report.failed.len() as u64;
    }
    Ok((succeeded, count))
}

/// Needs Python; where there is none it is said and counted, and the same values are still checked by the Rust tests.
fn in_another_language(folder: &std::path::Path) -> Result<(bool, Count)> {
    if Command::new("python3").arg("--version").output().is_err() {
        for (script, files) in CHECKERS {
            println!("not run here: vectors/{script} {}: there is no python3", files.join(" "));
        }
        return Ok((true, Count { left_out: CHECKERS.len() as u64, ..Count::default() }));
    }
    let mut checked = Vec::new();
    for (script, files) in CHECKERS {
        let mut python = Command::new("python3");
        python.arg(folder.join(script)).args(files.iter().map(|file| folder.join(file)));
        let (succeeded, said) = overheard(&mut python)?;
        checked.push((succeeded, said.lines().last().map(Count::read_plain).unwrap_or_default()));
    }
    Ok((checked.iter().all(|(succeeded, _)| *succeeded), checked.into_iter().map(|(_, count)| count).sum()))
}

fn plain(command: &mut Command) -> Result<(bool, Count)> {
    let (succeeded, said) = overheard(command)?;
    Ok((succeeded, Count::read(&said)))
}

/// Names of the packages in which a test may kill the process.
fn packages_with_fail_points() -> Result<Vec<cargo_metadata::Package>> {
    let packages = tree::members()?.packages;
    Ok(packages.into_iter().filter(|package| package.features.contains_key(FAIL_POINTS)).collect())
}

/// Builds the servers with their fail points and puts them apart from the ordinary ones.
fn servers_with_fail_points() -> Result<(bool, Count)> {
    let packages = packages_with_fail_points()?;
    let binaries: Vec<(String, String)> = packages
        .iter()
        .flat_map(|package| {
            package.targets.iter().filter(|target| target.is_bin()).map(move |bin| (package, bin))
        })
        .map(|(package, bin)| (package.name.to_string(), bin.name.clone()))
        .collect();
    if binaries.is_empty() {
        println!("no server has fail points");
        return Ok((true, Count::default()));
    }
    let mut build = cargo(["build", "--bins"]);
    for (package, _) in &binaries {
        build.args(["-p", package, "--features", &format!("{package}/{FAIL_POINTS}")]);
    }
    let (succeeded, count) = plain(&mut build)?;
    if succeeded {
        let (from, to) = (target_folder()?.join("debug"), fail_point_folder()?);
        std::fs::create_dir_all(&to)?;
        for (_, name) in &binaries {
            put_apart(&from.join(name), &to.join(name))?;
        }
    }
    Ok((succeeded, count))
}

/// Copies a binary without ever writing into one that may be running.
fn put_apart(from: &std::path::Path, to: &std::path::Path) -> Result<()> {
    let draft = to.with_extension("draft");
    std::fs::copy(from, &draft).with_context(|| format!("cannot copy {}", from.display()))?;
    std::fs::rename(draft, to)?;
    Ok(())
}

fn tests() -> Result<(bool, Count)> {
    let binaries = fail_point_folder()?;
    let run: &[&str] = if setup::has_nextest() {
        &["nextest", "run", "--no-fail-fast", "--no-tests=pass", "--failure-output", "immediate-final"]
    } else {
        &["test", "--no-fail-fast", "--lib", "--bins", "--tests"]
    };
    let mut all = cargo(run);
    // Where tests find the servers that can be killed at named places.
    all.args(["--workspace", "--exclude", STORIES]).env("SEALED_PAY_FAIL_POINT_SERVERS", &binaries);
    let mut fail_points = cargo(run);
    fail_points.args(["-p", "sealed-pay-server-kit", "--features", FAIL_POINTS]);
    let (succeeded, mut said) = overheard(&mut all)?;
    let counted = Count::read(&said);
    if !setup::has_nextest() {
        said = vector_programs_one_by_one()?;
    }
    let ran = [with_vector_kernel((succeeded, counted), &said), plain(&mut fail_points)?, a_million()?];
    Ok((ran.iter().all(|(succeeded, _)| *succeeded), ran.into_iter().map(|(_, count)| count).sum()))
}

/// Rust's own runner does not say whose test it was that passed, unless there is one program.
fn vector_programs_one_by_one() -> Result<String> {
    let mut all = String::new();
    for (program, named) in vector::programs() {
        let (_, said) = overheard(cargo(["test"]).args(named))?;
        all.push_str(&vector::as_nextest_says(program, &said));
    }
    Ok(all)
}

/// A million ciphertexts from the database: after the others and alone, as it measures its memory, and in the open, as
/// it says how long it took. Named by the whole workspace, so that nothing is built anew.
fn a_million() -> Result<(bool, Count)> {
    let mut million = cargo(["test", "--workspace", "--exclude", STORIES, "--test", "million"]);
    let (succeeded, count) = plain(million.args(["--", "--ignored", "--nocapture"]))?;
    if cfg!(target_os = "linux") && count.passed + count.failed == 0 {
        println!("the test of a million ciphertexts was not found");
        return Ok((false, Count { failed: 1, ..count }));
    }
    Ok((succeeded, count))
}

/// Fuzzing needs a nightly compiler and a C++ library. Types are checked without, so that the targets and the laws
/// they hold the kernels to stay in step with the kernels.
fn fuzz_targets() -> Result<(bool, Count)> {
    let mut check = cargo(["check", "--manifest-path", "fuzz/Cargo.toml", "--no-default-features", "--bins"]);
    check.arg("--locked").arg("--target-dir").arg(target_folder()?.join("fuzz"));
    plain(&mut check)
}

/// Fails where the processor has AVX512-IFMA and the tests of its kernel did not run; counts them where it has not.
fn with_vector_kernel((succeeded, mut count): (bool, Count), output: &str) -> (bool, Count) {
    match vector::verdict(vector::has_instructions(), output) {
        Verdict::Ran => (succeeded, count),
        Verdict::CannotRun(names) => {
            for name in &names {
                println!("not run on this machine: {name}: it lacks AVX512-IFMA");
            }
            // They passed without doing anything, or nothing in lanes.
            count.passed = count.passed.saturating_sub(names.len() as u64);
            count.left_out += names.len() as u64;
            (succeeded, count)
        }
        Verdict::Missing(names) => {
            println!("this processor has AVX512-IFMA, and these tests of its kernel did not run: {names:?}");
            count.failed += names.len() as u64;
            (false, count)
        }
    }
}

/// Lints what is compiled for the browser as such, and runs its tests there.
fn page() -> Result<(bool, Count)> {
    let mut clippy = cargo(["clippy", "-p", "sealed-pay-client-wasm", "-p", "sealed-pay-frontend"]);
    clippy.args(["--all-targets", "--target", laws::WEB, "--", "-D", "warnings"]);
    setup::use_web_compiler(&mut clippy);
    wide::build_into(&tree::root().join("client-wasm/tests/workers"), "")?;
    let ran = [
        plain(&mut clippy)?,
        in_browser("crates/kernels", &["--test", "laws", "--test", "known_answers"])?,
        in_browser("client-wasm", &[])?,
    ];
    Ok((ran.iter().all(|(succeeded, _)| *succeeded), ran.into_iter().map(|(_, count)| count).sum()))
}

/// Runs a package's tests in a headless browser, or some of them. They may say which of them cannot run there.
fn in_browser(package: &str, which: &[&str]) -> Result<(bool, Count)> {
    let mut tests = Command::new("wasm-pack");
    tests.args(["test", "--headless", "--chrome", "--mode", "no-install", package]);
    tests.args(which).args(["--", "--nocapture"]);
    tests.current_dir(tree::root());
    // Slow machines take their time for keys of 3072 bits and for starting a browser.
    tests.env("WASM_BINDGEN_TEST_TIMEOUT", "300").env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
    setup::with_tools(&mut tests);
    setup::use_web_compiler(&mut tests);
    plain(&mut tests)
}

/// Builds the page for tests, then tells the stories; those that measure time come last and alone.
fn stories() -> Result<(bool, Count)> {
    let page = dist::build_for_tests()?;
    let servers =
        [servers_with_fail_points()?, plain(&mut cargo(["build", "-p", "sealed-pay-page-server"]))?];
    let (binaries, package) = (fail_point_folder()?, package()?);
    let tell = |targets: &[&str]| {
        let mut tell = cargo(["test", "-p", STORIES, "--no-fail-fast"]);
        // One of them needs trunk.
        setup::with_tools(&mut tell);
        tell.args(targets).env("SEALED_PAY_PAGE", &page).env("SEALED_PAY_FAIL_POINT_SERVERS", &binaries);
        tell.env("SEALED_PAY_PACKAGE", &package);
        plain(&mut tell)
    };
    let told = [tell(&["--lib", "--test", "stories", "--test", "example"])?, tell(&["--test", "alone"])?];
    let all = || servers.iter().chain(&told);
    Ok((all().all(|(succeeded, _)| *succeeded), all().map(|(_, count)| *count).sum()))
}

/// Builds `client-wasm` for pages of other people, as its README says; where it is.
fn package() -> Result<PathBuf> {
    let folder = target_folder()?.join("package");
    let mut build = Command::new("wasm-pack");
    // With the profile of the page for tests, so that most of it is compiled already.
    build.args(["build", "--target", "web", "--mode", "no-install", "--profile", "page-test", "--out-dir"]);
    build.arg(&folder).arg("client-wasm").current_dir(tree::root());
    setup::with_tools(&mut build);
    setup::use_web_compiler(&mut build);
    must(&mut build)?;
    Ok(folder)
}

fn target_folder() -> Result<PathBuf> {
    Ok(tree::members()?.target_directory.into_std_path_buf())
}

fn fail_point_folder() -> Result<PathBuf> {
    Ok(target_folder()?.join("fail-points"))
}
