//! Takes part, on the page's behalf: asks servers and workers, and keeps in the browser's safe what must not
//! be lost, always before it is sent.

mod opening;
mod sending;

pub(crate) use opening::{Found, Opened, go_on, look, mistyped, open};

use crate::components::Trouble;
use crate::services::safe::Safe;
use crate::services::workers::WORKER;
use client_wasm::{Server, Shown, find_out, prove_by};
use protocol::{Hex, Invitation};
use reporter::{CheckedSurvey, ReporterState, UnprovenSurvey};
use std::fmt;
use std::rc::Rc;

/// A survey to read, whose key is not checked yet, and whom it is reported to.
pub(crate) struct Visit {
    safe: Safe,
    link: Invitation,
    data: Server,
    shown: Shown,
    survey: UnprovenSurvey,
}

impl Visit {
    /// The survey.
    pub(crate) const fn survey(&self) -> &UnprovenSurvey {
        &self.survey
    }

    /// Has a worker check the survey's key: nobody takes part before that.
    pub(crate) async fn find_out(&self) -> Result<Hex<32>, Trouble> {
        find_out(WORKER, &self.survey).await.map_err(opening::trouble_of)
    }

    /// Takes what the worker found.
    pub(crate) fn prove_by(&self, finding: &Hex<32>) -> Result<Rc<Session>, Trouble> {
        let survey =
            prove_by(self.survey.clone(), finding).map_err(|distrust| opening::distrusted(&distrust))?;
        let (safe, link, data) = (self.safe.clone(), self.link.clone(), self.data.clone());
        Ok(Rc::new(Session { safe, link, data, survey }))
    }

    /// What was read and found, for the program that takes part: see [`go_on`].
    pub(crate) fn hand_over(&self, finding: &Hex<32>) -> String {
        format!("{finding}{}", self.shown.hand_over())
    }
}

impl PartialEq for Visit {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// A checked survey, and whom it is reported to.
pub(crate) struct Session {
    safe: Safe,
    link: Invitation,
    data: Server,
    survey: CheckedSurvey,
}

impl Session {
    /// The survey.
    pub(crate) const fn survey(&self) -> &CheckedSurvey {
        &self.survey
    }

    fn id(&self) -> Hex<32> {
        self.link.survey
    }

    /// Keeps a state: before anything is sent that belongs to it.
    pub(crate) async fn keep(&self, state: &ReporterState) -> Result<(), Trouble> {
        self.safe.put(&state_name(&self.link), state).await
    }

    fn sealed_name(&self) -> String {
        format!("sealed/{}", credential_name(&self.link))
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Session({})", self.id())
    }
}

impl PartialEq for Session {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl fmt::Debug for Visit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Visit({})", self.link.survey)
    }
}

/// Two invitations to one survey are two reporters.
fn credential_name(link: &Invitation) -> String {
    format!("{}/{}", link.survey, link.secret.derive_key(&link.survey).verifying_key().to_hex())
}

fn state_name(link: &Invitation) -> String {
    format!("reporter/{}", credential_name(link))
}

fn link_name(survey: &str) -> String {
    format!("invitation/{survey}")
}
