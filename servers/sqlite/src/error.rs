//! What can go wrong in a store, without a single value from it.

/// Why a store did not do what it was asked.
///
/// Carries no statement, no value and no path, so it may be logged as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Another process (or another handle in this one) has the database open.
    #[error("the database is already open elsewhere")]
    AlreadyOpen,
    /// The file or its folder cannot be created, read or locked.
    #[error("the database file cannot be opened")]
    CannotOpen,
    /// The schema could not be brought up to date, or is newer than this program.
    #[error("the database's schema does not fit this program")]
    Migration,
    /// A row breaks a constraint: unique, foreign key, check or not null.
    #[error("a constraint of the database refused the change")]
    Constraint,
    /// One row was asked for and none is there.
    #[error("no such row")]
    NoSuchRow,
    /// A stored value does not have the form the program expects.
    #[error("a stored value is malformed")]
    Malformed,
    /// The group's commit failed. Whether the change reached the disk must be
    /// read back before it is tried again.
    #[error("the change was not confirmed by the disk")]
    NotCommitted,
    /// A job panicked; its changes are undone.
    #[error("a job of the store failed")]
    JobFailed,
    /// The database has been closed.
    #[error("the database is closed")]
    Closed,
    /// Anything else: disk full, input or output failed, a wrong statement.
    #[error("the database did not carry out the statement")]
    Unavailable,
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::error::ErrorKind;
        match error {
            sqlx::Error::RowNotFound => Self::NoSuchRow,
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => Self::Malformed,
            sqlx::Error::PoolClosed => Self::Closed,
            sqlx::Error::Database(refusal) => match refusal.kind() {
                ErrorKind::Other => Self::Unavailable,
                _ => Self::Constraint,
            },
            _ => Self::Unavailable,
        }
    }
}
