//! Opening, inviting, closing, releasing: every message is kept before it is sent, and the same message again
//! does no harm.

use super::{Desk, verified_key};
use crate::components::Trouble;
use crate::services::clock;
use client_wasm::{Server, ServerFailure, randomness};
use gloo_timers::future::TimeoutFuture;
use organizer::{OrganizerState, VerifiedResult, verify_result};
use protocol::{
    AdmittedManifest, OrderKind, Problem, ReleasedDocument, ServerUrl, SurveyState, SurveyStatus, VerifiedKey,
};

/// How long to wait before it is asked again whether a result is there: at first, and at most.
const PAUSE_MS: u32 = 1_000;
const LONGEST_PAUSE_MS: u32 = 5_000;

/// What came of a survey, verified.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// What it was.
    pub(crate) manifest: AdmittedManifest,
    /// What came of it.
    pub(crate) result: VerifiedResult,
}

impl Desk {
    /// Opens a survey to these people. After a lost answer the same request goes out again.
    pub(crate) async fn open(&self, survey: &str, labels: &[String], base: &str) -> Result<(), Trouble> {
        let _alone = self.alone(survey).await;
        let mut state = self.state(survey).await?;
        if state.request.is_none() {
            let verified = verified_key(&state.draft).await?;
            let opened = state.open_with(labels, base, clock::now_s(), verified, &mut randomness::browser());
            opened.map_err(|refusal| Trouble::in_words("opening", &refusal))?;
            self.keep(&state).await?;
        }
        if let (Some(request), None) = (&state.request, &state.opened) {
            let document = self.data().open(request).await?;
            state
                .accept_opened(document)
                .map_err(|refusal| Trouble::in_words("opened-untrusted", &refusal))?;
            self.keep(&state).await?;
        }
        self.tell_labels(&state).await
    }

    async fn tell_labels(&self, state: &OrganizerState) -> Result<(), Trouble> {
        Ok(self.data().labels(&state.survey(), &state.labels()).await?)
    }

    /// Invites more people.
    pub(crate) async fn invite(&self, survey: &str, labels: &[String], base: &str) -> Result<(), Trouble> {
        let _alone = self.alone(survey).await;
        let mut state = self.send_pending(self.state(survey).await?).await?;
        let labels = &not_invited(&state, &self.status(&state).await?, labels);
        if labels.is_empty() {
            return self.tell_labels(&state).await;
        }
        let before = state.clone();
        state
            .invite(labels, base, &mut randomness::browser())
            .map_err(|refusal| Trouble::in_words("opening", &refusal))?;
        self.keep(&state).await?;
        let sent = self.send_pending(state).await;
        if sent.is_err() && self.state(survey).await?.pending.is_none() {
            // Refused for good: these links would lead nowhere.
            self.keep(&before).await?;
        }
        self.tell_labels(&sent?).await
    }

    /// Who was invited, has begun, has submitted.
    pub(crate) async fn status(&self, state: &OrganizerState) -> Result<SurveyStatus, Trouble> {
        Ok(self.data().status(&state.survey()).await?)
    }

    /// Closes for good, and has the total opened.
    pub(crate) async fn close(&self, survey: &str) -> Result<(), Trouble> {
        let _alone = self.alone(survey).await;
        let mut state = self.send_pending(self.state(survey).await?).await?;
        if self.status(&state).await?.state == SurveyState::Open {
            state = self.order(state, OrderKind::Close {}).await?;
        }
        if self.status(&state).await?.state == SurveyState::Closed {
            self.order(state, OrderKind::Release {}).await?;
        }
        Ok(())
    }

    async fn order(&self, mut state: OrganizerState, kind: OrderKind) -> Result<OrganizerState, Trouble> {
        state.order(kind).map_err(|refusal| Trouble::in_words("opening", &refusal))?;
        self.keep(&state).await?;
        self.send_pending(state).await
    }

    /// Sends what an earlier visit made and has no answer to.
    async fn send_pending(&self, mut state: OrganizerState) -> Result<OrganizerState, Trouble> {
        let Some(order) = state.pending.clone() else { return Ok(state) };
        let survey = state.survey();
        let mut sent = self.data().order(&survey, &order).await;
        if sent.as_ref().is_err_and(|failure| failure.problem() == Some(Problem::OrderOutOfSequence)) {
            state.renumber(self.data().status(&survey).await?.next_sequence);
            self.keep(&state).await?;
            let Some(order) = state.pending.clone() else { return Ok(state) };
            sent = self.data().order(&survey, &order).await;
        }
        match sent {
            Ok(()) => state.acknowledged(),
            Err(failure) => {
                if is_final(&failure) {
                    // Never to be taken: it must not stand in the way of other orders.
                    state.pending = None;
                    self.keep(&state).await?;
                }
                return Err(failure.into());
            }
        }
        self.keep(&state).await?;
        Ok(state)
    }

    /// Waits until there is a result. The status says so; asking for a result that is not there would be refused, and
    /// browsers write every refusal on their console.
    async fn release_is_there(&self, state: &OrganizerState) -> Result<(), Trouble> {
        let mut pause_ms = PAUSE_MS;
        while !matches!(self.status(state).await?.state, SurveyState::Released | SurveyState::Ended) {
            TimeoutFuture::new(pause_ms).await;
            pause_ms = (pause_ms + pause_ms / 2).min(LONGEST_PAUSE_MS);
        }
        Ok(())
    }

    /// Waits for the result, and verifies it: both servers must show the same.
    pub(crate) async fn outcome(&self, state: &OrganizerState) -> Result<Outcome, Trouble> {
        self.release_is_there(state).await?;
        let released = self.data().release(&state.survey()).await?;
        let url = ServerUrl::parse(&state.draft.computation_server_url).map_err(|_| Trouble::new("url"))?;
        if Server::at(url).release(&state.survey()).await? != released {
            return Err(Trouble::new("results-differ"));
        }
        verified(state, &released, verified_key(&state.draft).await?)
    }
}

/// Those whom no earlier try has invited: after one that broke off, the data server does not know their labels yet.
/// Whoever it does know is refused as invited before.
fn not_invited(state: &OrganizerState, status: &SurveyStatus, labels: &[String]) -> Vec<String> {
    let told = |label: &str| status.invitations.iter().any(|entry| entry.label == label);
    let broke_off =
        |label: &str| !told(label) && state.invitations.iter().any(|record| record.label == label);
    labels.iter().filter(|label| !broke_off(label)).cloned().collect()
}

/// Whether the server read the message and will never take it. Whatever else failed may have reached it.
fn is_final(failure: &ServerFailure) -> bool {
    let named = failure.problem().is_some_and(|problem| problem != Problem::SignInRequired);
    named && !failure.is_passing()
}

fn verified(
    state: &OrganizerState,
    released: &ReleasedDocument,
    key: VerifiedKey,
) -> Result<Outcome, Trouble> {
    let request = state.request.as_ref().ok_or(Trouble::new("no-organizer-key"))?;
    let manifest = request.manifest.clone().admit_with(key);
    let manifest = manifest.map_err(|refusal| Trouble::in_words("result-untrusted", &refusal))?;
    let result = verify_result(&manifest, released);
    let result = result.map_err(|distrust| Trouble::in_words("result-untrusted", &distrust))?;
    Ok(Outcome { manifest, result })
}
