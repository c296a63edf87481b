//! What is sent, and kept before it is sent: enrolment, submissions, withdrawals.

use super::Session;
use crate::components::Trouble;
use crate::services::workers::WORKER;
use client_wasm::{Pool, PrepareFailure, Progress, prepare, usual_workers};
use protocol::{Hex, HexBytes, Kind, SurveyState};
use reporter::{CheckedReceipt, Counted, Enrolling, Participant, Pending, ReporterState, was_counted};
use std::rc::Rc;
use survey::Record;

impl Session {
    /// Binds the reporter's key to the invitation. The same again gets the same answer.
    pub(crate) async fn enrol(&self, state: &ReporterState) -> Result<Rc<ReporterState>, Trouble> {
        // The key first: after the answer no other key would ever be taken.
        self.keep(state).await?;
        let enrolling = Enrolling::begin(self.survey.clone(), &self.link, state.key());
        let answer = self.data.enrol(&self.id(), enrolling.request()).await?;
        enrolling.confirm(&answer).map_err(|_| Trouble::new("enrolment-untrusted"))?;
        let mut state = state.clone();
        state.enrolled = Some(answer);
        self.keep(&state).await?;
        Ok(Rc::new(state))
    }

    /// Workers that get ready while the person still reads.
    pub(crate) fn workers(&self) -> Result<Pool, Trouble> {
        Ok(Pool::start(WORKER, &self.survey, usual_workers())?)
    }

    /// Seals records as the next version. What comes back is kept, with its bytes, and not sent yet.
    pub(crate) async fn seal(
        &self,
        state: &ReporterState,
        (records, source): (&[Record], Hex<32>),
        pool: Pool,
        on_progress: impl FnMut(Progress),
    ) -> Result<Rc<ReporterState>, Trouble> {
        let mut prepared = prepare(WORKER, &self.survey, records, state.next_version()).await?;
        let outputs = pool.seal(prepared.take_jobs(), on_progress).await?;
        let sealed = prepared.seal(&state.key(), outputs).await?;
        let pending = Pending {
            statement: HexBytes(sealed.statement.to_bytes()),
            file: Some(self.sealed_name()),
            sha256: Some(sealed.sha256),
            source: Some(source),
        };
        self.safe.put_bytes(&self.sealed_name(), &sealed.bytes).await?;
        let mut state = state.clone();
        state.pending = Some(pending);
        self.keep(&state).await?;
        Ok(Rc::new(state))
    }

    /// Makes a withdrawal of everything that was reported; kept, not sent yet.
    pub(crate) async fn withdrawal(&self, state: &ReporterState) -> Result<Rc<ReporterState>, Trouble> {
        // A version that waits may have reached the server, so its number counts as used.
        let waiting = state.pending.as_ref().and_then(|pending| pending.statement().ok());
        let used = waiting.map_or(0, |waiting| waiting.statement.version).max(state.acknowledged);
        let participant = Participant::resume(self.survey.clone(), state.key());
        let statement = participant.withdrawal(used.saturating_add(1));
        let statement = HexBytes(statement.to_bytes());
        let pending = Pending { statement, file: None, sha256: None, source: None };
        let mut state = state.clone();
        state.pending = Some(pending);
        self.keep(&state).await?;
        Ok(Rc::new(state))
    }

    /// Sends what waits, the same bytes however often, and keeps the receipt.
    pub(crate) async fn send(&self, state: &ReporterState) -> Result<Rc<ReporterState>, Trouble> {
        let pending = state.pending.as_ref().ok_or(Trouble::new("state"))?;
        let signed = pending.statement().map_err(|_| Trouble::new("state"))?;
        let receipt = match signed.statement.kind {
            Kind::Withdrawal => self.data.withdraw(&self.id(), &signed).await?,
            Kind::Submission => {
                let bytes = self.safe.get_bytes(&self.sealed_name()).await?;
                let bytes = bytes.ok_or(Trouble::new("state"))?;
                self.data.submit(&self.id(), &signed.statement, &bytes).await?
            }
        };
        let receipt = CheckedReceipt::accept(&self.survey, signed, receipt)
            .map_err(|_| Trouble::new("receipt-untrusted"))?;
        let mut state = state.clone();
        state.acknowledge(&receipt);
        self.keep(&state).await?;
        // Only now: until the receipt is kept these bytes may have to be sent again.
        self.safe.remove(&self.sealed_name()).await?;
        Ok(Rc::new(state))
    }

    /// Gives up what waits: it was refused for good, or the person wants another file.
    pub(crate) async fn give_up(&self, state: &ReporterState) -> Result<Rc<ReporterState>, Trouble> {
        let mut state = state.clone();
        state.pending = None;
        self.keep(&state).await?;
        self.safe.remove(&self.sealed_name()).await?;
        Ok(Rc::new(state))
    }

    /// The last receipt.
    pub(crate) fn receipt(&self, state: &ReporterState) -> Option<CheckedReceipt> {
        state.receipts.last().and_then(|kept| CheckedReceipt::restore(&self.survey, kept))
    }

    /// What became of the submission; nothing while there is no result yet.
    pub(crate) async fn counted(&self, state: &ReporterState) -> Result<Option<Counted>, Trouble> {
        let receipt = self.receipt(state).ok_or(Trouble::new("state"))?;
        // Asking for a result that is not there would be refused, and browsers write every refusal on their console.
        let state_now = self.data.survey(&self.id()).await?.state;
        if !matches!(state_now, SurveyState::Released | SurveyState::Ended) {
            return Ok(None);
        }
        let document = self.data.release(&self.id()).await?;
        let counted = was_counted(&self.survey, &document, &receipt);
        counted.map(Some).map_err(|distrust| Trouble::in_words("result-untrusted", &distrust))
    }
}

impl From<PrepareFailure> for Trouble {
    fn from(failure: PrepareFailure) -> Self {
        match failure {
            PrepareFailure::Worker(failure) => failure.into(),
            PrepareFailure::Records(refusal) => Self::in_words("records", &refusal),
        }
    }
}
