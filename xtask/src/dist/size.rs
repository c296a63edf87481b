//! What people wait for: the weight of a build as it travels.

use std::fmt;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Result, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::list::LIST;

/// The most that all files together may weigh, compressed, in bytes.
const MOST_IN_ALL: u64 = 1_500_000;
/// The most that may have to arrive before anything is shown.
const MOST_FOR_THE_FIRST_SCREEN: u64 = 350_000;

/// Compressed bytes of a build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Weight {
    in_all: u64,
    /// What `index.html` loads, and the page itself.
    first_screen: u64,
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kilobytes = |bytes: u64| bytes.div_ceil(1000);
        write!(
            f,
            "compressed it weighs {} kB in all (at most {}), {} kB for the first screen (at most {})",
            kilobytes(self.in_all),
            kilobytes(MOST_IN_ALL),
            kilobytes(self.first_screen),
            kilobytes(MOST_FOR_THE_FIRST_SCREEN)
        )
    }
}

/// Weighs a build.
pub(crate) fn weigh(folder: &Path) -> Result<Weight> {
    let index = std::fs::read_to_string(folder.join("index.html"))?;
    let mut weight = Weight::default();
    add(folder, &index, &mut weight)?;
    Ok(weight)
}

/// Fails where people would wait too long.
pub(crate) fn must_be_light(folder: &Path) -> Result<()> {
    let weight = weigh(folder)?;
    let light = weight.in_all <= MOST_IN_ALL && weight.first_screen <= MOST_FOR_THE_FIRST_SCREEN;
    ensure!(light, "the page is too heavy: {weight}");
    Ok(())
}

fn add(folder: &Path, index: &str, weight: &mut Weight) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            add(&entry.path(), index, weight)?;
            continue;
        }
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(LIST) {
            continue;
        }
        let bytes = compressed(&std::fs::read(entry.path())?)?;
        weight.in_all += bytes;
        // Workers' files are asked for once there is something to seal.
        if name == "index.html" || name == super::CONFIGURATION || index.contains(&name) {
            weight.first_screen += bytes;
        }
    }
    Ok(())
}

/// As the page's server sends it, or as it is where that saves nothing.
fn compressed(bytes: &[u8]) -> Result<u64> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len().min(bytes.len()) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_page_loads_at_once_counts_for_the_first_screen() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &[u8]| std::fs::write(folder.path().join(name), text).unwrap();
        put("index.html", b"<script src=\"/page.js\">");
        put("page.js", b"12345");
        put("worker.js", b"1234567");
        put("SHA256SUMS", b"not counted");
        std::fs::create_dir(folder.path().join("more")).unwrap();
        put("more/x.js", b"123");
        let weight = weigh(folder.path()).unwrap();
        assert_eq!(weight, Weight { in_all: 23 + 5 + 7 + 3, first_screen: 23 + 5 });
        assert!(must_be_light(folder.path()).is_ok());
    }

    #[test]
    fn what_compresses_badly_and_is_long_is_too_heavy() {
        let folder = tempfile::tempdir().unwrap();
        let mut noise = Vec::new();
        let mut state = 1u64;
        while noise.len() < 400_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            noise.push(state.to_be_bytes()[0]);
        }
        std::fs::write(folder.path().join("index.html"), "x.wasm").unwrap();
        std::fs::write(folder.path().join("x.wasm"), noise).unwrap();
        assert!(must_be_light(folder.path()).unwrap_err().to_string().contains("first screen"));
    }
}
