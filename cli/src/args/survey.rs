//! `sealedpay survey …`.

use super::{GranularityArg, KeyBitsArg};
use clap::{Args, Subcommand};
use std::path::PathBuf;
use survey::Thresholds;

/// The steps of a survey.
#[derive(Debug, Subcommand)]
pub(crate) enum SurveyAction {
    /// Get an id and a key from the servers and write the survey down; nothing opens yet
    Create(Box<CreateArgs>),
    /// Open the survey and print the invitation links
    Open(OpenArgs),
    /// Invite more, and print their links
    Invite(InviteArgs),
    /// Who was invited, has begun, has submitted
    Status(StateArgs),
    /// Close for good: nothing is taken any more
    Close(CloseArgs),
    /// Have the totals opened and wait for the result
    Release(StateArgs),
    /// Verify the result and print it
    Show(ShowArgs),
}

/// The state file and the sign-in.
#[derive(Debug, Args)]
pub(crate) struct StateArgs {
    /// The organizer's state file
    pub(crate) state: PathBuf,
    /// A file with the sign-in to the data server; otherwise the environment's SEALED_PAY_SIGN_IN
    #[arg(long, value_name = "FILE")]
    pub(crate) sign_in_file: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// How it is printed.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Output {
    /// Print JSON also on a terminal
    #[arg(long)]
    pub(crate) json: bool,
}

/// Arguments of a new survey.
#[derive(Debug, Args)]
pub(crate) struct CreateArgs {
    #[command(flatten)]
    pub(crate) common: StateArgs,
    /// The data server
    #[arg(long, value_name = "URL")]
    pub(crate) server: String,
    /// The survey's title
    #[arg(long)]
    pub(crate) title: String,
    /// What it is for
    #[arg(long, default_value = "")]
    pub(crate) purpose: String,
    /// Whom to ask
    #[arg(long)]
    pub(crate) contact: String,
    /// The period the amounts are about, such as "calendar year 2026"
    #[arg(long)]
    pub(crate) period: String,
    /// The compared column, such as sex
    #[arg(long, value_name = "NAME")]
    pub(crate) compare: String,
    /// Its categories, separated by commas
    #[arg(long, value_name = "A,B", value_delimiter = ',', required = true)]
    pub(crate) categories: Vec<String>,
    /// The category that gaps are parts of
    #[arg(long, value_name = "CATEGORY")]
    pub(crate) reference: String,
    /// The measured column, such as salary
    #[arg(long, value_name = "NAME")]
    pub(crate) measure: String,
    /// The unit of the amounts, such as EUR
    #[arg(long)]
    pub(crate) unit: String,
    /// Decimals of an amount
    #[arg(long, default_value_t = 2)]
    pub(crate) decimals: u8,
    /// The smallest amount that is taken, in units
    #[arg(long, value_name = "AMOUNT", default_value = "0")]
    pub(crate) min: String,
    /// The largest amount that is taken, in units
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) max: String,
    /// Amounts below are questioned
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) soft_min: Option<String>,
    /// Amounts above are questioned
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) soft_max: Option<String>,
    /// How finely reporters answer (totals: not yet)
    #[arg(long, value_enum, default_value_t = GranularityArg::Records)]
    pub(crate) granularity: GranularityArg,
    /// The most reporters
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub(crate) max_reporters: u32,
    /// The most employees of one reporter
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pub(crate) max_employees: u32,
    /// Reporters that must be counted before anything is opened
    #[arg(long, value_name = "N", default_value_t = Thresholds::DEFAULT.min_reporters())]
    pub(crate) min_reporters: u32,
    /// Reporters that must stand behind a published group
    #[arg(long, value_name = "N", default_value_t = Thresholds::DEFAULT.min_cell_reporters())]
    pub(crate) min_cell_reporters: u32,
    /// Employees that must stand behind a published group
    #[arg(long, value_name = "N", default_value_t = Thresholds::DEFAULT.min_cell_employees())]
    pub(crate) min_cell_employees: u32,
    /// Acknowledged submissions that may be lost before the survey ends without a result
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) max_missing: u32,
    /// Not closed before: 2026-12-01T00:00:00Z or +7d; otherwise any time
    #[arg(long, value_name = "TIME", value_parser = crate::clock::parse)]
    pub(crate) closes_not_before: Option<u64>,
    /// Closes by itself: 2026-12-31T18:00:00Z or +30d
    #[arg(long, value_name = "TIME", value_parser = crate::clock::parse, default_value = "+30d")]
    pub(crate) closes_at: u64,
    /// Bits of the survey's key
    #[arg(long, value_enum, default_value_t = KeyBitsArg::B3072)]
    pub(crate) key_bits: KeyBitsArg,
    /// Nothing in this survey is real
    #[arg(long)]
    pub(crate) rehearsal: bool,
}

/// Whom to invite.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Invited {
    /// A file with one label per line, such as a company's name
    #[arg(long, value_name = "FILE")]
    pub(crate) labels: Option<PathBuf>,
    /// So many invitations, labelled by number
    #[arg(long, value_name = "N")]
    pub(crate) invitations: Option<u32>,
}

/// Arguments of opening.
#[derive(Debug, Args)]
pub(crate) struct OpenArgs {
    #[command(flatten)]
    pub(crate) common: StateArgs,
    #[command(flatten)]
    pub(crate) invited: Invited,
    /// Where links lead; otherwise the data server
    #[arg(long, value_name = "URL")]
    pub(crate) base: Option<String>,
}

/// Arguments of inviting more.
#[derive(Debug, Args)]
pub(crate) struct InviteArgs {
    #[command(flatten)]
    pub(crate) common: StateArgs,
    #[command(flatten)]
    pub(crate) invited: Invited,
    /// Where links lead; otherwise the data server
    #[arg(long, value_name = "URL")]
    pub(crate) base: Option<String>,
}

/// Arguments of closing.
#[derive(Debug, Args)]
pub(crate) struct CloseArgs {
    #[command(flatten)]
    pub(crate) common: StateArgs,
    /// Do not ask
    #[arg(long)]
    pub(crate) yes: bool,
}

/// Arguments of showing a result.
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// The organizer's state file
    pub(crate) state: PathBuf,
    #[command(flatten)]
    pub(crate) output: Output,
    /// Print the figures as CSV
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,
}
