//! From a link to a survey that can be relied on, and to the state that is there or begins.

use super::{Visit, link_name, state_name};
use crate::components::Trouble;
use crate::services::arrival::Arrival;
use crate::services::config::Config;
use crate::services::safe::Safe;
use client_wasm::{CheckFailure, Server, complete_link, look_at_survey, randomness};
use protocol::{Hex, Invitation, InvitationCode, LinkAddress};
use reporter::{ReporterKey, ReporterState, SurveyDistrust, UnprovenSurvey};
use std::rc::Rc;

/// What looking at a link brings.
pub(crate) enum Opened {
    /// The secret is missing: it can be typed.
    CodeNeeded,
    /// A survey to read, and the reporter's state in it.
    Survey(Rc<Visit>, Rc<ReporterState>),
}

/// Looks at a link, in the address, completed by a code, or kept since an earlier visit. Enrols nobody.
pub(crate) async fn open(
    config: &Config,
    arrival: &Arrival,
    survey: &str,
    code: Option<InvitationCode>,
) -> Result<Opened, Trouble> {
    let safe = Safe::open().await?;
    let fresh = match code {
        Some(code) => Some(complete(config, survey, code).await?),
        None => arrival.invitation(survey),
    };
    let link = match fresh {
        Some(link) => {
            // A reload finds it here, since it is no longer in the address.
            safe.put(&link_name(survey), &link.expose_link()).await?;
            link
        }
        None => match kept_link(&safe, survey).await? {
            Some(link) => link,
            None => return Ok(Opened::CodeNeeded),
        },
    };
    let survey = look_at_survey(config.data_server.clone(), &link).await.map_err(trouble_of)?;
    let state = resume(&safe, &link, &survey, config).await?;
    let data = Server::at(config.data_server.clone());
    Ok(Opened::Survey(Rc::new(Visit { safe, link, data, survey }), Rc::new(state)))
}

/// The link that a code and the address make together.
async fn complete(config: &Config, survey: &str, code: InvitationCode) -> Result<Invitation, Trouble> {
    let base = web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default();
    let survey = Hex::parse(survey).ok_or(Trouble::new("code-foreign"))?;
    match complete_link(config.data_server.clone(), LinkAddress { base, survey }, code).await {
        Err(CheckFailure::Distrust(_)) => Err(Trouble::new("code-foreign")),
        completed => completed.map_err(trouble_of),
    }
}

async fn kept_link(safe: &Safe, survey: &str) -> Result<Option<Invitation>, Trouble> {
    let link: Option<String> = safe.get(&link_name(survey)).await?;
    Ok(link.and_then(|link| Invitation::parse(&link).ok()))
}

/// The state of an earlier visit, or a fresh one, which is kept once something is to be sent.
async fn resume(
    safe: &Safe,
    link: &Invitation,
    survey: &UnprovenSurvey,
    config: &Config,
) -> Result<ReporterState, Trouble> {
    let kept: Option<ReporterState> = safe.get(&state_name(link)).await?;
    if let Some(state) = kept {
        let state = state.admit().map_err(|_| Trouble::new("state"))?;
        let ours = state.fingerprint == *survey.manifest().fingerprint();
        return if ours { Ok(state) } else { Err(Trouble::new("state")) };
    }
    let key = ReporterKey::generate(&mut randomness::browser());
    let computation = survey.manifest().manifest().computation_server.url.clone();
    let servers = [config.data_server.to_string(), computation];
    Ok(ReporterState::new(link.survey, link.fingerprint, servers, &key))
}

pub(super) fn trouble_of(failure: CheckFailure) -> Trouble {
    match failure {
        CheckFailure::Server(failure) => failure.into(),
        CheckFailure::Worker(failure) => failure.into(),
        CheckFailure::Distrust(SurveyDistrust::ServersDiffer) => Trouble::new("servers-differ"),
        CheckFailure::Distrust(SurveyDistrust::OtherSurvey) => Trouble::new("other-survey"),
        CheckFailure::Distrust(distrust) => Trouble::in_words("survey-untrusted", &distrust),
    }
}
