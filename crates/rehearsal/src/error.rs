//! Why a rehearsal fails. A survey that ends without a result is no failure.

use http_client::ClientError;

/// What went wrong. None of it carries anybody's pay.
#[derive(Debug, thiserror::Error)]
pub enum RehearsalError {
    /// A folder or a port.
    #[error("no folder or port for the two servers: {0}")]
    Io(#[from] std::io::Error),
    /// A server does not start.
    #[error("the {0} does not start: {1}")]
    Start(&'static str, String),
    /// No key was made.
    #[error("no key could be made")]
    Key,
    /// A message between client and server.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// A check of the organizer's.
    #[error("the organizer stops: {0}")]
    Organizer(String),
    /// A check of a reporter's.
    #[error("a reporter stops: {0}")]
    Reporter(String),
    /// No result in time.
    #[error("the servers did not publish a result in time")]
    TooLate,
    /// The two servers published different results.
    #[error("the two servers published different results")]
    ServersDiffer,
    /// A reporter's receipt is not among the counted.
    #[error("a reporter with a receipt was not counted")]
    NotCounted,
    /// A thread died.
    #[error("a part of the program stopped unexpectedly")]
    Stopped,
}

impl RehearsalError {
    pub(crate) fn organizer(refused: impl std::fmt::Display) -> Self {
        Self::Organizer(refused.to_string())
    }

    pub(crate) fn reporter(refused: impl std::fmt::Display) -> Self {
        Self::Reporter(refused.to_string())
    }
}
