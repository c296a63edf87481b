//! Marks: a small file per survey, outside the data folder and its backups, that says whether the survey's
//! only opening has begun, and with which bytes. A mark that is missing or cannot be read says that it has.

use std::io;
use std::path::{Path, PathBuf};

use kit::private_file;
use protocol::Hex;
use sha2::{Digest, Sha256};

const UNOPENED: &[u8] = b"unopened\n";

fn file(folder: &Path, survey: &Hex<32>) -> PathBuf {
    folder.join(survey.to_string())
}

/// Makes the mark of a draft, whose id nobody has seen yet. One that is there is left as it is, and refused.
pub(crate) fn prepare(folder: &Path, survey: &Hex<32>) -> io::Result<()> {
    private_file::create(&file(folder, survey), UNOPENED)
}

/// Whether nothing of the survey has been marked as begun.
pub(crate) fn is_unopened(folder: &Path, survey: &Hex<32>) -> bool {
    private_file::read(&file(folder, survey)).is_ok_and(|mark| mark == UNOPENED)
}

/// Marks the opening as begun with these bytes; durable when this returns. `false` if it had begun with
/// others.
pub(crate) fn begin(folder: &Path, survey: &Hex<32>, opening: &[u8]) -> io::Result<bool> {
    let file = file(folder, survey);
    let begun = format!("begun {}\n", Hex::<32>(Sha256::digest(opening).into())).into_bytes();
    match private_file::read(&file) {
        Ok(mark) if mark == UNOPENED => private_file::replace(&file, &begun).map(|()| true),
        Ok(mark) => Ok(mark == begun),
        Err(_) => Ok(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opening_begins_once_and_a_missing_mark_means_begun() {
        let folder = tempfile::tempdir().unwrap();
        let survey = Hex([1; 32]);
        prepare(folder.path(), &survey).unwrap();
        assert!(is_unopened(folder.path(), &survey));
        assert!(begin(folder.path(), &survey, b"bytes").unwrap());
        assert!(prepare(folder.path(), &survey).is_err(), "never anew");
        assert!(!is_unopened(folder.path(), &survey));
        assert!(begin(folder.path(), &survey, b"bytes").unwrap(), "the same again");
        assert!(!begin(folder.path(), &survey, b"others").unwrap(), "other bytes");
        assert!(!begin(folder.path(), &Hex([2; 32]), b"bytes").unwrap(), "missing");
        assert!(!is_unopened(folder.path(), &Hex([2; 32])), "missing");
        std::fs::write(folder.path().join(Hex([3; 32]).to_string()), "x").unwrap();
        assert!(!begin(folder.path(), &Hex([3; 32]), b"bytes").unwrap(), "unreadable");
    }
}
