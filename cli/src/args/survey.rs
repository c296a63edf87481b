//! `sealedpay survey …`.

use super::{GranularityArg, KeyBitsArg};
use clap::{Args, Subcommand};
use std::path::PathBuf;
use survey::Thresholds;

/// The steps of a survey.
#[derive(Debug, Subcommand)]
pub(crate) enum SurveyAction {
    /// Print a schema to begin with: simple, eu-2023-970, uk-gender-pay-gap, boston or eeo-1-component-2
    Preset(PresetArgs),
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
    /// Write everything public about the released survey to a file, for `sealedpay verify`
    Bundle(BundleArgs),
}

/// Arguments of a bundle.
#[derive(Debug, Args)]
pub(crate) struct BundleArgs {
    /// The organizer's state file
    pub(crate) state: PathBuf,
    /// The file to write
    pub(crate) file: PathBuf,
}

/// Arguments of a preset.
#[derive(Debug, Args)]
pub(crate) struct PresetArgs {
    /// Its name
    pub(crate) name: String,
    /// The currency, where the law does not say it
    #[arg(long, default_value = "EUR")]
    pub(crate) currency: String,
    /// The day on which whoever is employed counts
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) snapshot: Option<String>,
    /// A category of workers who do work of equal value (EU); give each
    #[arg(long, value_name = "NAME")]
    pub(crate) worker_category: Vec<String>,
    /// With bands for medians also where the text asks for none (boston)
    #[arg(long)]
    pub(crate) bands: bool,
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
    /// What is asked, as `survey preset` prints it, instead of the options from --compare to --soft-max
    #[arg(long, value_name = "FILE", conflicts_with_all = ["compare", "categories", "reference", "measure", "unit"])]
    pub(crate) schema: Option<PathBuf>,
    /// The compared column, such as sex
    #[arg(long, value_name = "NAME", required_unless_present = "schema")]
    pub(crate) compare: Option<String>,
    /// Its categories, separated by commas
    #[arg(long, value_name = "A,B", value_delimiter = ',', required_unless_present = "schema")]
    pub(crate) categories: Vec<String>,
    /// The category that gaps are parts of
    #[arg(long, value_name = "CATEGORY", required_unless_present = "schema")]
    pub(crate) reference: Option<String>,
    /// The measured column, such as salary
    #[arg(long, value_name = "NAME", required_unless_present = "schema")]
    pub(crate) measure: Option<String>,
    /// The unit of the amounts, such as EUR
    #[arg(long, required_unless_present = "schema")]
    pub(crate) unit: Option<String>,
    /// Decimals of an amount
    #[arg(long, default_value_t = 2)]
    pub(crate) decimals: u8,
    /// The smallest amount that is taken, in units
    #[arg(long, value_name = "AMOUNT", default_value = "0")]
    pub(crate) min: String,
    /// The largest amount that is taken, in units
    #[arg(long, value_name = "AMOUNT", required_unless_present = "schema", conflicts_with = "schema")]
    pub(crate) max: Option<String>,
    /// Amounts below are questioned
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) soft_min: Option<String>,
    /// Amounts above are questioned
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) soft_max: Option<String>,
    /// How finely reporters answer
    #[arg(long, value_enum, default_value_t = GranularityArg::Totals)]
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
