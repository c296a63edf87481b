//! A state file with the servers it belongs to.

use crate::args::{Output, StateArgs};
use crate::{Failure, ask, files};
use http_client::{ClientError, ComputationServer, DataServer, Http, ServerUrl};
use organizer::OrganizerState;
use protocol::{OrderKind, Problem, Signed};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// What is kept when a server fails.
pub(super) const KEPT: &str = "Nothing was lost: the state file has what was sent, and the same command \
                               sends the same again.";

const SIGN_IN: &str = "SEALED_PAY_SIGN_IN";

/// An organizer at work.
pub(super) struct Session {
    pub(super) path: PathBuf,
    pub(super) state: OrganizerState,
    pub(super) data: DataServer,
    pub(super) computation: ComputationServer,
}

impl Session {
    /// Reads the state and signs in.
    pub(super) fn signed_in(args: &StateArgs) -> Result<Self, Failure> {
        let sign_in = sign_in(args.sign_in_file.as_deref())?;
        let session = Self::anonymous(&args.state)?;
        Ok(Self { data: session.data.signed_in(sign_in), ..session })
    }

    /// Reads the state; what is public needs no sign-in.
    pub(super) fn anonymous(path: &Path) -> Result<Self, Failure> {
        let state: OrganizerState = files::read_state(path)?.ok_or_else(|| {
            Failure::input(format!(
                "There is no file {}. sealedpay survey create writes one.",
                path.display()
            ))
        })?;
        if state.format != OrganizerState::FORMAT {
            return Err(Failure::input("This is the state file of another version. It was left as it is."));
        }
        let http = http()?;
        let data = DataServer::at(&http, url(&state.draft.data_server_url)?);
        let computation = ComputationServer::at(&http, url(&state.draft.computation_server_url)?);
        Ok(Self { path: path.to_owned(), state, data, computation })
    }

    /// Keeps the state.
    pub(super) fn save(&self) -> Result<(), Failure> {
        files::write_state(&self.path, &self.state)
    }

    /// Signs an order, keeps it, sends it, and notes that it was taken.
    pub(super) async fn order(&mut self, kind: OrderKind) -> Result<(), Failure> {
        self.finish_pending(&kind).await?;
        self.state.order(kind).map_err(|refused| Failure::input(format!("Not done: {refused}.")))?;
        self.send_pending().await
    }

    /// An order that an earlier run made and could not deliver goes first, unless it is the same.
    pub(super) async fn finish_pending(&mut self, next: &OrderKind) -> Result<(), Failure> {
        match &self.state.pending {
            Some(pending) if pending.body.order != *next => self.send_pending().await,
            _ => Ok(()),
        }
    }

    /// Sends the pending order; numbers it anew once if the servers count otherwise.
    pub(super) async fn send_pending(&mut self) -> Result<(), Failure> {
        self.save()?;
        let Some(order) = self.state.pending.clone() else { return Ok(()) };
        match self.send(&order).await {
            Err(ClientError::Refused(Problem::OrderOutOfSequence)) => {
                let status = self.data.status(&self.state.survey()).await.map_err(client)?;
                self.state.renumber(status.next_sequence);
                self.save()?;
                let Some(order) = self.state.pending.clone() else { return Ok(()) };
                self.send(&order).await.map_err(|error| self.refused(&error))?;
            }
            sent => sent.map_err(|error| self.refused(&error))?,
        }
        self.state.acknowledged();
        self.save()
    }

    async fn send(&self, order: &Signed<protocol::Order>) -> Result<(), ClientError> {
        self.data.order(&self.state.survey(), order).await
    }

    /// What a server refuses for good is not kept as pending: it would stand in the way of everything else.
    fn refused(&mut self, error: &ClientError) -> Failure {
        if error.is_passing() {
            return client_ref(error);
        }
        self.state.pending = None;
        let failed = Failure::client(error, "Nothing was changed.");
        self.save().err().unwrap_or(failed)
    }
}

/// The client.
pub(super) fn http() -> Result<Http, Failure> {
    Http::new().map_err(client)
}

/// An address that may be spoken to.
pub(super) fn url(text: &str) -> Result<ServerUrl, Failure> {
    ServerUrl::parse(text).map_err(|refused| Failure::input(format!("{text}: {refused}. Nothing was sent.")))
}

/// A failure of a message that can be sent again.
#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
pub(super) fn client(error: ClientError) -> Failure {
    client_ref(&error)
}

fn client_ref(error: &ClientError) -> Failure {
    Failure::client(error, KEPT)
}

/// The organizer's token: from a file or the environment, never from an argument.
pub(super) fn sign_in(file: Option<&Path>) -> Result<Zeroizing<String>, Failure> {
    let token = match file {
        Some(path) => {
            let content = files::read_private(path)?;
            let content = content.ok_or_else(|| {
                Failure::input(format!("There is no file {}. Nothing was sent.", path.display()))
            })?;
            std::str::from_utf8(&content).map(|text| Zeroizing::new(text.trim().to_owned())).ok()
        }
        None => std::env::var(SIGN_IN).ok().map(|text| Zeroizing::new(text.trim().to_owned())),
    };
    token.filter(|token| !token.is_empty()).ok_or_else(|| {
        Failure::input(format!(
            "There is no sign-in to the data server. Name its file with --sign-in-file or put it into {SIGN_IN}. \
             Nothing was sent."
        ))
    })
}

/// Whether JSON is printed: asked for, or nobody reads along.
pub(super) fn wants_json(output: Output) -> bool {
    output.json || !ask::output_is_for_people()
}
