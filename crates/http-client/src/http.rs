//! The connection to the world: one pool, one patience, for both servers.

use crate::{ClientError, Patience, ServerUrl};
use std::time::Duration;

/// Makes requests. Clones share their connections.
#[derive(Clone, Debug)]
pub struct Http {
    client: reqwest::Client,
    loopback: reqwest::Client,
    pub(crate) patience: Patience,
}

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// An upload of hundreds of megabytes over a slow line takes its time.
const TOTAL_TIMEOUT: Duration = Duration::from_secs(600);
/// A server that is silent for so long has gone.
const READ_TIMEOUT: Duration = Duration::from_secs(120);

impl Http {
    /// With the default patience.
    ///
    /// # Errors
    /// [`ClientError::Setup`].
    pub fn new() -> Result<Self, ClientError> {
        Self::with_patience(Patience::default())
    }

    /// With another patience.
    ///
    /// # Errors
    /// [`ClientError::Setup`].
    pub fn with_patience(patience: Patience) -> Result<Self, ClientError> {
        // Whoever came first has installed the same provider.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = builder().build().map_err(|_| ClientError::Setup)?;
        // What goes to this machine goes through no proxy, whatever the environment says.
        let loopback = builder().no_proxy().build().map_err(|_| ClientError::Setup)?;
        Ok(Self { client, loopback, patience })
    }

    pub(crate) fn client_for(&self, server: &ServerUrl) -> &reqwest::Client {
        if server.is_loopback() { &self.loopback } else { &self.client }
    }
}

fn builder() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .user_agent(concat!("sealedpay/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT_TIMEOUT)
        .read_timeout(READ_TIMEOUT)
        .timeout(TOTAL_TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
}
