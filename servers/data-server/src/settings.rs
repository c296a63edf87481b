//! How a data server is run.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use protocol::{Hex, Identity};
use zeroize::Zeroizing;

/// Everything [`crate::start`] wants to know.
#[derive(Clone)]
pub struct Settings {
    /// Who runs this server, in words.
    pub operator: String,
    /// Where clients reach it; no trailing slash.
    pub public_url: String,
    /// The folder of its database and identity.
    pub data: PathBuf,
    /// The folder of the marks that say which survey's opening has begun: outside `data` and its backups.
    pub marks: PathBuf,
    /// Encrypts secrets at rest; lies outside `data`.
    pub at_rest_key: Zeroizing<[u8; 32]>,
    /// The organizer's token; written at the first start if it is missing.
    pub sign_in_file: PathBuf,
    /// The computation server.
    pub peer: PeerSettings,
    /// Minimum numbers below which no survey opens here.
    pub floors: Floors,
    /// The largest submission that a survey may allow.
    pub max_submission_bytes: usize,
    /// How often what is unfinished is tried again.
    pub retry_every: Duration,
    /// Limits of the HTTP server.
    pub http: kit::Settings,
}

/// The computation server, as configured.
#[derive(Clone, Debug)]
pub struct PeerSettings {
    /// Where this server reaches it; no trailing slash.
    pub url: String,
    /// Where clients reach it, if elsewhere.
    pub public_url: Option<String>,
    /// Its pinned signing key.
    pub signing_key: Hex<32>,
    /// Its identity, if it was handed over; otherwise it is fetched and compared with the pinned key.
    pub identity: Option<Identity>,
}

/// Minimum numbers that this server insists on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Floors {
    /// Of counted reporters.
    pub min_reporters: u32,
    /// Of reporters in a published cell.
    pub min_cell_reporters: u32,
    /// Of employees in a published cell.
    pub min_cell_employees: u32,
}

impl Default for Floors {
    /// The protocol's own.
    fn default() -> Self {
        Self { min_reporters: 3, min_cell_reporters: 3, min_cell_employees: 6 }
    }
}

impl Settings {
    /// The submission size that servers allow unless told otherwise.
    pub const MAX_SUBMISSION_BYTES: usize = 64 * 1024 * 1024;
    /// How often what is unfinished is tried again, unless told otherwise.
    pub const RETRY_EVERY: Duration = Duration::from_secs(3);

    /// The database file.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.data.join("data-server.sqlite")
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("public_url", &self.public_url).finish_non_exhaustive()
    }
}
