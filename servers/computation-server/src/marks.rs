//! Marks: that a survey's only opening has begun, and with which bytes.
//!
//! One small file per survey in a folder outside the data folder, so that a restored backup does not bring an
//! unopened state back. A mark that is missing, or cannot be read, means that the opening has begun.

use std::io;
use std::path::PathBuf;

use kit::private_file;
use protocol::Hex;

use crate::fault::Fault;

const UNOPENED: &str = "unopened\n";
const BEGUN: &str = "begun ";

/// What a mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Nothing was opened yet.
    Unopened,
    /// The opening with these bytes' SHA-256 has begun.
    Begun(Hex<32>),
    /// Missing or unreadable: the opening has begun, nobody knows with what.
    Unknown,
}

/// The folder of the marks.
#[derive(Clone, Debug)]
pub(crate) struct Marks(PathBuf);

impl Marks {
    /// Takes a folder, which is made if need be.
    pub(crate) fn prepare(folder: PathBuf) -> io::Result<Self> {
        kit::data_folder::prepare(&folder)?;
        Ok(Self(folder))
    }

    /// Marks a survey as unopened. A mark that is there already is left as it is.
    pub(crate) fn set_unopened(&self, survey: &Hex<32>) -> Result<(), Fault> {
        match private_file::create(&self.path(survey), UNOPENED.as_bytes()) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                Err(Fault::internal("a mark cannot be written"))
            }
            _ => Ok(()),
        }
    }

    /// Records durably that the opening of these bytes has begun.
    pub(crate) fn set_begun(&self, survey: &Hex<32>, opening: &Hex<32>) -> Result<(), Fault> {
        private_file::replace(&self.path(survey), format!("{BEGUN}{opening}\n").as_bytes())
            .map_err(|_| Fault::internal("a mark cannot be written"))
    }

    /// Reads a mark.
    pub(crate) fn read(&self, survey: &Hex<32>) -> Mark {
        let Ok(content) = private_file::read(&self.path(survey)) else { return Mark::Unknown };
        let Ok(text) = std::str::from_utf8(&content) else { return Mark::Unknown };
        if text == UNOPENED {
            return Mark::Unopened;
        }
        let begun = text.strip_prefix(BEGUN).and_then(|rest| Hex::parse(rest.strip_suffix('\n')?));
        begun.map_or(Mark::Unknown, Mark::Begun)
    }

    fn path(&self, survey: &Hex<32>) -> PathBuf {
        self.0.join(survey.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_moves_forward_only_and_a_missing_one_means_begun() {
        let folder = tempfile::tempdir().unwrap();
        let marks = Marks::prepare(folder.path().join("marks")).unwrap();
        let (survey, opening) = (Hex([1; 32]), Hex([2; 32]));
        assert_eq!(marks.read(&survey), Mark::Unknown);
        marks.set_unopened(&survey).unwrap();
        assert_eq!(marks.read(&survey), Mark::Unopened);
        marks.set_begun(&survey, &opening).unwrap();
        marks.set_unopened(&survey).unwrap();
        assert_eq!(marks.read(&survey), Mark::Begun(opening));
        std::fs::write(marks.path(&survey), "unopened").unwrap();
        assert_eq!(marks.read(&survey), Mark::Unknown);
    }
}
