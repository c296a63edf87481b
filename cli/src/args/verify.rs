//! `sealedpay verify`.

use clap::Args;
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
    /// Print the checks as JSON
    #[arg(long)]
    pub(crate) json: bool,
}
