//! Starting and stopping the two servers.

use crate::{Progress, RehearsalError, Step, generate_key, silent};
use http_client::{ComputationServer, DataServer, Http};
use kit::{Clock, SystemClock};
use paillier::KeyBits;
use paillier_keys::SecretKey;
use std::sync::Arc;
use tempfile::TempDir;
use zeroize::Zeroizing;

use crate::places::Places;

/// What a rehearsal starts with.
pub struct Options {
    /// Bits of the key.
    pub key_bits: KeyBits,
    /// Keys made elsewhere, in place of one fresh key: for tests, which know their keys.
    pub keys: Vec<SecretKey>,
    /// The servers' clock.
    pub clock: Arc<dyn Clock>,
    /// Told of every step.
    pub progress: Progress,
}

impl Options {
    /// A fresh key of this length, the machine's clock, and silence.
    #[must_use]
    pub fn new(key_bits: KeyBits) -> Self {
        Self { key_bits, keys: Vec::new(), clock: Arc::new(SystemClock), progress: silent() }
    }
}

/// Both servers at work. Their folders go away with this value.
pub struct Rehearsal {
    key_bits: KeyBits,
    clock: Arc<dyn Clock>,
    http: Http,
    sign_in: Zeroizing<String>,
    data: DataServer,
    computation: ComputationServer,
    running: crate::places::BothRunning,
    _home: TempDir,
}

impl Rehearsal {
    /// Makes a key, unless there is one, and starts both servers. Must be called inside a Tokio runtime.
    ///
    /// # Errors
    /// [`RehearsalError`].
    pub async fn start(options: Options) -> Result<Self, RehearsalError> {
        let Options { key_bits, keys, clock, progress } = options;
        let keys = if keys.is_empty() { vec![fresh_key(key_bits, &progress).await?] } else { keys };
        let home = tempfile::tempdir()?;
        let places = Places::prepare(home.path())?;
        let (data_url, computation_url) = (places.data_url()?, places.computation_url()?);
        let sign_in = places.sign_in.clone();
        let running = places.start(keys, &clock).await?;
        let http = Http::new()?;
        progress(Step::ServersReady);
        Ok(Self {
            key_bits,
            clock,
            data: DataServer::at(&http, data_url).signed_in(sign_in.clone()),
            sign_in,
            computation: ComputationServer::at(&http, computation_url),
            http,
            running,
            _home: home,
        })
    }

    /// Bits of the keys in the pool.
    #[must_use]
    pub const fn key_bits(&self) -> KeyBits {
        self.key_bits
    }

    /// The data server, signed in.
    #[must_use]
    pub const fn data_server(&self) -> &DataServer {
        &self.data
    }

    /// The computation server.
    #[must_use]
    pub const fn computation_server(&self) -> &ComputationServer {
        &self.computation
    }

    /// The organizer's token, for whoever signs in on its own: another process, a browser.
    #[must_use]
    pub fn sign_in(&self) -> &str {
        &self.sign_in
    }

    /// The client.
    #[must_use]
    pub const fn http(&self) -> &Http {
        &self.http
    }

    pub(crate) fn now_s(&self) -> u64 {
        self.clock.now_s()
    }

    /// Stops both servers and removes their folders.
    ///
    /// # Errors
    /// If a server had failed before.
    pub async fn stop(self) -> Result<(), RehearsalError> {
        let (data, computation) = self.running;
        data.stop().await?;
        computation.stop().await?;
        Ok(())
    }
}

async fn fresh_key(size: KeyBits, progress: &Progress) -> Result<SecretKey, RehearsalError> {
    let progress = progress.clone();
    let made = tokio::task::spawn_blocking(move || generate_key(size, &progress)).await;
    made.map_err(|_| RehearsalError::Stopped)?
}
