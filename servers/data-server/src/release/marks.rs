//! Marks: a small file per survey, outside the data folder and its backups, that says whether the survey's
//! only opening has begun. A mark that is missing or cannot be read says that it has.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use kit::private_file;
use protocol::Hex;

const UNOPENED: &[u8] = b"unopened\n";
const BEGUN: &[u8] = b"begun\n";

fn file(folder: &Path, survey: &Hex<32>) -> PathBuf {
    folder.join(survey.to_string())
}

/// Makes the mark of a new survey. One that is there is left as it is.
pub(crate) fn prepare(folder: &Path, survey: &Hex<32>) -> io::Result<()> {
    match private_file::create(&file(folder, survey), UNOPENED) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        done => done,
    }
}

/// Marks the opening as begun; durable when this returns. `false` if it had begun before.
pub(crate) fn begin(folder: &Path, survey: &Hex<32>) -> io::Result<bool> {
    let file = file(folder, survey);
    match private_file::read(&file) {
        Ok(mark) if mark == UNOPENED => private_file::replace(&file, BEGUN).map(|()| true),
        _ => Ok(false),
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
        assert!(begin(folder.path(), &survey).unwrap());
        prepare(folder.path(), &survey).unwrap();
        assert!(!begin(folder.path(), &survey).unwrap(), "a second time");
        assert!(!begin(folder.path(), &Hex([2; 32])).unwrap(), "missing");
        std::fs::write(folder.path().join(Hex([3; 32]).to_string()), "x").unwrap();
        assert!(!begin(folder.path(), &Hex([3; 32])).unwrap(), "unreadable");
    }
}
