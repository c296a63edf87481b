//! What can go wrong between a page and a server.

use protocol::{Problem, UrlRefusal};

/// Why a message was not answered as asked. Holds nothing of what was sent or answered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ServerFailure {
    /// The server refused, and says why.
    #[error("{0}")]
    Refused(Problem),
    /// The server, or something in between, refused without a problem of ours.
    #[error("{host} answered with status {status}, which says nothing more. Try again later.")]
    Status {
        /// The server's host.
        host: String,
        /// The status.
        status: u16,
    },
    /// No connection, it broke, the browser forbids it, or no answer came in time: browsers do not tell
    /// pages which.
    #[error("{host} cannot be reached. Check the network, then try again; nothing is lost.")]
    Unreachable {
        /// The server's host.
        host: String,
    },
    /// An answer that is none of the protocol's.
    #[error("{host} answered something that is not of this protocol. Check the address.")]
    Malformed {
        /// The server's host.
        host: String,
    },
    /// An address that is not spoken to.
    #[error(transparent)]
    Url(#[from] UrlRefusal),
}

impl ServerFailure {
    /// Whether the same message may succeed later without anything being changed.
    #[must_use]
    pub const fn is_passing(&self) -> bool {
        match self {
            Self::Refused(problem) => {
                matches!(problem, Problem::PeerUnavailable | Problem::TooManyRequests | Problem::Internal)
            }
            Self::Status { status, .. } => matches!(status, 429 | 502 | 503 | 504),
            Self::Unreachable { .. } => true,
            Self::Malformed { .. } | Self::Url(_) => false,
        }
    }

    /// The problem, if a server named one.
    #[must_use]
    pub const fn problem(&self) -> Option<Problem> {
        match self {
            Self::Refused(problem) => Some(*problem),
            _ => None,
        }
    }
}
