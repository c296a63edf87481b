//! `sealedpay report` and `sealedpay withdraw`.

use super::DecimalMark;
use clap::Args;
use std::path::PathBuf;

/// Arguments of a report.
#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    /// The invitation link. "-" reads it from standard input, so that it stands in no process list
    pub(crate) link: String,
    /// The code beside the link, where a mail program cut the link's end off. With "-" it may follow the link
    /// there
    #[arg(long, value_name = "CODE")]
    pub(crate) code: Option<String>,
    /// The pay file: one row per employee
    pub(crate) file: PathBuf,
    /// The column whose groups are compared; otherwise the one named as in the survey
    #[arg(long, value_name = "COLUMN")]
    pub(crate) compare: Option<String>,
    /// The column with the amounts; otherwise the one named as in the survey
    #[arg(long, value_name = "COLUMN")]
    pub(crate) measure: Option<String>,
    /// Which mark stands before decimals, where the file does not decide it
    #[arg(long, value_enum)]
    pub(crate) decimal_mark: Option<DecimalMark>,
    /// Where the key and the receipts are kept; otherwise sealedpay-SURVEY-INVITATION.json in this folder
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,
    /// The data server, if the link leads to a page elsewhere
    #[arg(long, value_name = "URL")]
    pub(crate) server: Option<String>,
    /// The computation server's signing key, if you know it otherwise than from its own address
    #[arg(long, value_name = "HEX")]
    pub(crate) pin_computation_key: Option<String>,
    /// Send the file although its last version was acknowledged unchanged
    #[arg(long)]
    pub(crate) again: bool,
    /// Do not ask before enrolling and sending
    #[arg(long)]
    pub(crate) yes: bool,
    /// Print one JSON object instead of text
    #[arg(long)]
    pub(crate) json: bool,
}

/// Arguments of a withdrawal.
#[derive(Debug, Args)]
pub(crate) struct WithdrawArgs {
    /// The state file that the report wrote
    pub(crate) state: PathBuf,
    /// If the data server does not take it, withdraw at the computation server, which then sees this machine's
    /// address with your credential
    #[arg(long)]
    pub(crate) direct: bool,
    /// Do not ask
    #[arg(long)]
    pub(crate) yes: bool,
    /// Print one JSON object instead of text
    #[arg(long)]
    pub(crate) json: bool,
}
