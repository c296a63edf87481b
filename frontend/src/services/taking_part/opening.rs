//! From a link to a survey that can be relied on, and to the state that is there or begins.

use super::{Session, Visit, link_name, state_name};
use crate::components::Trouble;
use crate::services::arrival::Arrival;
use crate::services::config::Config;
use crate::services::safe::Safe;
use client_wasm::{CheckFailure, Server, Shown, complete_link, randomness};
use gloo_timers::future::TimeoutFuture;
use protocol::{CodeRefusal, Hex, Invitation, InvitationCode, LinkAddress};
use reporter::{ReporterKey, ReporterState, SurveyDistrust, UnprovenSurvey};
use std::rc::Rc;

/// What looking at a link brings to somebody who is to read first.
pub(crate) enum Found {
    /// The secret is missing: it can be typed.
    CodeNeeded,
    /// There is a state already: it was read, and begun.
    Begun,
    /// A survey to read.
    Survey(Rc<Visit>),
}

/// What looking at a link brings to somebody who takes part.
pub(crate) enum Opened {
    /// The secret is missing: it can be typed.
    CodeNeeded,
    /// A survey, and the reporter's state in it.
    Survey(Rc<Visit>, Rc<ReporterState>),
}

/// Looks at a link, in the address, completed by a code, or kept since an earlier visit. Enrols nobody, and asks no
/// server where something was begun.
pub(crate) async fn look(
    config: &Config,
    arrival: &Arrival,
    survey: &str,
    code: Option<InvitationCode>,
) -> Result<Found, Trouble> {
    let safe = Safe::open().await?;
    let Some(link) = find_link(&safe, config, arrival, survey, code).await? else {
        return Ok(Found::CodeNeeded);
    };
    if !safe.names(&state_name(&link)).await?.is_empty() {
        return Ok(Found::Begun);
    }
    visit(safe, link, config).await.map(|visit| Found::Survey(Rc::new(visit)))
}

/// The same, and then fetches the state of an earlier visit or begins one.
pub(crate) async fn open(
    config: &Config,
    arrival: &Arrival,
    survey: &str,
    code: Option<InvitationCode>,
) -> Result<Opened, Trouble> {
    let safe = Safe::open().await?;
    let Some(link) = find_link(&safe, config, arrival, survey, code).await? else {
        return Ok(Opened::CodeNeeded);
    };
    let visit = visit(safe, link, config).await?;
    let state = resume(&visit, config).await?;
    Ok(Opened::Survey(Rc::new(visit), Rc::new(state)))
}

/// Goes on with what was read in the page's other program and handed over by [`Visit::hand_over`]: it is checked once
/// more, all but the survey's key, for which the other program's worker stands.
pub(crate) async fn go_on(
    config: &Config,
    survey: &str,
    read: &str,
) -> Result<(Rc<Visit>, Rc<ReporterState>, Rc<Session>), Trouble> {
    const DIGITS: usize = 64;
    let safe = Safe::open().await?;
    let link = kept_link(&safe, survey).await?.ok_or(Trouble::new("state"))?;
    let (finding, shown) = read.split_at_checked(DIGITS).ok_or(Trouble::new("parts-differ"))?;
    let (finding, shown) =
        Hex::parse(finding).zip(Shown::take_over(shown)).ok_or(Trouble::new("parts-differ"))?;
    let visit = visit_to(safe, link, shown, config).await?;
    let state = resume(&visit, config).await?;
    let session = visit.prove_by(&finding)?;
    Ok((Rc::new(visit), Rc::new(state), session))
}

/// The link, which a reload finds in the safe since it is no longer in the address.
async fn find_link(
    safe: &Safe,
    config: &Config,
    arrival: &Arrival,
    survey: &str,
    code: Option<InvitationCode>,
) -> Result<Option<Invitation>, Trouble> {
    let fresh = match code {
        Some(code) => Some(complete(config, survey, code).await?),
        None => arrival.invitation(survey),
    };
    let Some(link) = fresh else { return kept_link(safe, survey).await };
    safe.put(&link_name(survey), &link.expose_link()).await?;
    Ok(Some(link))
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

async fn visit(safe: Safe, link: Invitation, config: &Config) -> Result<Visit, Trouble> {
    let shown = Shown::fetch(config.data_server.clone(), &link).await?;
    visit_to(safe, link, shown, config).await
}

/// What was shown is read before this, checked in it and drawn after it: three tasks of the page's, as one of all three
/// would keep it from answering.
async fn visit_to(safe: Safe, link: Invitation, shown: Shown, config: &Config) -> Result<Visit, Trouble> {
    TimeoutFuture::new(0).await;
    let survey = shown.check(&link).map_err(|distrust| distrusted(&distrust))?;
    TimeoutFuture::new(0).await;
    Ok(Visit { safe, link, data: Server::at(config.data_server.clone()), shown, survey })
}

/// The state of an earlier visit, or a fresh one, which is kept once something is to be sent.
async fn resume(visit: &Visit, config: &Config) -> Result<ReporterState, Trouble> {
    let (link, survey): (&Invitation, &UnprovenSurvey) = (&visit.link, &visit.survey);
    let kept: Option<ReporterState> = visit.safe.get(&state_name(link)).await?;
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
        CheckFailure::Distrust(distrust) => distrusted(&distrust),
    }
}

pub(super) fn distrusted(distrust: &SurveyDistrust) -> Trouble {
    match distrust {
        SurveyDistrust::ServersDiffer => Trouble::new("servers-differ"),
        SurveyDistrust::OtherSurvey => Trouble::new("other-survey"),
        distrust => Trouble::in_words("survey-untrusted", distrust),
    }
}

/// What is wrong with a code that was typed.
pub(crate) fn mistyped(refusal: CodeRefusal) -> Trouble {
    match refusal {
        CodeRefusal::Length(typed) => Trouble::about("code-length", typed),
        CodeRefusal::Character(group) | CodeRefusal::Group(group) => Trouble::about("code-group", group),
        CodeRefusal::NotACode => Trouble::new("code-foreign"),
    }
}
