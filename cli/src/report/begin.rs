//! Before anything is sent: both servers, the survey, and the state that is there or begins.

use super::KEPT;
use super::link::Given;
use crate::args::ReportArgs;
use crate::{Failure, files, randomness};
use http_client::{ClientError, ComputationServer, DataServer, Http, ServerUrl};
use protocol::{Enrolment, Hex, Invitation, Problem, Side, SurveyState};
use reporter::{CheckedSurvey, Enrolling, Participant, ReporterKey, ReporterState, SurveyDistrust};
use std::path::PathBuf;

/// Going on under another invitation's key would replace what was reported for somebody else.
const OTHER_INVITATION: &str = "The state file belongs to another invitation. Name another with --state. It was left as \
    it is; nothing was sent.";

/// A survey that was checked, and the state of this reporter in it. Nothing was sent but questions that
/// anybody may ask.
pub(super) struct Begun {
    pub(super) link: Option<Invitation>,
    pub(super) survey: CheckedSurvey,
    pub(super) data: DataServer,
    pub(super) computation: ComputationServer,
    pub(super) path: PathBuf,
    pub(super) state: ReporterState,
}

/// Fetches and checks everything.
pub(super) async fn check(args: &ReportArgs, given: Given) -> Result<Begun, Failure> {
    let http = Http::new().map_err(|error| unsent(&error))?;
    let data = DataServer::at(&http, url(args.server.as_deref().unwrap_or(given.base()))?);
    let (link, survey, computation) = fetch(&http, &data, given, args.pin_computation_key.as_deref()).await?;
    let path = args.state.clone().unwrap_or_else(|| default_path(&link));
    let state = match files::read_state::<ReporterState>(&path)? {
        Some(state) => admit(state, &link, &survey)?,
        None => {
            let key = ReporterKey::generate(&mut randomness::system());
            let servers = [data.url().to_string(), computation.url().to_string()];
            ReporterState::new(link.survey, link.fingerprint, servers, &key)
        }
    };
    if survey.state() != SurveyState::Open && state.pending.is_none() {
        return Err(Failure::input(
            "The survey takes nothing any more. Ask the organizer. Nothing was sent.",
        ));
    }
    Ok(Begun { link: Some(link), survey, data, computation, path, state })
}

/// One file for each invitation, so that who reports for two employers in one folder keeps them apart.
fn default_path(link: &Invitation) -> PathBuf {
    let short = |hex: Hex<32>, digits| hex.to_string().chars().take(digits).collect::<String>();
    let invitation = link.secret.derive_key(&link.survey).verifying_key().to_hex();
    PathBuf::from(format!("sealedpay-{}-{}.json", short(link.survey, 12), short(invitation, 8)))
}

/// Whether both servers bound this state's key to this link's invitation.
fn is_of(state: &ReporterState, link: &Invitation, survey: &CheckedSurvey) -> bool {
    let invitation = link.secret.derive_key(&link.survey);
    let enrolment = Enrolment::sign(&link.fingerprint, &invitation, &state.key().verifying_key());
    let manifest = survey.manifest();
    state.enrolled.as_ref().is_none_or(|enrolled| {
        let servers = (manifest.data_server(), manifest.computation_server());
        enrolled.verify(&enrolment, &link.fingerprint, servers.0, servers.1).is_ok()
    })
}

fn admit(state: ReporterState, link: &Invitation, survey: &CheckedSurvey) -> Result<ReporterState, Failure> {
    let state = state.admit().map_err(|refused| {
        Failure::input(format!(
            "The state file cannot be used: {refused}. It was left as it is; nothing was sent."
        ))
    })?;
    if (state.survey, state.fingerprint) == (link.survey, link.fingerprint) {
        return if is_of(&state, link, survey) { Ok(state) } else { Err(Failure::input(OTHER_INVITATION)) };
    }
    Err(Failure::input(
        "The state file belongs to another survey. Name another with --state. It was left as it is; nothing was \
         sent.",
    ))
}

async fn fetch(
    http: &Http,
    data: &DataServer,
    given: Given,
    pin: Option<&str>,
) -> Result<(Invitation, CheckedSurvey, ComputationServer), Failure> {
    let failed = |error: ClientError| unsent(&error);
    let shown = data.survey(&given.survey()).await.map_err(failed)?;
    // Whoever shows another survey does not get to say which second server is asked.
    let link = given.complete(shown.manifest.fingerprint());
    let link = link.ok_or_else(|| Failure::distrust(SurveyDistrust::OtherSurvey))?;
    let second = ServerUrl::parse(&shown.manifest.computation_server.url)
        .map_err(|_| Failure::distrust("the survey names a second server that cannot be asked"))?;
    let first = ServerUrl::parse(&shown.manifest.data_server.url)
        .map_err(|_| Failure::distrust("the survey names a first server that cannot be asked"))?;
    let computation = ComputationServer::at(http, second);
    let other = computation.survey(&link.survey).await.map_err(failed)?;
    // The identity counts at the address that the manifest names, whatever the link says.
    let one = DataServer::at(http, first).identity().await.map_err(failed)?;
    let two = computation.identity().await.map_err(failed)?;
    if let Some(pin) = pin {
        let pinned = Hex::parse(pin.trim())
            .ok_or_else(|| Failure::input("A pinned key is 64 hexadecimal digits. Nothing was sent."))?;
        if two.signing_key != pinned {
            return Err(Failure::distrust(SurveyDistrust::ForeignKey(Side::ComputationServer)));
        }
    }
    let survey = CheckedSurvey::check(&link, shown, &other, &one, &two).map_err(Failure::distrust)?;
    Ok((link, survey, computation))
}

impl Begun {
    /// Binds the key to the invitation, unless an earlier run did.
    pub(super) async fn enrol(mut self) -> Result<Self, Failure> {
        let Some(link) = self.link.clone().filter(|_| self.state.enrolled.is_none()) else { return Ok(self) };
        // The key first: another one would never be taken.
        self.save()?;
        let enrolling = Enrolling::begin(self.survey.clone(), &link, self.state.key());
        let answer =
            self.data.enrol(&link.survey, enrolling.request()).await.map_err(|error| refused(&error))?;
        enrolling.confirm(&answer).map_err(Failure::distrust)?;
        self.state.enrolled = Some(answer);
        self.save()?;
        Ok(self)
    }

    /// The reporter, enrolled.
    pub(super) fn participant(&self) -> Participant {
        Participant::resume(self.survey.clone(), self.state.key())
    }
}

fn refused(error: &ClientError) -> Failure {
    if error.problem() == Some(Problem::AlreadyEnrolled) {
        return Failure::input(
            "Somebody has already begun with this link. If that was you, name the file that it wrote with \
             --state. If it was not, tell the organizer now. No pay was sent.",
        );
    }
    Failure::client(error, KEPT)
}

fn url(text: &str) -> Result<ServerUrl, Failure> {
    ServerUrl::parse(text).map_err(|refused| Failure::input(format!("{text}: {refused}. Nothing was sent.")))
}

fn unsent(error: &ClientError) -> Failure {
    Failure::client(error, "Nothing was sent.")
}
