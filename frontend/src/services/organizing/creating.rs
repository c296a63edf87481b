//! From a plan to a survey with a key, which nobody is invited to yet.

use super::{Desk, verified_key};
use crate::components::Trouble;
use crate::services::clock;
use crate::state::plan_form::PlanForm;
use client_wasm::{Server, ServerFailure, randomness};
use gloo_timers::future::TimeoutFuture;
use organizer::{CheckedDraft, DraftDistrust, OrganizerState, SurveyPlan};
use protocol::{Draft, Problem, ServerUrl};

/// How often a key is asked for that is still being made, and for how long: the texts say five minutes.
const PAUSE_MS: u32 = 3_000;
const PATIENCE: u32 = 100;

/// Asks for a key, checks whose it is, draws the organizer's key, and keeps everything. Brings the survey's id.
pub(crate) async fn create(desk: &Desk, plan: SurveyPlan, key_bits: u32) -> Result<String, Trouble> {
    let data = desk.data();
    let draft = draft(&data, key_bits).await?;
    let url = ServerUrl::parse(&draft.computation_server_url).map_err(|_| Trouble::new("url"))?;
    let computation = Server::at(url);
    let (one, two) = (data.identity().await?, computation.identity().await?);
    let draft = CheckedDraft::check(draft, &one, &two)
        .map_err(|distrust: DraftDistrust| Trouble::in_words("draft-untrusted", &distrust))?;
    let state = OrganizerState::new(plan, &draft, &mut randomness::browser());
    let verified = verified_key(&state.draft).await?;
    let checked = state.check_plan_with(clock::now_s(), verified);
    checked.map_err(|refusal| Trouble::in_words("plan", &refusal))?;
    desk.keep(&state).await?;
    Ok(state.survey().to_string())
}

/// A draft, as soon as there is a key for it: servers make keys ahead, and take seconds to minutes for each.
async fn draft(data: &Server, key_bits: u32) -> Result<Draft, Trouble> {
    for _ in 0..PATIENCE {
        match data.draft(key_bits).await {
            Err(ServerFailure::Refused(Problem::KeyPoolEmpty)) => TimeoutFuture::new(PAUSE_MS).await,
            answer => return Ok(answer?),
        }
    }
    Err(Trouble::from(ServerFailure::Refused(Problem::KeyPoolEmpty)).passing())
}

const FORM: &str = "form";

impl Desk {
    /// Keeps a survey that is being written, so that a closed tab costs nothing. It holds nobody's pay.
    pub(crate) async fn keep_form(&self, form: &PlanForm) -> Result<(), Trouble> {
        self.safe.put(FORM, form).await
    }

    /// The survey that was being written, if there is one.
    pub(crate) async fn kept_form(&self) -> Result<Option<PlanForm>, Trouble> {
        self.safe.get(FORM).await
    }

    /// Forgets it.
    pub(crate) async fn forget_form(&self) -> Result<(), Trouble> {
        self.safe.remove(FORM).await
    }
}
