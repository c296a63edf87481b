//! Marks: what has become of each key, in small files outside the data folder, so that a restored backup brings
//! no key back.
//!
//! One file per key, named by the SHA-256 of n: `ready` when the key is new, `burnt` for one survey before the
//! draft is answered, `begun` with the bytes of the only opening before anything is decrypted. A mark is made
//! with its key and never for a key that is there already. A mark that is missing, or cannot be read, means that
//! anything may have happened: such a key serves no new survey and opens nothing.

use std::io;
use std::path::{Path, PathBuf};

use kit::private_file;
use protocol::Hex;
use sha2::{Digest, Sha256};

use crate::fault::Fault;

const READY: &str = "ready\n";
const BURNT: &str = "burnt ";
const BEGUN: &str = "begun ";

/// What a mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// In the pool, and for no survey yet.
    Ready,
    /// For this survey and for no other; nothing was opened yet.
    Burnt(Hex<32>),
    /// The opening with these bytes' SHA-256 has begun.
    Begun(Hex<32>),
    /// Missing or unreadable.
    Unknown,
}

/// The folder of the marks.
#[derive(Clone, Debug)]
pub(crate) struct Marks(PathBuf);

impl Marks {
    /// Whether there is such a folder, or something in its place.
    pub(crate) fn is_there(folder: &Path) -> io::Result<bool> {
        folder.try_exists()
    }

    /// Takes a folder, which is made if need be.
    pub(crate) fn prepare(folder: PathBuf) -> io::Result<Self> {
        kit::data_folder::prepare(&folder)?;
        Ok(Self(folder))
    }

    /// Marks a key that is about to enter the pool. A mark that is there already is left as it is, and `false`
    /// says that the key is not new.
    pub(crate) fn set_ready(&self, n: &[u8]) -> io::Result<bool> {
        match private_file::create(&self.path(n), READY.as_bytes()) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(self.read(n) == Mark::Ready),
            Err(error) => Err(error),
        }
    }

    /// Records durably that a key is this survey's.
    pub(crate) fn set_burnt(&self, n: &[u8], survey: &Hex<32>) -> Result<(), Fault> {
        self.replace(n, &format!("{BURNT}{survey}\n"))
    }

    /// Records durably that the opening of these bytes has begun.
    pub(crate) fn set_begun(&self, n: &[u8], opening: &Hex<32>) -> Result<(), Fault> {
        self.replace(n, &format!("{BEGUN}{opening}\n"))
    }

    fn replace(&self, n: &[u8], content: &str) -> Result<(), Fault> {
        private_file::replace(&self.path(n), content.as_bytes())
            .map_err(|_| Fault::internal("a mark cannot be written"))
    }

    /// Reads a mark.
    pub(crate) fn read(&self, n: &[u8]) -> Mark {
        let Ok(content) = private_file::read(&self.path(n)) else { return Mark::Unknown };
        let Ok(text) = std::str::from_utf8(&content) else { return Mark::Unknown };
        if text == READY {
            return Mark::Ready;
        }
        let after =
            |word: &str| text.strip_prefix(word).and_then(|rest| Hex::parse(rest.strip_suffix('\n')?));
        let mark = after(BURNT).map(Mark::Burnt).or_else(|| after(BEGUN).map(Mark::Begun));
        mark.unwrap_or(Mark::Unknown)
    }

    fn path(&self, n: &[u8]) -> PathBuf {
        let name: Hex<32> = Hex(Sha256::digest(n).into());
        self.0.join(name.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_moves_forward_only_and_a_missing_one_says_nothing_good() {
        let folder = tempfile::tempdir().unwrap();
        let marks = Marks::prepare(folder.path().join("marks")).unwrap();
        let (n, survey, opening) = (&[7; 256][..], Hex([1; 32]), Hex([2; 32]));
        assert_eq!(marks.read(n), Mark::Unknown);
        assert!(marks.set_ready(n).unwrap());
        assert!(marks.set_ready(n).unwrap(), "nothing has become of it yet");
        assert_eq!(marks.read(n), Mark::Ready);
        marks.set_burnt(n, &survey).unwrap();
        assert!(!marks.set_ready(n).unwrap());
        assert_eq!(marks.read(n), Mark::Burnt(survey));
        marks.set_begun(n, &opening).unwrap();
        assert!(!marks.set_ready(n).unwrap());
        assert_eq!(marks.read(n), Mark::Begun(opening));
        for damaged in ["ready", "burnt \n", "", "begun 00\n"] {
            std::fs::write(marks.path(n), damaged).unwrap();
            assert_eq!(marks.read(n), Mark::Unknown);
            assert!(!marks.set_ready(n).unwrap());
        }
    }
}
