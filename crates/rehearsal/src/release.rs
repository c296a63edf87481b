//! The end of a rehearsal: waiting for the result, and believing it only after every check.

use crate::taking_part::Reporter;
use crate::{Rehearsal, RehearsalError};
use http_client::ClientError;
use organizer::{VerifiedResult, verify_result};
use protocol::{AdmittedManifest, Bundle, Hex, Problem, ReleasedDocument, ServerKeys};
use reporter::{Counted, was_counted};
use std::time::Duration;

const PAUSE: Duration = Duration::from_millis(200);
const PATIENCE: u32 = 5 * 600;

/// Asks both servers until both have a result.
pub(crate) async fn wait_for_result(
    rehearsal: &Rehearsal,
    survey: &Hex<32>,
) -> Result<ReleasedDocument, RehearsalError> {
    for _ in 0..PATIENCE {
        if let Some(document) = there(rehearsal.data_server().release(survey).await)? {
            let other = rehearsal.computation_server().release(survey).await?;
            return if other == document { Ok(document) } else { Err(RehearsalError::ServersDiffer) };
        }
        tokio::time::sleep(PAUSE).await;
    }
    Err(RehearsalError::TooLate)
}

fn there(answer: Result<ReleasedDocument, ClientError>) -> Result<Option<ReleasedDocument>, RehearsalError> {
    match answer {
        Ok(document) => Ok(Some(document)),
        Err(ClientError::Refused(Problem::NotReleased)) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

impl Rehearsal {
    /// Everything public about a released survey, and, apart from it, the keys its two servers stand for.
    ///
    /// # Errors
    /// [`RehearsalError`], also if the survey was not released.
    pub async fn audit(&self, survey: &Hex<32>) -> Result<(Bundle, ServerKeys), RehearsalError> {
        let (data, computation) = (self.data_server(), self.computation_server());
        let keys = ServerKeys::new(data.identity().await?, computation.identity().await?);
        Ok((data.bundle(survey).await?, keys))
    }
}

/// Verifies the result, and every reporter's receipt against it.
pub(crate) fn follow(
    manifest: &AdmittedManifest,
    document: &ReleasedDocument,
    reporters: &[Reporter],
) -> Result<VerifiedResult, RehearsalError> {
    let result = verify_result(manifest, document).map_err(RehearsalError::organizer)?;
    for one in reporters {
        let counted = was_counted(one.survey(), document, one.receipt()).map_err(RehearsalError::reporter)?;
        if !matches!(counted, Counted::Yes | Counted::Ended) {
            return Err(RehearsalError::NotCounted);
        }
    }
    Ok(result)
}
