//! A data server on a real port, a fake computation server beside it, and somebody who asks.
#![allow(dead_code, reason = "each test file uses a part")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests may fail loudly"
)]

pub(crate) mod computation;
pub(crate) mod reporter;

use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use data_server::identity::ServerKeys;
use data_server::{Floors, PeerSettings, Randomness, RunningServer, Settings, start};
use kit::FixedClock;
use protocol::{
    AdmittedManifest, DimensionWire, Document, Draft, GranularityWire, Hex, Identity, LimitsWire, Manifest,
    MeasureWire, OpenRequest, Order, OrderKind, Problem, Roster, ServerWire, Signed, SigningKey,
    ThresholdsWire, Validity,
};
use serde::Serialize;
use tempfile::TempDir;
use vault::Vault;
use zeroize::Zeroizing;

use computation::FakeComputation;

pub(crate) const NOW: u64 = 1_800_000_000;
pub(crate) const CLOSES_NOT_BEFORE: u64 = NOW + 100;
pub(crate) const CLOSES_AT: u64 = NOW + 1000;

/// Status and body.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json<T: serde::de::DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The problem, whose status is the answer's.
    pub(crate) fn problem(&self) -> Problem {
        let document: serde_json::Value = self.json();
        let problem = Problem::from_uri(document["type"].as_str().unwrap()).unwrap();
        assert_eq!(problem.row().status, self.status);
        problem
    }
}

/// Both servers and what is known of them.
pub(crate) struct World {
    pub(crate) home: TempDir,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) computation: Arc<FakeComputation>,
    pub(crate) organizer: SigningKey,
    server: Option<RunningServer>,
    computation_server: kit::Running,
    http: reqwest::Client,
    url: String,
    token: String,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// With settings of its own.
    pub(crate) async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let home = tempfile::tempdir().unwrap();
        let clock = Arc::new(FixedClock::at(NOW));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let identity = make_identity(home.path());
        let (computation, computation_server) =
            FakeComputation::start(identity.signing_key, clock.clone()).await;
        let mut settings = settings(home.path(), &computation);
        change(&mut settings);
        let server = start(settings, clock.clone(), seeds(), listener).await.unwrap();
        let token = std::fs::read_to_string(home.path().join("sign-in")).unwrap();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let organizer = SigningKey::from_seed(&[3; 32]);
        Self {
            home,
            clock,
            computation,
            organizer,
            server: Some(server),
            computation_server,
            http,
            url,
            token,
        }
    }

    /// Stops the server and starts it anew on the same folder, at another port.
    pub(crate) async fn restart(&mut self) {
        self.server.take().unwrap().stop().await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        self.url = format!("http://{}", listener.local_addr().unwrap());
        let settings = settings(self.home.path(), &self.computation);
        self.server = Some(start(settings, self.clock.clone(), seeds(), listener).await.unwrap());
    }

    /// Stops both servers; the folder stays for a look.
    pub(crate) async fn stop(mut self) -> TempDir {
        self.server.take().unwrap().stop().await.unwrap();
        self.computation_server.stop().await.unwrap();
        self.home
    }

    async fn ask(&self, method: &str, path: &str, token: Option<&str>, body: Vec<u8>) -> Answer {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self.http.request(method, format!("{}{path}", self.url)).body(body);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let answer = request.send().await.unwrap();
        Answer { status: answer.status().as_u16(), body: answer.bytes().await.unwrap().to_vec() }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, Some(&self.token), vec![]).await
    }

    pub(crate) async fn post(&self, path: &str, document: &impl Serialize) -> Answer {
        self.ask("POST", path, None, serde_json::to_vec(document).unwrap()).await
    }

    pub(crate) async fn organizer(&self, method: &str, path: &str, document: &impl Serialize) -> Answer {
        self.ask(method, path, Some(&self.token), serde_json::to_vec(document).unwrap()).await
    }

    pub(crate) async fn send(&self, method: &str, path: &str, body: Vec<u8>) -> Answer {
        self.ask(method, path, None, body).await
    }

    pub(crate) async fn draft(&self) -> Draft {
        self.organizer("POST", "/v1/drafts", &serde_json::json!({ "key_bits": 2048 })).await.json()
    }

    /// The manifest of a draft, and the request to open it for these invitation keys.
    pub(crate) fn request(&self, draft: Draft, roster: Vec<Hex<32>>) -> OpenRequest {
        let manifest = manifest(draft, &roster, &self.organizer);
        OpenRequest { organizer_signature: manifest.sign(&self.organizer), manifest, roster }
    }

    /// Opens a survey for these invitation keys.
    pub(crate) async fn open(&self, roster: Vec<Hex<32>>) -> Arc<AdmittedManifest> {
        let request = self.request(self.draft().await, roster);
        let opened = self.organizer("POST", "/v1/surveys", &request).await;
        assert_eq!(opened.status, 200, "{}", opened.text());
        Arc::new(request.manifest.admit().unwrap())
    }

    pub(crate) async fn order(&self, manifest: &AdmittedManifest, sequence: u32, order: OrderKind) -> Answer {
        let order = Order { fingerprint: *manifest.fingerprint(), sequence, order };
        assert_eq!(Order::DOMAIN, "sealed-pay/v1/order");
        let path = format!("/v1/surveys/{}/orders", manifest.manifest().survey);
        self.post(&path, &Signed::sign(order, &self.organizer)).await
    }

    /// Closes the survey, orders its release and waits for its end.
    pub(crate) async fn release(&self, manifest: &AdmittedManifest) -> Answer {
        self.clock.set(CLOSES_NOT_BEFORE);
        assert_eq!(self.order(manifest, 1, OrderKind::Close {}).await.status, 204);
        assert_eq!(self.order(manifest, 2, OrderKind::Release {}).await.status, 204);
        self.wait_for_release(manifest).await
    }

    pub(crate) async fn wait_for_release(&self, manifest: &AdmittedManifest) -> Answer {
        let path = format!("/v1/surveys/{}/release", manifest.manifest().survey);
        for _ in 0..400 {
            let answer = self.get(&path).await;
            if answer.status == 200 {
                return answer;
            }
            assert_eq!(answer.problem(), Problem::NotReleased);
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("no release in ten seconds");
    }
}

fn seeds() -> Randomness {
    Randomness::system()
}

fn vault() -> Vault {
    Vault::from_key(&[8; 32])
}

fn make_identity(home: &Path) -> Identity {
    ServerKeys::read_or_create(&home.join("data"), "data operator", &vault(), true, &seeds()).unwrap().1
}

fn settings(home: &Path, computation: &FakeComputation) -> Settings {
    Settings {
        operator: "data operator".into(),
        public_url: "http://data.example".into(),
        data: home.join("data"),
        marks: home.join("marks"),
        at_rest_key: Zeroizing::new([8; 32]),
        sign_in_file: home.join("sign-in"),
        peer: PeerSettings {
            url: computation.url(),
            public_url: Some("http://computation.example".into()),
            signing_key: computation.identity().signing_key,
            identity: Some(computation.identity()),
        },
        floors: Floors::default(),
        max_submission_bytes: Settings::MAX_SUBMISSION_BYTES,
        retry_every: Duration::from_millis(50),
        http: kit::Settings { rate_limit: None, ..kit::Settings::named("data-server") },
    }
}

fn server(identity: &Identity, url: String) -> ServerWire {
    let Identity { operator, signing_key, sealing_key, .. } = identity.clone();
    ServerWire { operator, url, signing_key, sealing_key }
}

fn manifest(draft: Draft, roster: &[Hex<32>], organizer: &SigningKey) -> Manifest {
    Manifest {
        format: Manifest::FORMAT.into(),
        survey: draft.survey,
        title: "Pay in the harbour".into(),
        purpose: String::new(),
        contact: "survey@harbour.example".into(),
        period: "2026".into(),
        dimensions: vec![DimensionWire {
            name: "sex".into(),
            categories: vec!["women".into(), "men".into()],
        }],
        compared: "sex".into(),
        reference: "men".into(),
        measures: vec![MeasureWire::mean_of(
            "gross yearly pay".into(),
            "EUR".into(),
            2,
            LimitsWire { min: 0, max: 100_000_000 },
            LimitsWire { min: 0, max: 100_000_000 },
        )],
        cross_tabulations: vec![vec!["sex".into()]],
        margins: Vec::new(),
        who_counts: survey::WhoCounts::DEFAULT.into(),
        granularity: GranularityWire::Records,
        max_reporters: 10,
        max_employees_per_reporter: 15,
        thresholds: ThresholdsWire { min_reporters: 3, min_cell_reporters: 3, min_cell_employees: 6 },
        max_missing: 0,
        closes_not_before: CLOSES_NOT_BEFORE,
        closes_at: CLOSES_AT,
        rehearsal: true,
        validity: Validity::None,
        data_server: server(&draft.data_server, draft.data_server_url),
        computation_server: server(&draft.computation_server, draft.computation_server_url),
        organizer_key: organizer.verifying_key().to_hex(),
        paillier: draft.paillier,
        roster_root: Roster::admit(roster.to_vec()).unwrap().root(&draft.survey),
    }
}
