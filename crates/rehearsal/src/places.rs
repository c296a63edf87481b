//! Where the two servers of a rehearsal live: folders, ports, keys; and how each is set up.

use crate::{RehearsalError, randomness};
use computation_server::AtRestKey;
use http_client::ServerUrl;
use kit::Clock;
use paillier_keys::SecretKey;
use protocol::{Hex, Identity};
use rand_core::Rng;
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zeroize::Zeroizing;

/// Hundreds of thousands of rows, however long the key.
const MAX_SUBMISSION_BYTES: usize = 2 * 1024 * 1024 * 1024;

/// Both servers, at work.
pub(crate) type BothRunning = (data_server::RunningServer, computation_server::RunningServer);

/// One server's place.
struct Place {
    data: PathBuf,
    marks: PathBuf,
    at_rest: Zeroizing<[u8; 32]>,
    listener: TcpListener,
    identity: Identity,
}

/// Both servers' places; their identities are made, so that each can pin the other's.
pub(crate) struct Places {
    data: Place,
    computation: Place,
    sign_in_file: PathBuf,
    /// The organizer's token.
    pub(crate) sign_in: Zeroizing<String>,
}

impl Places {
    pub(crate) fn prepare(home: &Path) -> Result<Self, RehearsalError> {
        let sign_in = Zeroizing::new(draw().to_string());
        let sign_in_file = home.join("sign-in");
        kit::private_file::create(&sign_in_file, sign_in.as_bytes())?;
        let data = Place::prepare(&home.join("data-server"), data_identity)?;
        let computation = Place::prepare(&home.join("computation-server"), computation_identity)?;
        Ok(Self { data, computation, sign_in_file, sign_in })
    }

    pub(crate) fn data_url(&self) -> Result<ServerUrl, RehearsalError> {
        self.data.url()
    }

    pub(crate) fn computation_url(&self) -> Result<ServerUrl, RehearsalError> {
        self.computation.url()
    }

    /// Starts both with these keys in the pool.
    pub(crate) async fn start(
        self,
        keys: Vec<SecretKey>,
        clock: &Arc<dyn Clock>,
    ) -> Result<BothRunning, RehearsalError> {
        let computation = self.computation_settings(keys)?;
        let data = self.data_settings()?;
        let computation = computation_server::start(computation, clock.clone(), self.computation.listener)
            .await
            .map_err(|refused| RehearsalError::Start("computation server", refused.to_string()))?;
        let data =
            data_server::start(data, clock.clone(), data_server::Randomness::system(), self.data.listener)
                .await
                .map_err(|refused| RehearsalError::Start("data server", refused.to_string()))?;
        Ok((data, computation))
    }

    fn computation_settings(
        &self,
        keys: Vec<SecretKey>,
    ) -> Result<computation_server::Settings, RehearsalError> {
        let Place { data, marks, at_rest, .. } = &self.computation;
        let peer = self.data.identity.verifying_key().map_err(|refused| start_refusal(&refused))?;
        let url = self.computation_url()?.to_string();
        let key = AtRestKey::from_bytes(**at_rest);
        let settings = computation_server::Settings::new(
            data.clone(),
            marks.clone(),
            key,
            url,
            COMPUTATION_OPERATOR.to_owned(),
            peer,
        );
        Ok(computation_server::Settings {
            pool: BTreeMap::new(),
            pool_seed: keys,
            rate_limit: None,
            ..settings
        })
    }

    fn data_settings(&self) -> Result<data_server::Settings, RehearsalError> {
        let Place { data, marks, at_rest, .. } = &self.data;
        let peer = data_server::PeerSettings {
            url: self.computation_url()?.to_string(),
            public_url: None,
            signing_key: self.computation.identity.signing_key,
            identity: Some(self.computation.identity.clone()),
        };
        Ok(data_server::Settings {
            operator: DATA_OPERATOR.to_owned(),
            public_url: self.data_url()?.to_string(),
            data: data.clone(),
            marks: marks.clone(),
            at_rest_key: at_rest.clone(),
            sign_in_file: self.sign_in_file.clone(),
            peer,
            floors: data_server::Floors::default(),
            max_submission_bytes: MAX_SUBMISSION_BYTES,
            retry_every: data_server::Settings::RETRY_EVERY,
            http: kit::Settings { rate_limit: None, ..kit::Settings::named("data-server") },
        })
    }
}

const DATA_OPERATOR: &str = "rehearsal, first operator";
const COMPUTATION_OPERATOR: &str = "rehearsal, second operator";

type MakeIdentity = fn(&Path, &Zeroizing<[u8; 32]>) -> Result<Identity, RehearsalError>;

impl Place {
    fn prepare(home: &Path, identity: MakeIdentity) -> Result<Self, RehearsalError> {
        let (data, marks) = (home.join("data"), home.join("marks"));
        let at_rest = Zeroizing::new(draw().0);
        std::fs::create_dir_all(home)?;
        let identity = identity(&data, &at_rest)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        Ok(Self { data, marks, at_rest, listener, identity })
    }

    fn url(&self) -> Result<ServerUrl, RehearsalError> {
        let text = format!("http://{}", self.listener.local_addr()?);
        ServerUrl::parse(&text).map_err(|refused| RehearsalError::Client(refused.into()))
    }
}

fn draw() -> Hex<32> {
    let mut bytes = [0; 32];
    randomness::system().fill_bytes(&mut bytes);
    Hex(bytes)
}

fn start_refusal(refused: &dyn std::fmt::Display) -> RehearsalError {
    RehearsalError::Start("servers", refused.to_string())
}

fn computation_identity(data: &Path, at_rest: &Zeroizing<[u8; 32]>) -> Result<Identity, RehearsalError> {
    let key = AtRestKey::from_bytes(**at_rest);
    let made = computation_server::identity::prepare(data, &key, COMPUTATION_OPERATOR);
    made.map(|own| own.public).map_err(|refused| start_refusal(&refused))
}

fn data_identity(data: &Path, at_rest: &Zeroizing<[u8; 32]>) -> Result<Identity, RehearsalError> {
    let vault = vault::Vault::from_key(at_rest);
    let randomness = data_server::Randomness::system();
    let made =
        data_server::identity::ServerKeys::read_or_create(data, DATA_OPERATOR, &vault, true, &randomness);
    made.map(|(_, identity)| identity).map_err(|refused| start_refusal(&refused))
}
