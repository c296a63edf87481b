//! The files of a build, read once. What is not among them cannot be asked for.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

/// One file and everything said about it.
#[derive(Debug)]
pub struct File {
    /// As built.
    pub bytes: Vec<u8>,
    /// Compressed, where that saves anything.
    pub gzip: Option<Vec<u8>>,
    /// In quotation marks, as headers have it.
    pub etag: String,
    /// By the end of its name.
    pub kind: &'static str,
    /// Its name changes with its content: it may be kept for ever.
    pub immutable: bool,
}

/// All files by their paths, without a slash in front.
#[derive(Debug)]
pub struct Site {
    files: BTreeMap<String, File>,
}

const INDEX: &str = "index.html";
/// After the name of a file, that of its compressed copy.
const COPY: &str = ".gz";
/// Digits that the build puts into the names of files.
const HASH_DIGITS: std::ops::RangeInclusive<usize> = 12..=16;

impl Site {
    /// Reads every file in a folder and below.
    ///
    /// # Errors
    /// If one cannot be read, there is no `index.html`, or a compressed copy holds something else than its file.
    pub fn load(folder: &Path) -> Result<Self> {
        let mut site = Self { files: BTreeMap::new() };
        site.read(folder, "").with_context(|| format!("cannot read {}", folder.display()))?;
        if !site.files.contains_key(INDEX) {
            bail!("{} holds no {INDEX}: build the page first", folder.display());
        }
        site.take_copies()?;
        Ok(site)
    }

    fn read(&mut self, folder: &Path, beginning: &str) -> Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let path = format!("{beginning}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                self.read(&entry.path(), &format!("{path}/"))?;
            } else {
                self.put(&path, std::fs::read(entry.path())?);
            }
        }
        Ok(())
    }

    /// Sends the compressed copies that a build made, which are smaller than those made here.
    fn take_copies(&mut self) -> Result<()> {
        let copies: Vec<(String, File)> = self.files.extract_if(.., |path, _| path.ends_with(COPY)).collect();
        for (path, copy) in copies {
            let name = path.strip_suffix(COPY).unwrap_or(&path);
            let Some(file) = self.files.get_mut(name) else { bail!("{path} is the copy of no file") };
            ensure!(holds(&copy.bytes, &file.bytes), "{path} is not what {name} is: build the page again");
            file.gzip = Some(copy.bytes);
        }
        Ok(())
    }

    /// Puts a file there, or another one in its place.
    pub fn put(&mut self, path: &str, bytes: Vec<u8>) {
        let digest = Sha256::digest(&bytes);
        let etag = format!("\"{}\"", hex::encode(digest.iter().copied().take(16).collect::<Vec<u8>>()));
        let gzip = compressed(&bytes).filter(|gzip| gzip.len() < bytes.len());
        let file = File { gzip, etag, kind: kind(path), immutable: is_hashed(path), bytes };
        self.files.insert(path.to_owned(), file);
    }

    /// The file at an address. Addresses without a file's ending are the page's own: it shows them itself.
    #[must_use]
    pub fn at(&self, address: &str) -> Option<&File> {
        let path = address.trim_start_matches('/');
        let last = path.rsplit('/').next().unwrap_or(path);
        let asked = if last.contains('.') { path } else { INDEX };
        self.files.get(asked)
    }

    /// The page itself, as text.
    #[must_use]
    pub fn index(&self) -> String {
        let bytes = self.files.get(INDEX).map(|file| file.bytes.as_slice()).unwrap_or_default();
        String::from_utf8_lossy(bytes).into_owned()
    }
}

fn compressed(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

/// Whether a compressed copy unpacks to these bytes; reads no further than where they differ in length.
fn holds(copy: &[u8], bytes: &[u8]) -> bool {
    let mut unpacked = Vec::with_capacity(bytes.len());
    let mut decoder = GzDecoder::new(copy).take(bytes.len() as u64 + 1);
    decoder.read_to_end(&mut unpacked).is_ok() && unpacked == bytes
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "ftl" | "sha256" | "pem" | "txt" => "text/plain; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// Whether a name holds a hash, as in `page-0f3c….js`. Those of workers do not.
fn is_hashed(path: &str) -> bool {
    let words = path.split(['-', '.', '_', '/']);
    let is_hash =
        |word: &str| HASH_DIGITS.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_hexdigit());
    words.into_iter().any(is_hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builds_copies_are_sent_if_they_are_copies() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
        write(INDEX, b"<p>");
        write("a.js", b"let a = 1;");
        let copy = compressed(b"let a = 1;").unwrap();
        write("a.js.gz", &copy);
        let site = Site::load(folder.path()).unwrap();
        assert_eq!(site.at("/a.js").unwrap().gzip.as_ref(), Some(&copy));
        assert!(site.at("/a.js.gz").is_none());
        write("a.js.gz", &compressed(b"let a = 2;").unwrap());
        let said = Site::load(folder.path()).unwrap_err().to_string();
        assert!(said.contains("a.js.gz is not what a.js is"), "{said}");
    }

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        assert!(is_hashed("sealed-pay-page-1fd0a6b0c2d3e4f5_bg.wasm"));
        for path in ["sealer.js", "sealer_bg.wasm", "index.html", "config.json", "sealer_loader.js"] {
            assert!(!is_hashed(path), "{path}");
        }
    }
}
