//! How connections are set up: what is durable, and what is enforced.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};

/// How long a connection waits for another one's lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The writer's connection: a `COMMIT` returns after the write-ahead log is on disk.
pub(crate) fn writer(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        // What is deleted is overwritten, so that a copy of the file does not hold it.
        .pragma("secure_delete", "ON")
}

/// A reader's connection: it cannot change anything.
pub(crate) fn reader(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(path).read_only(true).foreign_keys(true).busy_timeout(BUSY_TIMEOUT)
}
