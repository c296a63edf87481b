//! From a plan to a survey with a key, which nobody is invited to yet.

use super::Desk;
use crate::components::Trouble;
use crate::services::clock;
use client_wasm::{Server, randomness};
use organizer::{CheckedDraft, DraftDistrust, OrganizerState, SurveyPlan};
use protocol::ServerUrl;

/// Asks for a key, checks whose it is, draws the organizer's key, and keeps everything. Brings the survey's id.
pub(crate) async fn create(desk: &Desk, plan: SurveyPlan, key_bits: u32) -> Result<String, Trouble> {
    let data = desk.data();
    let draft = data.draft(key_bits).await?;
    let url = ServerUrl::parse(&draft.computation_server_url).map_err(|_| Trouble::new("url"))?;
    let computation = Server::at(url);
    let (one, two) = (data.identity().await?, computation.identity().await?);
    let draft = CheckedDraft::check(draft, &one, &two)
        .map_err(|distrust: DraftDistrust| Trouble::in_words("draft-untrusted", &distrust))?;
    let state = OrganizerState::new(plan, &draft, &mut randomness::browser());
    state.check_plan(clock::now_s()).map_err(|refusal| Trouble::in_words("plan", &refusal))?;
    desk.keep(&state).await?;
    Ok(state.survey().to_string())
}
