//! What every request has at hand.

use std::sync::Arc;

use kit::Clock;
use protocol::{AdmittedManifest, Hex, Problem, SurveyState};
use sqlite::StoreError;
use tokio::sync::{Notify, Semaphore};
use vault::Vault;

use crate::identity::ServerKeys;
use crate::intake::Budget;
use crate::peer::Peer;
use crate::release::Halted;
use crate::store::{Store, Survey};
use crate::submissions::Proofs;
use crate::surveys::{Kept, ManifestCache};
use crate::{Randomness, Settings};

/// Submissions that are checked at the same time; each is spread over all cores.
const INTAKE: usize = 4;

/// Submissions of the largest size that are in memory at the same time.
const BODIES: usize = 2 * INTAKE;

/// One server's parts.
pub(crate) struct App {
    pub(crate) settings: Settings,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) randomness: Randomness,
    pub(crate) keys: ServerKeys,
    pub(crate) vault: Vault,
    pub(crate) peer: Peer,
    pub(crate) manifests: ManifestCache,
    /// What proofs are checked with.
    pub(crate) proofs: Arc<Proofs>,
    pub(crate) halted: Halted,
    pub(crate) intake: Semaphore,
    /// Submissions that are being read or wait to be checked.
    pub(crate) bodies: Budget,
    /// Wakes the background at once.
    pub(crate) wake: Notify,
}

/// A survey with its admitted manifest.
pub(crate) struct OpenSurvey {
    pub(crate) row: Survey,
    pub(crate) manifest: Arc<AdmittedManifest>,
    /// How large a submission to it may be.
    pub(crate) max_upload_bytes: usize,
}

impl App {
    pub(crate) fn intake() -> Semaphore {
        Semaphore::new(INTAKE)
    }

    pub(crate) fn bodies(settings: &Settings) -> Budget {
        Budget::new(settings.max_submission_bytes.saturating_mul(BODIES))
    }

    /// A survey that both servers have opened.
    pub(crate) async fn survey(&self, id: Hex<32>) -> Result<OpenSurvey, Problem> {
        let row = self.store.survey(id).await.map_err(internal)?;
        let row = row.filter(|row| row.computation_server_signature.is_some());
        let row = row.ok_or(Problem::UnknownSurvey)?;
        let Kept { manifest, max_upload_bytes } = self.manifests.admitted(&row).await?;
        Ok(OpenSurvey { row, manifest, max_upload_bytes })
    }

    pub(crate) fn now_s(&self) -> u64 {
        self.clock.now_s()
    }
}

impl OpenSurvey {
    pub(crate) fn state(&self, now_s: u64) -> SurveyState {
        self.row.state(now_s)
    }
}

/// The store's errors carry no values, so they may be logged; clients learn nothing of them.
pub(crate) fn internal(error: StoreError) -> Problem {
    tracing::error!(%error, "store");
    Problem::Internal
}

/// Runs a long calculation where it holds up nobody.
pub(crate) async fn calculate<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|_| {
        tracing::error!("a calculation failed");
        Problem::Internal
    })
}
