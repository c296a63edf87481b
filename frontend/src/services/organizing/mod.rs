//! Runs a survey, on the page's behalf. The state, which has the organizer's key, is kept in the browser's
//! safe before anything is sent that belongs to it.

mod creating;
mod running;

pub(crate) use creating::create;
pub(crate) use running::Outcome;

use crate::components::Trouble;
use crate::services::lock::{self, Held};
use crate::services::safe::Safe;
use crate::services::sign_in;
use crate::services::workers::WORKER;
use client_wasm::{KeyFailure, Server, verify_key_in_worker};
use organizer::OrganizerState;
use protocol::{Draft, ServerUrl, VerifiedKey};
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;
use zeroize::Zeroizing;

const BEGINNING: &str = "organizer/";

/// Somebody who signed in, and the safe of this browser. `Debug` shows nothing of either.
#[derive(Clone)]
pub(crate) struct Desk {
    safe: Safe,
    /// One for all who hold this desk: whoever signs in again goes on where they were.
    token: Rc<RefCell<Zeroizing<String>>>,
    data_server: ServerUrl,
}

impl Desk {
    /// Opens what this browser keeps for somebody whose sign-in was tried.
    pub(crate) async fn enter(data_server: ServerUrl, token: &Zeroizing<String>) -> Result<Self, Trouble> {
        let safe = Safe::open().await?;
        Ok(Self { safe, token: Rc::new(RefCell::new(token.clone())), data_server })
    }

    /// Signs in once more, where the first sign-in does not count any longer.
    pub(crate) async fn sign_in_again(&self, token: String) -> Result<(), Trouble> {
        let token = Zeroizing::new(token);
        sign_in::attempt(&self.data_server, &token).await?;
        self.token.replace(token);
        Ok(())
    }

    fn data(&self) -> Server {
        Server::at(self.data_server.clone()).signed_in(self.token.borrow().clone())
    }

    /// One after the other: whoever changes a survey's state reads it, changes it and keeps it alone.
    async fn alone(&self, survey: &str) -> Held {
        lock::wait(&format!("sealed-pay/organizer/{survey}")).await
    }

    /// Keeps a state.
    pub(crate) async fn keep(&self, state: &OrganizerState) -> Result<(), Trouble> {
        self.safe.put(&format!("{BEGINNING}{}", state.survey()), state).await
    }

    /// The state of a survey that this browser keeps.
    pub(crate) async fn state(&self, survey: &str) -> Result<OrganizerState, Trouble> {
        let state: Option<OrganizerState> = self.safe.get(&format!("{BEGINNING}{survey}")).await?;
        state.filter(|state| state.format == OrganizerState::FORMAT).ok_or(Trouble::new("no-organizer-key"))
    }

    /// Every survey that this browser keeps the key of, and its title.
    pub(crate) async fn surveys(&self) -> Result<Vec<(String, String)>, Trouble> {
        let mut surveys = Vec::new();
        for name in self.safe.names(BEGINNING).await? {
            if let Some(state) = self.safe.get::<OrganizerState>(&name).await? {
                surveys.push((state.survey().to_string(), state.plan.title.clone()));
            }
        }
        surveys.sort_by(|one, other| one.1.cmp(&other.1));
        Ok(surveys)
    }

    /// Takes a key file of another browser, or of the command. Brings the survey's id.
    pub(crate) async fn import(&self, file: &[u8]) -> Result<String, Trouble> {
        let state: OrganizerState = serde_json::from_slice(file).map_err(|_| Trouble::new("key-file"))?;
        if state.format != OrganizerState::FORMAT {
            return Err(Trouble::new("key-file"));
        }
        let survey = state.survey().to_string();
        // What is here already may be ahead of the file.
        if self.state(&survey).await.is_ok() {
            return Ok(survey);
        }
        self.keep(&state).await?;
        Ok(survey)
    }
}

/// The key of a survey, checked in a worker: the page stays at hand meanwhile.
async fn verified_key(draft: &Draft) -> Result<VerifiedKey, Trouble> {
    let verified = verify_key_in_worker(WORKER, &draft.survey, &draft.paillier).await;
    verified.map_err(|failure| match failure {
        KeyFailure::Key => Trouble::in_words("draft-untrusted", &failure),
        KeyFailure::Worker(failure) => failure.into(),
    })
}

impl PartialEq for Desk {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.token, &other.token)
    }
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Desk(<private>)")
    }
}
