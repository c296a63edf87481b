//! What the command line says.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Parser, Subcommand};
use data_server::identity::{read_at_rest_key, read_or_create_at_rest_key};
use data_server::{Floors, PeerSettings, Randomness, Settings};
use kit::{LogTarget, RateLimit};
use protocol::{Hex, Identity};
use zeroize::Zeroizing;

/// Sealed Pay's data server: keeps submissions, gives receipts, multiplies; cannot decrypt.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    /// Something else than serving.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// How to serve.
    #[command(flatten)]
    pub(crate) serve: Option<ServeArgs>,
}

/// Something else than serving.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print this server's public identity, for the operator of the computation server.
    Identity(IdentityArgs),
}

/// How to find or make the identity.
#[derive(Debug, clap::Args)]
pub(crate) struct IdentityArgs {
    #[command(flatten)]
    pub(crate) keys: KeyArgs,
}

/// Where keys lie.
#[derive(Debug, clap::Args)]
pub(crate) struct KeyArgs {
    /// The folder of the database and the identity.
    #[arg(long)]
    pub(crate) data: PathBuf,
    /// The file of the key that encrypts secrets at rest: 64 hexadecimal digits, outside the data folder.
    #[arg(long, required_unless_present = "at_rest_key_hex")]
    at_rest_key: Option<PathBuf>,
    /// The key itself, in place of its file.
    #[arg(long, env = "SEALED_PAY_AT_REST_KEY", hide = true, hide_env_values = true)]
    at_rest_key_hex: Option<String>,
    /// Make the key at rest and the identity if they are missing.
    #[arg(long)]
    pub(crate) create_missing_keys: bool,
    /// Who runs this server, in words.
    #[arg(long)]
    pub(crate) operator: String,
}

impl KeyArgs {
    /// The key at rest.
    pub(crate) fn at_rest_key(&self, randomness: &Randomness) -> anyhow::Result<Zeroizing<[u8; 32]>> {
        if let Some(file) = &self.at_rest_key {
            let folder = file.parent().and_then(|folder| folder.canonicalize().ok());
            let inside =
                folder.zip(self.data.canonicalize().ok()).is_some_and(|(f, data)| f.starts_with(data));
            anyhow::ensure!(!inside, "the key at rest must lie outside the data folder");
            return Ok(read_or_create_at_rest_key(file, self.create_missing_keys, randomness)?);
        }
        let text = self.at_rest_key_hex.as_deref().context("no key at rest is given")?;
        Ok(read_at_rest_key(text)?)
    }
}

/// How to serve.
#[derive(Debug, clap::Args)]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    keys: KeyArgs,
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8081")]
    pub(crate) listen: SocketAddr,
    /// Where clients reach this server; no trailing slash.
    #[arg(long)]
    public_url: String,
    /// The folder of the marks that say which opening has begun: outside the data folder and its backups.
    #[arg(long)]
    marks: PathBuf,
    /// The file of the organizer's sign-in token; written at the first start if it is missing.
    #[arg(long)]
    sign_in_file: PathBuf,
    /// Where this server reaches the computation server; no trailing slash.
    #[arg(long)]
    peer_url: String,
    /// Where clients reach the computation server, if elsewhere.
    #[arg(long)]
    peer_public_url: Option<String>,
    /// The computation server's signing key, pinned: 64 hexadecimal digits.
    #[arg(long, value_parser = parse_key, required_unless_present = "peer_identity_file")]
    peer_signing_key: Option<Hex<32>>,
    /// The computation server's identity, as its `identity` command prints it; pins its signing key.
    #[arg(long)]
    peer_identity_file: Option<PathBuf>,
    /// No survey opens with fewer reporters.
    #[arg(long, default_value_t = 3)]
    min_reporters_floor: u32,
    /// No survey opens with fewer reporters per cell.
    #[arg(long, default_value_t = 3)]
    min_cell_reporters_floor: u32,
    /// No survey opens with fewer employees per cell.
    #[arg(long, default_value_t = 6)]
    min_cell_employees_floor: u32,
    /// The largest submission that a survey may allow, in mebibytes.
    #[arg(long, default_value_t = 64)]
    max_submission_mib: usize,
    /// A page that may call this server from a browser: scheme, host and port. May be repeated.
    #[arg(long = "allowed-origin")]
    allowed_origins: Vec<String>,
    /// Reverse proxies in front of this server that append to X-Forwarded-For.
    #[arg(long, default_value_t = 0)]
    trusted_proxies: usize,
    /// Where log lines go; standard error unless given.
    #[arg(long)]
    log_file: Option<PathBuf>,
}

fn parse_key(text: &str) -> Result<Hex<32>, &'static str> {
    Hex::parse(text).ok_or("expected 64 lower-case hexadecimal digits")
}

impl ServeArgs {
    /// Where log lines go.
    pub(crate) fn log_target(&self) -> LogTarget {
        self.log_file.clone().map_or(LogTarget::Stderr, LogTarget::File)
    }

    /// Everything together.
    pub(crate) fn settings(self, randomness: &Randomness) -> anyhow::Result<Settings> {
        let trim = |url: &str| url.trim_end_matches('/').to_owned();
        kit::data_folder::prepare(&self.keys.data).context("the data folder cannot be used")?;
        let peer = self.peer()?;
        let mut http = kit::Settings::named("data-server");
        http.allowed_origins.clone_from(&self.allowed_origins);
        http.rate_limit = Some(RateLimit { proxies: self.trusted_proxies, ..RateLimit::default() });
        Ok(Settings {
            at_rest_key: self.keys.at_rest_key(randomness)?,
            create_keys: self.keys.create_missing_keys,
            operator: self.keys.operator,
            public_url: trim(&self.public_url),
            data: self.keys.data,
            marks: self.marks,
            sign_in_file: self.sign_in_file,
            peer,
            floors: Floors {
                min_reporters: self.min_reporters_floor,
                min_cell_reporters: self.min_cell_reporters_floor,
                min_cell_employees: self.min_cell_employees_floor,
            },
            max_submission_bytes: self.max_submission_mib.saturating_mul(1024 * 1024),
            retry_every: Settings::RETRY_EVERY,
            http,
        })
    }

    fn peer(&self) -> anyhow::Result<PeerSettings> {
        let trim = |url: &str| url.trim_end_matches('/').to_owned();
        let identity: Option<Identity> = match &self.peer_identity_file {
            Some(file) => {
                let text = std::fs::read(file).context("the peer's identity cannot be read")?;
                Some(serde_json::from_slice(&text).context("the peer's identity is malformed")?)
            }
            None => None,
        };
        let named = identity.as_ref().map(|identity| identity.signing_key);
        let signing_key = self.peer_signing_key.or(named).context("the peer's key is not given")?;
        anyhow::ensure!(named.is_none_or(|key| key == signing_key), "the peer's identity has another key");
        Ok(PeerSettings {
            url: trim(&self.peer_url),
            public_url: self.peer_public_url.as_deref().map(trim),
            signing_key,
            identity,
        })
    }
}
