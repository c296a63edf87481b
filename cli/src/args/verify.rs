//! `sealedpay verify`.

use clap::Args;
use protocol::Hex;
use std::path::PathBuf;

/// Arguments of a verification.
#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    /// The bundle, as the data server gives it or `rehearse --bundle` writes it
    pub(crate) bundle: PathBuf,
    /// A file with the two servers' keys, from elsewhere than the bundle; otherwise they are fetched from the
    /// servers' own hosts, over https
    #[arg(long, value_name = "FILE")]
    pub(crate) server_keys: Option<PathBuf>,
    /// Refuse the bundle of any other survey than the one with this fingerprint, which stands on every receipt
    #[arg(long, value_name = "DIGITS", value_parser = fingerprint)]
    pub(crate) fingerprint: Option<Hex<32>>,
    /// Print the checks as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

fn fingerprint(text: &str) -> Result<Hex<32>, &'static str> {
    Hex::parse(&text.trim().to_lowercase()).ok_or("a fingerprint is 64 hexadecimal digits")
}
