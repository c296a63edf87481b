//! Requests between the servers, signed as docs/PROTOCOL.md §8 says.

use super::rng;
use crate::http::{Answer, Client};
use protocol::peer::{self, Envelope, Request};
use protocol::{Hex, SigningKey, VerifyingKey};
use rand_core::Rng;

/// Asks in the name of the data server.
#[derive(Clone, Debug)]
pub struct PeerCaller {
    /// Who asks.
    pub key: SigningKey,
    /// Who is asked.
    pub to: VerifyingKey,
    /// Where that one is.
    pub at: Client,
}

impl PeerCaller {
    /// Asks; the answer's own signature must hold, refusals included.
    #[must_use]
    pub fn ask(&self, path: &str, body: &[u8]) -> Answer {
        let mut nonce = [0; 16];
        rng().fill_bytes(&mut nonce);
        let (from, time) = (self.key.verifying_key(), crate::now().as_secs());
        let request = Request { from: &from, to: &self.to, method: "POST", path, body };
        let envelope = request.sign(time, Hex(nonce), &self.key);
        let answer = self.ask_with(&envelope, path, body);
        let signature = answer.header(peer::HEADER).and_then(|h| peer::parse_answer_header(&h));
        let signature = signature.unwrap_or_else(|| panic!("unsigned: {} {}", answer.status, answer.text()));
        let held = request.verify_answer(&envelope, answer.status, &answer.body, &signature);
        held.expect("the answer is signed by the one who was asked");
        answer
    }

    /// Asks with this envelope, whatever it is worth.
    #[must_use]
    pub fn ask_with(&self, envelope: &Envelope, path: &str, body: &[u8]) -> Answer {
        let header = envelope.to_header();
        self.at.send("POST", path, &[(peer::HEADER, header.as_str())], body).expect("an answer")
    }

    /// Asks with a document.
    #[must_use]
    pub fn ask_about(&self, path: &str, document: &impl serde::Serialize) -> Answer {
        self.ask(path, &serde_json::to_vec(document).expect("a document"))
    }
}
