//! The key under which secrets are kept: from a file outside the data folder, from the environment, or typed.

use std::io;
use std::path::Path;

use kit::private_file;
use protocol::Hex;
use vault::Vault;
use zeroize::{Zeroize, Zeroizing};

use crate::randomness;

/// Why there is no key at rest.
#[derive(Debug, thiserror::Error)]
pub enum AtRestRefusal {
    /// The file cannot be read, or others may read it.
    #[error("the file of the key at rest cannot be used: {0}")]
    File(#[from] io::Error),
    /// The content is no key.
    #[error("a key at rest is 64 lower-case hexadecimal digits")]
    Malformed,
}

/// 32 bytes; wiped when dropped, never printed.
pub struct AtRestKey(Zeroizing<[u8; 32]>);

impl AtRestKey {
    /// The key of these bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Reads 64 hexadecimal digits; white space around them is ignored.
    ///
    /// # Errors
    /// [`AtRestRefusal::Malformed`].
    pub fn parse(text: &str) -> Result<Self, AtRestRefusal> {
        Hex::parse(text.trim()).map(|key| Self::from_bytes(key.0)).ok_or(AtRestRefusal::Malformed)
    }

    /// Reads a file that nobody else may read; makes it first if `create` says so and it is missing.
    ///
    /// # Errors
    /// [`AtRestRefusal`].
    pub fn from_file(path: &Path, create: bool) -> Result<Self, AtRestRefusal> {
        match private_file::read(path) {
            Ok(content) => {
                let content = Zeroizing::new(content);
                Self::parse(std::str::from_utf8(&content).map_err(|_| AtRestRefusal::Malformed)?)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound && create => {
                let mut key = randomness::draw::<32>();
                let text = Zeroizing::new(format!("{key}\n"));
                private_file::create(path, text.as_bytes())?;
                let made = Self::from_bytes(key.0);
                key.0.zeroize();
                Ok(made)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The vault of this key.
    pub(crate) fn vault(&self) -> Vault {
        Vault::from_key(&self.0)
    }
}

impl std::fmt::Debug for AtRestKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AtRestKey(<private>)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        assert!(AtRestKey::from_file(&path, false).is_err());
        let made = AtRestKey::from_file(&path, true).unwrap();
        let read = AtRestKey::from_file(&path, true).unwrap();
        assert_eq!(made.0.as_slice(), read.0.as_slice());
        assert_eq!(format!("{made:?}"), "AtRestKey(<private>)");
        assert!(AtRestKey::parse("ab").is_err());
    }
}
