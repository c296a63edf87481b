//! The compiler for the page's program.
//!
//! Ordinarily rustup's. Where rustup cannot download, Debian's compiler with a standard library built here
//! from Debian's sources: `cargo` then has to be told to use that compiler, for this target alone.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::{Options, from_debian};
use crate::command::must;

/// Where the page's crates run.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";
/// What rustup calls Debian's compiler once it is linked.
const LINKED: &str = "debian-web";
/// Debian's packages: compiler, cargo, sources, linker.
const PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "lld-22"];
/// Where Debian's compiler looks for standard libraries.
const DEBIAN_LIBRARIES: &str = "/usr/lib/rustlib";

/// Whether some compiler here can compile for the page.
pub(crate) fn target_is_there(options: &Options) -> bool {
    if let (true, Some(folder)) = (options.without_rustup, &options.into) {
        return try_out(folder).is_ok();
    }
    let linked = compiles(Command::new("rustc").arg(format!("+{LINKED}")));
    linked || !options.without_rustup && compiles(&mut Command::new("rustc"))
}

/// Tells a command to use the compiler that can.
pub(crate) fn use_web_compiler(command: &mut Command) {
    if !compiles(&mut Command::new("rustc")) {
        command.env("RUSTUP_TOOLCHAIN", LINKED);
        // Which were set for the compiler that started this program.
        command.env_remove("CARGO").env_remove("RUSTC");
    }
}

/// Makes tools that `cargo install` put into its folder found, whatever the PATH says.
pub(crate) fn with_tools(command: &mut Command) {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".cargo")));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(home.map(|home| home.join("bin")));
    if let Ok(path) = std::env::join_paths(folders) {
        command.env("PATH", path);
    }
}

/// Compiles an empty program, which needs the target's standard library.
fn compiles(rustc: &mut Command) -> bool {
    let Ok(scratch) = Scratch::new() else { return false };
    let program = scratch.0.join("empty.rs");
    let wrote = std::fs::write(&program, "fn main() {}\n");
    rustc.args(["--target", TARGET, "--emit", "metadata", "--out-dir"]).arg(&scratch.0).arg(&program);
    wrote.is_ok() && rustc.output().is_ok_and(|output| output.status.success())
}

/// Builds the standard library from Debian's sources and puts it where Debian's compiler looks. With
/// `--into` it stays in that folder, to try these steps where they are not needed.
pub(crate) fn build_standard_library(options: &Options) -> Result<()> {
    from_debian(PACKAGES)?;
    let scratch = Scratch::new()?;
    write_empty_crate(&scratch.0)?;
    let mut build = Command::new("/usr/bin/cargo");
    build
        .args(["build", "--release", "--target", TARGET])
        .arg("-Zbuild-std=std,panic_abort,panic_unwind,test,proc_macro")
        .current_dir(&scratch.0)
        .env("RUSTC", "/usr/bin/rustc")
        .env("RUSTC_BOOTSTRAP", "1")
        // Without it a later build across all crates finds no code to optimise.
        .env("RUSTFLAGS", "-C embed-bitcode=yes")
        .env("CARGO_TARGET_DIR", scratch.0.join("target"))
        .env_remove("CARGO")
        .env_remove("RUSTUP_TOOLCHAIN");
    must(&mut build)?;
    let libraries = options.into.as_deref().unwrap_or(Path::new(DEBIAN_LIBRARIES)).join(TARGET).join("lib");
    let built = scratch.0.join("target").join(TARGET).join("release/deps");
    copy_libraries(&built, &libraries)?;
    match &options.into {
        None => must(Command::new("rustup").args(["toolchain", "link", LINKED, "/usr"])),
        Some(_) => Ok(()),
    }
}

/// A library that was put elsewhere is shown to work by compiling with it.
fn try_out(folder: &Path) -> Result<()> {
    let scratch = Scratch::new()?;
    let program = scratch.0.join("empty.rs");
    std::fs::write(&program, "fn main() { println!(\"{}\", std::env::args().count()); }\n")?;
    let mut rustc = Command::new("/usr/bin/rustc");
    rustc.args(["--target", TARGET, "-O", "--out-dir"]).arg(&scratch.0);
    // Without a kind: the library of panics is found by its place alone, not as anybody's dependency.
    rustc.arg("-L").arg(folder.join(TARGET).join("lib")).arg(program);
    must(&mut rustc)
}

/// The name of the crate that is built for the sake of what it depends on.
const EMPTY: &str = "empty_crate";

fn write_empty_crate(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder.join("src"))?;
    let manifest =
        format!("[package]\nname = \"{EMPTY}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n");
    std::fs::write(folder.join("Cargo.toml"), manifest)?;
    Ok(std::fs::write(folder.join("src/lib.rs"), "#![no_std]\n")?)
}

/// Copies every library but that of the empty crate.
fn copy_libraries(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to).with_context(|| format!("cannot write to {}", to.display()))?;
    let mut copied = 0;
    for entry in std::fs::read_dir(from)? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if name.ends_with(".rlib") && !name.contains(EMPTY) {
            std::fs::copy(&path, to.join(name))?;
            copied += 1;
        }
    }
    if copied == 0 {
        bail!("nothing was built");
    }
    println!("{copied} libraries for {TARGET} are in {}", to.display());
    Ok(())
}

/// A folder that vanishes again.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Self> {
        static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let name = format!("sealed-pay-set-up-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What stays behind in a temporary folder hurts nobody.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_empty_crate_s_own_library_is_not_copied() {
        let (from, to) = (Scratch::new().unwrap(), Scratch::new().unwrap());
        for name in ["libstd-1.rlib", "libempty_crate-2.rlib", "libstd-1.rmeta"] {
            std::fs::write(from.0.join(name), "x").unwrap();
        }
        copy_libraries(&from.0, &to.0.join("lib")).unwrap();
        let copied: Vec<_> =
            std::fs::read_dir(to.0.join("lib")).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(copied, ["libstd-1.rlib"]);
        assert!(copy_libraries(&to.0, &to.0.join("lib")).is_err());
    }
}
