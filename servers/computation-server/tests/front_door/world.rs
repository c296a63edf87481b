//! A server under test with its folders and clock, and the data server's key in the test's hand.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use computation_server::{AtRestKey, RunningServer, Settings, StartRefusal, identity, start};
use kit::FixedClock;
use paillier::KeyBits;
use paillier_keys::SecretKey;
use protocol::peer::{Request, parse_answer_header};
use protocol::{Hex, Identity, SigningKey};
use serde::Serialize;
use tempfile::TempDir;
use test_support::insecure_secret_key;

use crate::http::{Answer, send};

pub(crate) const NOW: u64 = 1_800_000_000;
/// The data server's sealing key, as its identity has it.
pub(crate) const PEER_SEALING_KEY: Hex<32> = Hex([5; 32]);
pub(crate) const URL: &str = "https://computation.example";

/// The tested server and everything around it.
pub(crate) struct World {
    server: Option<RunningServer>,
    home: TempDir,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) data_server: SigningKey,
    nonces: AtomicU64,
}

impl World {
    /// A server with one insecure key in its pool.
    pub(crate) async fn start() -> Self {
        let home = tempfile::tempdir().unwrap();
        identity::prepare(&home.path().join("data"), &at_rest_key(), "Computers").unwrap();
        let mut world = Self {
            server: None,
            home,
            clock: Arc::new(FixedClock::at(NOW)),
            data_server: SigningKey::from_seed(&[200; 32]),
            nonces: AtomicU64::new(0),
        };
        world.launch().await;
        world
    }

    async fn launch(&mut self) {
        self.server = Some(self.try_launch().await.unwrap());
    }

    async fn try_launch(&self) -> Result<RunningServer, StartRefusal> {
        let (data, marks) = (self.data(), self.marks());
        let peer = self.data_server.verifying_key();
        let mut settings =
            Settings::new(data, marks, at_rest_key(), URL.to_owned(), "Computers".to_owned(), peer);
        let primes = insecure_secret_key(KeyBits::B2048).expose_primes();
        settings.peer_sealing_key = Some(PEER_SEALING_KEY);
        settings.pool_seed.push(SecretKey::from_primes(&primes.0, &primes.1).unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        start(settings, self.clock.clone(), listener).await
    }

    /// Stops the server, does something to its folders, and starts it again.
    pub(crate) async fn restart_after(&mut self, change: impl FnOnce(&Path, &Path)) {
        self.server.take().unwrap().stop().await.unwrap();
        change(&self.data(), &self.marks());
        self.launch().await;
    }

    /// Stops the server and does something to its folders, after which it does not start; then something else.
    pub(crate) async fn restart_refused_after(
        &mut self,
        change: impl FnOnce(&Path, &Path),
        mend: impl FnOnce(&Path, &Path),
    ) -> StartRefusal {
        self.server.take().unwrap().stop().await.unwrap();
        change(&self.data(), &self.marks());
        let refusal = self.try_launch().await.err().unwrap();
        mend(&self.data(), &self.marks());
        self.launch().await;
        refusal
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    pub(crate) fn marks(&self) -> PathBuf {
        self.home.path().join("marks")
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.server.as_ref().unwrap().addr()
    }

    pub(crate) fn identity(&self) -> Identity {
        self.server.as_ref().unwrap().identity().clone()
    }

    /// Asks as anybody.
    pub(crate) async fn public<T: Serialize>(&self, path: &str, body: &T) -> Answer {
        self.post(path, &serde_json::to_vec(body).unwrap()).await
    }

    /// Sends bytes as anybody.
    pub(crate) async fn post(&self, path: &str, body: &[u8]) -> Answer {
        send(self.address(), "POST", path, None, body).await
    }

    /// Reads as anybody.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        send(self.address(), "GET", path, None, b"").await
    }

    /// Asks as the data server.
    pub(crate) async fn peer<T: Serialize>(&self, path: &str, body: &T) -> Answer {
        self.peer_bytes(path, &serde_json::to_vec(body).unwrap()).await
    }

    /// Sends bytes as the data server, and checks that the answer is signed over them.
    pub(crate) async fn peer_bytes(&self, path: &str, body: &[u8]) -> Answer {
        let nonce = u128::from(self.nonces.fetch_add(1, Ordering::Relaxed));
        let time = kit::Clock::now_s(&*self.clock);
        self.peer_with(path, body, &self.data_server, time, Hex(nonce.to_be_bytes())).await
    }

    /// The same under any key, at any time, with any nonce: a stranger's answer is not signed.
    pub(crate) async fn peer_with(
        &self,
        path: &str,
        body: &[u8],
        key: &SigningKey,
        time: u64,
        nonce: Hex<16>,
    ) -> Answer {
        let (from, to) = (self.data_server.verifying_key(), self.identity().verifying_key().unwrap());
        let request = Request { from: &from, to: &to, method: "POST", path, body };
        let envelope = request.sign(time, nonce, key);
        let answer = send(self.address(), "POST", path, Some(&envelope.to_header()), body).await;
        if request.verify(&envelope, kit::Clock::now_s(&*self.clock)).is_err() {
            assert_eq!(answer.peer, None, "nothing is signed for a stranger");
            return answer;
        }
        let signature = parse_answer_header(answer.peer.as_deref().unwrap()).unwrap();
        request.verify_answer(&envelope, answer.status, &answer.body, &signature).unwrap();
        answer
    }
}

pub(crate) fn at_rest_key() -> AtRestKey {
    AtRestKey::from_bytes([7; 32])
}
