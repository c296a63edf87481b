//! The signed list of a build's files.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};

use super::CONFIGURATION;

/// Its name; beside it lie its signature and the public key.
pub(crate) const LIST: &str = "SHA256SUMS";

/// Writes list, signature and public key.
pub(crate) fn sign(folder: &Path, key: &SigningKey) -> Result<()> {
    let list = list(folder)?;
    std::fs::write(folder.join(format!("{LIST}.sig")), key.sign(list.as_bytes()).to_bytes())?;
    std::fs::write(folder.join(format!("{LIST}.pem")), public_pem(key))?;
    Ok(std::fs::write(folder.join(LIST), list)?)
}

/// One line per file, as `sha256sum` writes them, sorted.
fn list(folder: &Path) -> Result<String> {
    let mut files = BTreeMap::new();
    hash_all(folder, "", &mut files)?;
    let mut list = String::new();
    for (path, digest) in files {
        writeln!(list, "{digest}  {path}")?;
    }
    Ok(list)
}

fn hash_all(folder: &Path, beginning: &str, files: &mut BTreeMap<String, String>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{beginning}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            hash_all(&entry.path(), &format!("{path}/"), files)?;
        } else if !path.starts_with(LIST) && path != CONFIGURATION {
            let mut digest = String::new();
            for byte in Sha256::digest(std::fs::read(entry.path())?) {
                write!(digest, "{byte:02x}")?;
            }
            files.insert(path, digest);
        }
    }
    Ok(())
}

/// Reads the key, or makes one that only its owner can read.
pub(crate) fn signing_key(file: &Path) -> Result<SigningKey> {
    if !file.exists() {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).context("no randomness")?;
        let digits: String = seed.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut folder = std::fs::DirBuilder::new();
        folder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
        folder.create(file.parent().unwrap_or(file))?;
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(file)?.write_all(digits.as_bytes())?;
    }
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let seed = protocol::Hex::<32>::parse(text.trim()).context("a key file holds 64 hexadecimal digits")?;
    Ok(SigningKey::from_bytes(&seed.0))
}

/// The public half as RFC 8410 writes it.
fn public_pem(key: &SigningKey) -> String {
    /// SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING of 32 bytes }.
    const HEAD: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
    let bytes = [&HEAD[..], key.verifying_key().as_bytes()].concat();
    format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", BASE64_STANDARD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::{Signature, Verifier};

    #[test]
    fn the_list_is_signed_and_holds_every_file_but_itself_and_the_configuration() {
        let (folder, secrets) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("snippets")).unwrap();
        for name in ["index.html", "snippets/a.js", CONFIGURATION] {
            std::fs::write(at(name), "abc").unwrap();
        }
        let key = signing_key(&secrets.path().join("key")).unwrap();
        assert_eq!(key, signing_key(&secrets.path().join("key")).unwrap(), "a key is made once");
        sign(folder.path(), &key).unwrap();
        sign(folder.path(), &key).unwrap();
        let list = std::fs::read_to_string(at(LIST)).unwrap();
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let names: Vec<&str> = list.lines().map(|line| line.strip_prefix(digest).unwrap()).collect();
        assert_eq!(names, ["  index.html", "  snippets/a.js"]);
        let signature = Signature::from_slice(&std::fs::read(at("SHA256SUMS.sig")).unwrap()).unwrap();
        assert!(key.verifying_key().verify(list.as_bytes(), &signature).is_ok());
    }
}
