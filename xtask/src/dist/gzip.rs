//! Compressed copies beside the files, smaller than a server makes them while it answers.

use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Result, anyhow};
use zopfli::{Format, Options};

/// What a copy's name ends in, after that of its file.
pub(crate) const ENDING: &str = ".gz";
/// Which files get one: not those that whoever serves the page writes anew.
const KINDS: [&str; 3] = ["wasm", "js", "css"];

/// Writes a copy beside every program, script and style in a folder and below, where that saves anything.
pub(crate) fn copy_all(folder: &Path) -> Result<()> {
    let mut files = Vec::new();
    find(folder, &mut files)?;
    thread::scope(|scope| {
        let copying: Vec<_> = files.iter().map(|file| scope.spawn(|| copy(file))).collect();
        copying.into_iter().try_for_each(|copy| copy.join().map_err(|_| anyhow!("compressing failed"))?)
    })
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, files)?;
        } else if path.extension().is_some_and(|end| KINDS.iter().any(|kind| end == *kind)) {
            files.push(path);
        }
    }
    Ok(())
}

fn copy(file: &Path) -> Result<()> {
    let bytes = std::fs::read(file)?;
    let mut copy = Vec::new();
    zopfli::compress(Options::default(), Format::Gzip, bytes.as_slice(), &mut copy)?;
    if copy.len() < bytes.len() {
        let mut name = file.as_os_str().to_owned();
        name.push(ENDING);
        std::fs::write(name, copy)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::read::{GzDecoder, GzEncoder};
    use std::io::Read as _;

    #[test]
    fn a_copy_holds_its_file_and_is_smaller_than_a_server_makes_it() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("snippets")).unwrap();
        let file = folder.path().join("snippets/a.js");
        let script = include_str!("gzip.rs").repeat(3);
        std::fs::write(&file, &script).unwrap();
        std::fs::write(folder.path().join("config.json"), "{}").unwrap();
        std::fs::write(folder.path().join("b.js"), "1").unwrap();
        copy_all(folder.path()).unwrap();
        assert!(!folder.path().join("config.json.gz").exists(), "it is written anew by whoever serves it");
        assert!(!folder.path().join("b.js.gz").exists(), "it would be larger");
        let copy = std::fs::read(folder.path().join("snippets/a.js.gz")).unwrap();
        let mut held = String::new();
        GzDecoder::new(copy.as_slice()).read_to_string(&mut held).unwrap();
        assert_eq!(held, script);
        let mut ordinary = Vec::new();
        GzEncoder::new(script.as_bytes(), Compression::best()).read_to_end(&mut ordinary).unwrap();
        assert!(copy.len() < ordinary.len());
    }
}
