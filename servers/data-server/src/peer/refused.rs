//! What an answer means that is not the one hoped for.

use protocol::Problem;

/// Why the computation server did not do what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PeerFailure {
    /// Not reached, or no valid answer: ask again later.
    Unavailable,
    /// It refused, and will refuse the same again.
    Refused(Problem),
    /// It refused to talk to this server: the two are not configured for each other, or their clocks differ.
    Strange,
}

impl From<PeerFailure> for Problem {
    fn from(failure: PeerFailure) -> Self {
        match failure {
            PeerFailure::Unavailable => Self::PeerUnavailable,
            PeerFailure::Refused(problem) => problem,
            PeerFailure::Strange => Self::PeerRefused,
        }
    }
}

/// Reads a refusal.
pub(crate) fn read(body: &[u8]) -> PeerFailure {
    match Problem::read_document(body) {
        None | Some(Problem::Internal | Problem::TooManyRequests | Problem::PeerUnavailable) => {
            PeerFailure::Unavailable
        }
        Some(
            Problem::NotThePeer
            | Problem::MalformedRequest
            | Problem::NotFound
            | Problem::MethodNotAllowed
            | Problem::BodyTooLarge
            | Problem::UnknownSurvey,
        ) => PeerFailure::Strange,
        Some(problem) => PeerFailure::Refused(problem),
    }
}
