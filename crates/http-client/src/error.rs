//! What can go wrong between a client and a server.

use crate::UrlRefusal;
use protocol::Problem;

/// Why a message was not answered as asked. Holds nothing of what was sent or answered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClientError {
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
    /// No connection, or it broke.
    #[error("{host} cannot be reached ({why}). Check the address and the network, then try again.")]
    Unreachable {
        /// The server's host.
        host: String,
        /// Which kind of failure.
        why: &'static str,
    },
    /// An answer that is none of the protocol's, or too long.
    #[error("{host} answered something that is not of this protocol. Check the address.")]
    Malformed {
        /// The server's host.
        host: String,
    },
    /// An address that is not spoken to.
    #[error(transparent)]
    Url(#[from] UrlRefusal),
    /// This machine cannot make connections.
    #[error("this program cannot make secure connections here")]
    Setup,
}

impl ClientError {
    /// Whether the same message may succeed later without anything being changed.
    #[must_use]
    pub const fn is_passing(&self) -> bool {
        match self {
            Self::Refused(problem) => {
                matches!(problem, Problem::PeerUnavailable | Problem::TooManyRequests | Problem::Internal)
            }
            Self::Status { status, .. } => matches!(status, 429 | 502 | 503 | 504),
            Self::Unreachable { .. } => true,
            Self::Malformed { .. } | Self::Url(_) | Self::Setup => false,
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
