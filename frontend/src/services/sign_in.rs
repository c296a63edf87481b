//! An organizer's sign-in, tried out.

use crate::components::Trouble;
use client_wasm::Server;
use protocol::{Hex, Problem, ServerUrl};
use zeroize::Zeroizing;

/// Asks the data server for something that only organizers get.
pub(crate) async fn attempt(data_server: &ServerUrl, token: &Zeroizing<String>) -> Result<(), Trouble> {
    let asked = Server::at(data_server.clone()).signed_in(token.clone());
    match asked.status(&Hex([0; 32])).await {
        // There is no such survey, and it took the sign-in to learn that.
        Ok(_) => Ok(()),
        Err(failure) => match failure.problem() {
            Some(Problem::UnknownSurvey) => Ok(()),
            _ => Err(failure.into()),
        },
    }
}
