//! One process per database: a lock file beside it.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use crate::StoreError;

/// Holds the database for this handle until dropped; the kernel lets go of it
/// when the process dies, however it dies.
#[derive(Debug)]
pub(crate) struct Lock(#[expect(dead_code, reason = "held for its lock")] File);

impl Lock {
    /// Takes `<path>.lock`, or says that somebody else has it.
    pub(crate) fn take(path: &Path) -> Result<Self, StoreError> {
        let file = open_private(&beside(path, ".lock")).map_err(|_| StoreError::CannotOpen)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(StoreError::AlreadyOpen),
            Err(TryLockError::Error(_)) => Err(StoreError::CannotOpen),
        }
    }
}

/// Makes the database file readable by its owner alone before SQLite opens it;
/// its write-ahead log takes over the same mode.
pub(crate) fn prepare_file(path: &Path) -> Result<(), StoreError> {
    open_private(path).map(drop).map_err(|_| StoreError::CannotOpen)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn open_private(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
