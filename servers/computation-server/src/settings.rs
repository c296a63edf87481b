//! How a server is set up.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use kit::RateLimit;
use paillier::KeyBits;
use paillier_keys::SecretKey;
use protocol::VerifyingKey;
use survey::Thresholds;

use crate::at_rest::AtRestKey;
use crate::store::StoreError;

/// Minimum numbers of this server's own: surveys below are not opened.
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
    fn default() -> Self {
        Self {
            min_reporters: Thresholds::FLOOR_REPORTERS,
            min_cell_reporters: Thresholds::FLOOR_CELL_REPORTERS,
            min_cell_employees: Thresholds::FLOOR_CELL_EMPLOYEES,
        }
    }
}

/// Everything [`start`](crate::start) needs but the socket and the clock.
#[derive(Debug)]
pub struct Settings {
    /// Where clients reach this server; no trailing slash.
    pub public_url: String,
    /// The data folder.
    pub data: PathBuf,
    /// The folder of the marks: outside the data folder and outside its backups.
    pub marks: PathBuf,
    /// Encrypts the secrets in the data folder.
    pub at_rest_key: AtRestKey,
    /// Whether a missing identity is made; otherwise the server does not start without one.
    pub create_missing_keys: bool,
    /// Who runs this server, in words.
    pub operator: String,
    /// The data server's signing key.
    pub peer: VerifyingKey,
    /// How many keys of each length to keep ready.
    pub pool: BTreeMap<KeyBits, u32>,
    /// Keys made elsewhere, put into the pool at the start: for rehearsals and tests.
    pub pool_seed: Vec<SecretKey>,
    /// Minimum numbers.
    pub floors: Floors,
    /// The shortest key a survey may have.
    pub min_key_bits: KeyBits,
    /// Pages that may call this server.
    pub allowed_origins: Vec<String>,
    /// Requests per address; the data server is one address.
    pub rate_limit: Option<RateLimit>,
}

impl Settings {
    /// Settings with the defaults where there are any: no key is made ahead.
    #[must_use]
    pub fn new(
        data: PathBuf,
        marks: PathBuf,
        at_rest_key: AtRestKey,
        public_url: String,
        operator: String,
        peer: VerifyingKey,
    ) -> Self {
        Self {
            public_url,
            data,
            marks,
            at_rest_key,
            create_missing_keys: false,
            operator,
            peer,
            pool: BTreeMap::new(),
            pool_seed: Vec::new(),
            floors: Floors::default(),
            min_key_bits: KeyBits::B2048,
            allowed_origins: Vec::new(),
            rate_limit: Some(RateLimit { per_second: 1000, burst: 10_000, proxies: 0 }),
        }
    }
}

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartRefusal {
    /// A folder or a socket cannot be used.
    #[error("a folder or the socket cannot be used: {0}")]
    Io(#[from] io::Error),
    /// The database cannot be used.
    #[error("the database cannot be used: {0}")]
    Store(#[from] StoreError),
    /// A restored data folder would bring its marks back too.
    #[error("the folder of the marks must not lie inside the data folder")]
    MarksInsideData,
    /// Whoever copies the data folder would have the key too.
    #[error("the key at rest must not lie inside the data folder")]
    KeyInsideData,
    /// There is no identity yet.
    #[error("there is no identity yet: make one first, or allow missing keys to be made")]
    NoIdentity,
    /// The identity does not open under this key at rest.
    #[error("the identity cannot be opened with this key at rest, or is damaged")]
    Identity,
    /// A stored or given secret cannot be used.
    #[error("a key for the pool cannot be used")]
    PoolSeed,
}

/// Whether `path`, which need not be there yet, lies in `folder` once both are resolved.
pub(crate) fn lies_inside(path: &Path, folder: &Path) -> io::Result<bool> {
    Ok(resolved(path)?.starts_with(resolved(folder)?))
}

/// The real path of the part that is there, and the rest behind it.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(path)?;
    for ancestor in absolute.ancestors() {
        if let Ok(real) = fs::canonicalize(ancestor) {
            let rest = absolute.strip_prefix(ancestor).unwrap_or(Path::new(""));
            return Ok(real.join(rest));
        }
    }
    Ok(absolute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_inside_also_through_links_and_before_it_is_made() {
        let home = tempfile::tempdir().unwrap();
        let data = home.path().join("data");
        fs::create_dir(&data).unwrap();
        assert!(lies_inside(&data.join("x/key"), &data).unwrap());
        assert!(lies_inside(&data, &data).unwrap());
        assert!(!lies_inside(&home.path().join("data-2"), &data).unwrap());
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&data, home.path().join("link")).unwrap();
            assert!(lies_inside(&home.path().join("link/marks"), &data).unwrap());
        }
    }
}
