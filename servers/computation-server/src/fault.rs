//! Why a service does not do what it was asked: always a row of the protocol's table.

use kit::Refusal;
use protocol::{Hex, Problem};
use serde::de::DeserializeOwned;
use sqlite::StoreError;

/// After how many seconds to ask for a key again.
const KEY_WAIT_S: u64 = 60;

/// A refusal. Failures of our own are written to the log where they become one, without any value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault(pub(crate) Problem);

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "store");
        Self(Problem::Internal)
    }
}

impl From<tokio::task::JoinError> for Fault {
    fn from(_: tokio::task::JoinError) -> Self {
        Self::internal("a computation was stopped")
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        let refusal = Self::from(fault.0);
        if fault.0 == Problem::KeyPoolEmpty { refusal.retry_after(KEY_WAIT_S) } else { refusal }
    }
}

impl Fault {
    /// A failure of this server's own; `what` is a fixed text.
    pub(crate) fn internal(what: &'static str) -> Self {
        tracing::error!(what, "internal");
        Self(Problem::Internal)
    }
}

/// Reads a document, in any spelling.
pub(crate) fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Fault> {
    serde_json::from_slice(body).map_err(|_| Problem::MalformedRequest.into())
}

/// Reads a document that this server stored.
pub(crate) fn parse_stored<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Fault> {
    serde_json::from_slice(bytes).map_err(|_| Fault::internal("a stored document cannot be read"))
}

/// Reads the survey's id out of an address.
pub(crate) fn survey_id(segment: &str) -> Result<Hex<32>, Fault> {
    Hex::parse(segment).ok_or(Fault(Problem::UnknownSurvey))
}
