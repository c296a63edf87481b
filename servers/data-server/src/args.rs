//! What the command line says.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Parser, Subcommand};
use data_server::identity::{ServerKeys, read_at_rest_key, read_or_create_at_rest_key};
use data_server::{Floors, PeerSettings, Randomness, Settings};
use kit::{LogTarget, RateLimit};
use protocol::{Hex, Identity, Role};
use vault::Vault;
use zeroize::Zeroizing;

/// Sealed Pay's data server: keeps submissions, gives receipts, multiplies; cannot decrypt.
#[derive(Debug, Parser)]
#[command(version)]
pub(crate) struct Args {
    /// What to do instead of serving.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) keys: KeyArgs,
    #[command(flatten)]
    pub(crate) serve: ServeArgs,
}

/// What the program does besides serving.
#[derive(Clone, Copy, Debug, Subcommand)]
pub(crate) enum Command {
    /// Makes the identity if there is none, and prints its public half.
    Identity,
}

/// What only the environment may say: a command line is there for everybody on the machine to read.
#[derive(Default)]
pub(crate) struct Environment {
    /// The key at rest itself, in place of its file.
    at_rest_key: Option<Zeroizing<String>>,
}

impl Environment {
    /// With the value of `SEALED_PAY_AT_REST_KEY`, if there is one.
    pub(crate) fn new(at_rest_key: Option<String>) -> Self {
        Self { at_rest_key: at_rest_key.map(Zeroizing::new) }
    }
}

/// Where keys lie, and whose they are.
#[derive(Debug, clap::Args)]
pub(crate) struct KeyArgs {
    /// Folder of the database and the identity.
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// File of the key that encrypts secrets at rest: 64 hexadecimal digits, outside the data folder.
    #[arg(long, global = true, value_name = "FILE")]
    at_rest_key: Option<PathBuf>,
    /// Make the key file and the identity if they are missing: for the first start.
    #[arg(long, global = true)]
    pub(crate) create_missing_keys: bool,
    /// Who runs this server, in words.
    #[arg(long, global = true, value_name = "NAME")]
    operator: Option<String>,
}

impl KeyArgs {
    pub(crate) fn data(&self) -> anyhow::Result<&PathBuf> {
        self.data.as_ref().context("--data is missing")
    }

    fn operator(&self) -> anyhow::Result<&str> {
        self.operator.as_deref().context("--operator is missing")
    }

    /// The key at rest.
    pub(crate) fn at_rest_key(
        &self,
        environment: &Environment,
        randomness: &Randomness,
    ) -> anyhow::Result<Zeroizing<[u8; 32]>> {
        if let Some(file) = &self.at_rest_key {
            kit::data_folder::prepare(self.data()?).context("the data folder cannot be used")?;
            let folder = file.parent().and_then(|folder| folder.canonicalize().ok());
            let inside = folder.is_some_and(|folder| {
                self.data()
                    .and_then(|data| Ok(data.canonicalize()?))
                    .is_ok_and(|data| folder.starts_with(data))
            });
            anyhow::ensure!(!inside, "the key at rest must lie outside the data folder");
            return Ok(read_or_create_at_rest_key(file, self.create_missing_keys, randomness)?);
        }
        let text = environment.at_rest_key.as_ref();
        let text = text.context("one of --at-rest-key, SEALED_PAY_AT_REST_KEY is missing")?;
        Ok(read_at_rest_key(text)?)
    }

    /// The identity; made first if it is missing and may be made.
    pub(crate) fn identity(
        &self,
        environment: &Environment,
        randomness: &Randomness,
    ) -> anyhow::Result<Identity> {
        let vault = Vault::from_key(&*self.at_rest_key(environment, randomness)?);
        let create = self.create_missing_keys;
        let (_, identity) =
            ServerKeys::read_or_create(self.data()?, self.operator()?, &vault, create, randomness)?;
        Ok(identity)
    }
}

/// How to serve.
#[derive(Debug, clap::Args)]
pub(crate) struct ServeArgs {
    /// Where to listen.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8081")]
    pub(crate) listen: SocketAddr,
    /// Where clients reach this server; no trailing slash.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// The folder of the marks that say which opening has begun: outside the data folder and its backups.
    #[arg(long, value_name = "DIR")]
    marks: Option<PathBuf>,
    /// The file of the organizer's sign-in token; written at the first start if it is missing.
    #[arg(long, value_name = "FILE")]
    sign_in_file: Option<PathBuf>,
    /// Where this server reaches the computation server; no trailing slash.
    #[arg(long, value_name = "URL")]
    peer_url: Option<String>,
    /// Where clients reach the computation server, if elsewhere.
    #[arg(long, value_name = "URL")]
    peer_public_url: Option<String>,
    /// The computation server's signing key, pinned: 64 hexadecimal digits.
    #[arg(long, value_name = "HEX", value_parser = parse_key)]
    peer_signing_key: Option<Hex<32>>,
    /// The computation server's identity, as its `identity` command prints it; pins its signing key.
    #[arg(long, value_name = "FILE")]
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
    #[arg(long = "allowed-origin", value_name = "URL")]
    allowed_origins: Vec<String>,
    /// Reverse proxies in front of this server that append to X-Forwarded-For.
    #[arg(long, default_value_t = 0)]
    trusted_proxies: usize,
    /// Where log lines go; standard error unless given.
    #[arg(long, value_name = "FILE")]
    log_file: Option<PathBuf>,
}

fn parse_key(text: &str) -> Result<Hex<32>, &'static str> {
    Hex::parse(text).ok_or("expected 64 lower-case hexadecimal digits")
}

fn trim(url: &str) -> String {
    url.trim_end_matches('/').to_owned()
}

impl ServeArgs {
    /// Where log lines go.
    pub(crate) fn log_target(&self) -> LogTarget {
        self.log_file.clone().map_or(LogTarget::Stderr, LogTarget::File)
    }

    fn floors(&self) -> Floors {
        Floors {
            min_reporters: self.min_reporters_floor,
            min_cell_reporters: self.min_cell_reporters_floor,
            min_cell_employees: self.min_cell_employees_floor,
        }
    }

    fn peer(&self) -> anyhow::Result<PeerSettings> {
        let identity = self.peer_identity_file.as_ref().map(read_identity).transpose()?;
        let named = identity.as_ref().map(|identity| identity.signing_key);
        let signing_key = self.peer_signing_key.or(named);
        let signing_key =
            signing_key.context("one of --peer-signing-key, --peer-identity-file is missing")?;
        anyhow::ensure!(named.is_none_or(|key| key == signing_key), "the peer's identity has another key");
        Ok(PeerSettings {
            url: trim(self.peer_url.as_deref().context("--peer-url is missing")?),
            public_url: self.peer_public_url.as_deref().map(trim),
            signing_key,
            identity,
        })
    }
}

fn read_identity(file: &PathBuf) -> anyhow::Result<Identity> {
    let text = std::fs::read(file).context("the computation server's identity file cannot be read")?;
    let identity: Identity =
        serde_json::from_slice(&text).context("the computation server's identity file is none")?;
    anyhow::ensure!(identity.role == Role::ComputationServer, "the identity is not a computation server's");
    Ok(identity)
}

impl Args {
    /// Everything together.
    pub(crate) fn settings(
        &self,
        environment: &Environment,
        randomness: &Randomness,
    ) -> anyhow::Result<Settings> {
        let (keys, serve) = (&self.keys, &self.serve);
        let mut http = kit::Settings::named("data-server");
        http.allowed_origins.clone_from(&serve.allowed_origins);
        http.rate_limit = Some(RateLimit { proxies: serve.trusted_proxies, ..RateLimit::default() });
        Ok(Settings {
            operator: keys.operator()?.to_owned(),
            public_url: trim(serve.public_url.as_deref().context("--public-url is missing")?),
            data: keys.data()?.clone(),
            marks: serve.marks.clone().context("--marks is missing")?,
            at_rest_key: keys.at_rest_key(environment, randomness)?,
            sign_in_file: serve.sign_in_file.clone().context("--sign-in-file is missing")?,
            peer: serve.peer()?,
            floors: serve.floors(),
            max_submission_bytes: serve.max_submission_mib.saturating_mul(1024 * 1024),
            retry_every: Settings::RETRY_EVERY,
            http,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_flags_are_consistent_and_stand_before_or_after_the_command() {
        Args::command().debug_assert();
        for line in ["x identity --data d --operator A", "x --data d --operator A identity"] {
            let args = Args::parse_from(line.split(' '));
            assert!(matches!(args.command, Some(Command::Identity)), "{line}");
            assert_eq!(args.keys.operator().unwrap(), "A", "{line}");
        }
    }

    #[test]
    fn a_key_at_rest_is_never_on_the_command_line() {
        let key = "11".repeat(32);
        for line in [["x", "--at-rest-key-hex", &key], ["x", "identity", &format!("--at-rest-key-hex={key}")]]
        {
            assert!(Args::try_parse_from(line).is_err());
        }
        let args = Args::parse_from(["x", "identity"]);
        let given = Environment { at_rest_key: Some(Zeroizing::new(key)) };
        let randomness = Randomness::system();
        assert_eq!(*args.keys.at_rest_key(&given, &randomness).unwrap(), [0x11; 32]);
        assert!(args.keys.at_rest_key(&Environment::default(), &randomness).is_err());
    }

    #[test]
    fn a_key_at_rest_inside_the_data_folder_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let (data, key) = (home.path().join("data"), home.path().join("data/key"));
        let line = ["x", "identity", "--operator", "A", "--create-missing-keys", "--data"].map(Into::into);
        let rest = [data.into_os_string(), "--at-rest-key".into(), key.into_os_string()];
        let args = Args::parse_from(line.into_iter().chain(rest));
        assert!(args.keys.identity(&Environment::default(), &Randomness::system()).is_err());
    }
}
