//! One request and its answer: signed over both keys under `/v1/peer/`, plain at public addresses, whose
//! answers carry signatures of their own.

use std::sync::Arc;
use std::time::Duration;

use kit::Clock;
use protocol::peer::{self, Envelope, Request};
use protocol::{Hex, Identity, Problem, SigningKey, VerifyingKey};
use tokio::sync::OnceCell;

use super::refused::{self, PeerFailure};
use crate::{PeerSettings, Randomness};

const CONNECT: Duration = Duration::from_secs(5);
/// Shorter than servers keep silent connections, so that no request meets a connection that is being closed.
const IDLE: Duration = Duration::from_secs(10);
/// An opening is decrypted and checked before it is answered.
const ANSWER: Duration = Duration::from_secs(120);

/// The computation server as this server sees it.
pub(crate) struct Peer {
    pub(super) http: reqwest::Client,
    pub(super) settings: PeerSettings,
    own: SigningKey,
    own_public: VerifyingKey,
    pinned: VerifyingKey,
    clock: Arc<dyn Clock>,
    randomness: Randomness,
    identity: OnceCell<Identity>,
}

impl Peer {
    /// Prepares to ask; asks nothing yet. `None` if the pinned key is no key or TLS cannot be set up.
    pub(crate) fn new(
        settings: PeerSettings,
        own: SigningKey,
        clock: Arc<dyn Clock>,
        randomness: Randomness,
    ) -> Option<Self> {
        // Fails only if the process has chosen a provider before, which is as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .timeout(ANSWER)
            .pool_idle_timeout(IDLE)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .ok()?;
        let pinned = VerifyingKey::admit(settings.signing_key).ok()?;
        let identity = OnceCell::new_with(settings.identity.clone());
        let own_public = own.verifying_key();
        Some(Self { http, settings, own, own_public, pinned, clock, randomness, identity })
    }

    /// Its pinned key.
    pub(crate) const fn pinned(&self) -> &VerifyingKey {
        &self.pinned
    }

    /// Where clients reach it.
    pub(crate) fn public_url(&self) -> &str {
        self.settings.public_url.as_deref().unwrap_or(&self.settings.url)
    }

    /// Who it is: handed over, or fetched and compared with the pinned key.
    pub(crate) async fn identity(&self) -> Result<&Identity, Problem> {
        let fetch = async || {
            let answer = self.http.get(self.address(protocol::routes::IDENTITY)).send().await.ok();
            let body = answer.ok_or(Problem::PeerUnavailable)?.bytes().await;
            let body = body.map_err(|_| Problem::PeerUnavailable)?;
            let identity = serde_json::from_slice(&body).map_err(|_| Problem::PeerUnavailable)?;
            if peer::is_pinned(&identity, &self.pinned) { Ok(identity) } else { Err(Problem::PeerRefused) }
        };
        self.identity.get_or_try_init(fetch).await
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.settings.url)
    }

    /// Asks under `/v1/peer/`. An answer that is not signed over this request is no answer.
    pub(super) async fn ask(&self, path: &str, body: Vec<u8>) -> Result<Vec<u8>, PeerFailure> {
        let hashed = body.clone();
        let request =
            Request { from: &self.own_public, to: &self.pinned, method: "POST", path, body: &hashed };
        let envelope = request.sign(self.clock.now_s(), Hex(self.randomness.bytes()), &self.own);
        let (status, signature, answer) = self.send(path, body, Some(&envelope)).await?;
        let signature = signature.ok_or(PeerFailure::Unavailable)?;
        request
            .verify_answer(&envelope, status, &answer, &signature)
            .map_err(|_| PeerFailure::Unavailable)?;
        decide(status, answer)
    }

    /// Asks at a public address.
    pub(super) async fn ask_openly(&self, path: &str, body: Vec<u8>) -> Result<Vec<u8>, PeerFailure> {
        let (status, _, answer) = self.send(path, body, None).await?;
        decide(status, answer)
    }

    async fn send(
        &self,
        path: &str,
        body: Vec<u8>,
        envelope: Option<&Envelope>,
    ) -> Result<(u16, Option<Hex<64>>, Vec<u8>), PeerFailure> {
        let binary = path.ends_with("/declarations") || path.ends_with("/withdrawals");
        let kind = if binary { "application/octet-stream" } else { "application/json" };
        let mut request = self.http.post(self.address(path)).header("content-type", kind).body(body);
        if let Some(envelope) = envelope {
            request = request.header(peer::HEADER, envelope.to_header());
        }
        let answer = request.send().await.map_err(|_| PeerFailure::Unavailable)?;
        let status = answer.status().as_u16();
        let header = answer.headers().get(peer::HEADER).and_then(|value| value.to_str().ok());
        let signature = header.and_then(peer::parse_answer_header);
        let body = answer.bytes().await.map_err(|_| PeerFailure::Unavailable)?;
        Ok((status, signature, body.to_vec()))
    }
}

fn decide(status: u16, answer: Vec<u8>) -> Result<Vec<u8>, PeerFailure> {
    if (200..300).contains(&status) { Ok(answer) } else { Err(refused::read(&answer)) }
}
