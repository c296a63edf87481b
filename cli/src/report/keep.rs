//! What waits to be sent: sealed bytes in a file beside the state, so that a crash never makes a second one.

use super::begin::Begun;
use crate::{Failure, files};
use protocol::{Hex, HexBytes};
use reporter::{Pending, SealedSubmission};
use sha2::{Digest, Sha256};
use std::path::PathBuf;

impl Begun {
    /// Writes the bytes, then the state that names them.
    pub(super) fn keep_pending(&mut self, sealed: &SealedSubmission, source: Hex<32>) -> Result<(), Failure> {
        let version = sealed.statement.statement.version;
        let state_name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let file = format!("{state_name}.version-{version}.sealed");
        files::write_private(&self.path.with_file_name(&file), &sealed.bytes)?;
        self.state.pending = Some(Pending {
            statement: HexBytes(sealed.statement.to_bytes()),
            file: Some(file),
            sha256: Some(digest(&sealed.bytes)),
            source: Some(source),
        });
        self.save()
    }

    /// The bytes that wait; a damaged or missing file is never sent.
    pub(super) fn pending_bytes(&self, pending: &Pending) -> Result<Option<Vec<u8>>, Failure> {
        let Some(path) = self.pending_path(pending) else { return Ok(None) };
        let bytes = files::read_private(&path)?.filter(|bytes| Some(digest(bytes)) == pending.sha256);
        let bytes = bytes.ok_or_else(|| {
            Failure::input(format!(
                "{} is missing or damaged, and it may have reached the server. Restore it from a backup, or ask \
                 the organizer. Nothing was sent.",
                path.display()
            ))
        })?;
        Ok(Some(bytes.to_vec()))
    }

    /// Removes the bytes of what has its receipt now.
    pub(super) fn drop_pending_file(&self, pending: &Pending) {
        if let Some(path) = self.pending_path(pending) {
            // A file that stays is only in the way: it is sealed, and its version is used up.
            let _ = std::fs::remove_file(path);
        }
    }

    /// Beside the state, wherever that was moved; never anywhere else.
    fn pending_path(&self, pending: &Pending) -> Option<PathBuf> {
        let name = PathBuf::from(pending.file.as_ref()?);
        Some(self.path.with_file_name(name.file_name()?))
    }
}

fn digest(bytes: &[u8]) -> Hex<32> {
    Hex(Sha256::digest(bytes).into())
}
