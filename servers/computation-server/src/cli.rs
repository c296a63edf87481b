//! The command line: flags become settings.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, Parser, Subcommand};
use kit::LogTarget;
use paillier::KeyBits;
use protocol::{Hex, Identity, Role, VerifyingKey};

use crate::at_rest::AtRestKey;
use crate::settings::{Floors, Settings, StartRefusal, lies_inside};
use crate::{identity, terminal};

/// Holds the keys of surveys, keeps declarations, opens one total per survey.
#[derive(Debug, Parser)]
#[command(version)]
pub struct Cli {
    /// What to do instead of serving.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Folder of the database and the identity.
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Who runs this server, in words.
    #[arg(long, global = true, value_name = "NAME")]
    pub operator: Option<String>,
    /// The key at rest.
    #[command(flatten)]
    pub at_rest: AtRestArgs,
    /// Everything that only serving needs.
    #[command(flatten)]
    pub serve: ServeArgs,
}

/// What the program does besides serving.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum Command {
    /// Makes the identity if there is none, and prints its public half.
    Identity,
}

/// Where the key comes from that encrypts secrets in the data folder.
#[derive(Debug, Args)]
pub struct AtRestArgs {
    /// File of 64 hexadecimal digits, outside the data folder.
    #[arg(long, global = true, value_name = "FILE")]
    pub at_rest_key: Option<PathBuf>,
    /// Read the key from the terminal.
    #[arg(long, global = true, conflicts_with = "at_rest_key")]
    pub at_rest_key_prompt: bool,
    /// The key itself, out of the environment: a command line is there for everybody on the machine to read.
    #[arg(skip)]
    pub at_rest_key_hex: Option<String>,
    /// Make the key file and the identity if they are missing: for the first start.
    #[arg(long, global = true)]
    pub create_missing_keys: bool,
}

/// What serving needs.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Address and port to listen on.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8082")]
    pub listen: SocketAddr,
    /// Where clients reach this server.
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// Folder of the marks, outside the data folder and its backups.
    #[arg(long, value_name = "DIR")]
    pub marks: Option<PathBuf>,
    /// The data server's signing key.
    #[arg(long, value_name = "HEX", conflicts_with = "peer_identity_file")]
    pub peer_signing_key: Option<String>,
    /// The data server's public identity, as its `identity` command prints it.
    #[arg(long, value_name = "FILE")]
    pub peer_identity_file: Option<PathBuf>,
    /// Keys to keep ready of each length.
    #[arg(long, value_name = "BITS=COUNT,…", value_delimiter = ',', default_value = "3072=2", value_parser = pool_entry)]
    pub pool: Vec<(KeyBits, u32)>,
    /// Open no survey with fewer reporters.
    #[arg(long, value_name = "N", default_value_t = Floors::default().min_reporters)]
    pub min_reporters_floor: u32,
    /// Open no survey that publishes cells of fewer reporters.
    #[arg(long, value_name = "N", default_value_t = Floors::default().min_cell_reporters)]
    pub min_cell_reporters_floor: u32,
    /// Open no survey that publishes cells of fewer employees.
    #[arg(long, value_name = "N", default_value_t = Floors::default().min_cell_employees)]
    pub min_cell_employees_floor: u32,
    /// The shortest key of a survey.
    #[arg(long, value_name = "BITS", default_value = "2048", value_parser = key_bits)]
    pub min_key_bits: KeyBits,
    /// A page that may call this server; may be given several times.
    #[arg(long, value_name = "ORIGIN")]
    pub allowed_origin: Vec<String>,
    /// File for the log instead of standard error.
    #[arg(long, value_name = "FILE")]
    pub log_file: Option<PathBuf>,
}

fn key_bits(text: &str) -> Result<KeyBits, String> {
    let bits: u32 = text.parse().map_err(|_| "a key length is a number".to_owned())?;
    KeyBits::try_from(bits).map_err(|refusal| refusal.to_string())
}

fn pool_entry(text: &str) -> Result<(KeyBits, u32), String> {
    let (bits, count) = text.split_once('=').ok_or("an entry is a length and a number, as 3072=2")?;
    let count = count.parse().map_err(|_| "the number of keys is a number".to_owned())?;
    Ok((key_bits(bits)?, count))
}

impl Cli {
    /// Where log lines go.
    #[must_use]
    pub fn log_target(&self) -> LogTarget {
        self.serve.log_file.clone().map_or(LogTarget::Stderr, LogTarget::File)
    }

    /// Makes the identity if there is none, and answers its public half.
    ///
    /// # Errors
    /// If a flag is missing, or a file cannot be used.
    pub fn identity(&self) -> anyhow::Result<Identity> {
        let key = self.at_rest_key()?;
        Ok(identity::prepare(self.data()?, &key, self.operator()?)?.public)
    }

    /// The settings to serve with.
    ///
    /// # Errors
    /// If a flag is missing, or a file cannot be used.
    pub fn settings(&self) -> anyhow::Result<Settings> {
        let at_rest_key = self.at_rest_key()?;
        let serve = &self.serve;
        let public_url = serve.public_url.clone().context("--public-url is missing")?;
        let marks = serve.marks.clone().context("--marks is missing")?;
        let (data, operator) = (self.data()?.clone(), self.operator()?.to_owned());
        let (peer, peer_sealing_key) = self.peer()?;
        Ok(Settings {
            peer_sealing_key,
            create_missing_keys: self.at_rest.create_missing_keys,
            pool: serve.pool.iter().copied().collect::<BTreeMap<_, _>>(),
            floors: Floors {
                min_reporters: serve.min_reporters_floor,
                min_cell_reporters: serve.min_cell_reporters_floor,
                min_cell_employees: serve.min_cell_employees_floor,
            },
            min_key_bits: serve.min_key_bits,
            allowed_origins: serve.allowed_origin.clone(),
            ..Settings::new(data, marks, at_rest_key, public_url, operator, peer)
        })
    }

    fn data(&self) -> anyhow::Result<&PathBuf> {
        self.data.as_ref().context("--data is missing")
    }

    fn operator(&self) -> anyhow::Result<&str> {
        self.operator.as_deref().context("--operator is missing")
    }

    fn at_rest_key(&self) -> anyhow::Result<AtRestKey> {
        let args = &self.at_rest;
        if let Some(file) = &args.at_rest_key {
            if lies_inside(file, self.data()?)? {
                bail!(StartRefusal::KeyInsideData);
            }
            return Ok(AtRestKey::from_file(file, args.create_missing_keys)?);
        }
        if args.at_rest_key_prompt {
            return Ok(AtRestKey::parse(&terminal::read_secret("key at rest: ")?)?);
        }
        let given = args.at_rest_key_hex.as_ref();
        let given =
            given.context("one of --at-rest-key, --at-rest-key-prompt, SEALED_PAY_AT_REST_KEY is missing")?;
        Ok(AtRestKey::parse(given)?)
    }

    /// The data server's signing key, and its sealing key if its whole identity was given.
    fn peer(&self) -> anyhow::Result<(VerifyingKey, Option<Hex<32>>)> {
        let (key, sealing_key) = match (&self.serve.peer_signing_key, &self.serve.peer_identity_file) {
            (Some(hex), _) => (Hex::parse(hex).context("--peer-signing-key is 64 hexadecimal digits")?, None),
            (None, Some(file)) => {
                let identity = peer_of_file(file)?;
                (identity.signing_key, Some(identity.sealing_key))
            }
            (None, None) => bail!("one of --peer-signing-key, --peer-identity-file is missing"),
        };
        let key = VerifyingKey::admit(key).context("the data server's signing key is refused")?;
        Ok((key, sealing_key))
    }
}

fn peer_of_file(file: &PathBuf) -> anyhow::Result<Identity> {
    let content = std::fs::read(file).context("the data server's identity file cannot be read")?;
    let identity: Identity =
        serde_json::from_slice(&content).context("the data server's identity file is none")?;
    if identity.role != Role::DataServer {
        bail!("the identity file is not a data server's");
    }
    Ok(identity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flags_are_consistent_and_stand_before_or_after_the_command() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
        let cli = Cli::parse_from(["x", "identity", "--data", "d", "--operator", "A"]);
        assert!(matches!(cli.command, Some(Command::Identity)) && cli.operator.as_deref() == Some("A"));
        let cli = Cli::parse_from(["x", "--pool", "2048=1,3072=2"]);
        assert_eq!(cli.serve.pool, [(KeyBits::B2048, 1), (KeyBits::B3072, 2)]);
        assert!(Cli::try_parse_from(["x", "--pool", "1024=1"]).is_err());
    }

    #[test]
    fn a_key_at_rest_inside_the_data_folder_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (data, key) = (folder.path().join("data"), folder.path().join("data/key"));
        let args = ["x", "identity", "--operator", "A", "--create-missing-keys", "--data"];
        let cli = Cli::parse_from(args.map(Into::into).into_iter().chain([
            data.into_os_string(),
            "--at-rest-key".into(),
            key.into(),
        ]));
        let refused = cli.identity().unwrap_err().downcast::<StartRefusal>().unwrap();
        assert!(matches!(refused, StartRefusal::KeyInsideData));
    }
}
