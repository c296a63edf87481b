//! `sealedpay rehearse`.

use super::{DecimalMark, GranularityArg, KeyBitsArg, MissingArg};
use clap::Args;
use std::path::PathBuf;
use survey::Thresholds;

/// Arguments of a rehearsal.
#[derive(Debug, Args)]
pub(crate) struct RehearseArgs {
    /// The pay file: one row per employee
    #[arg(long, value_name = "FILE", required_unless_present = "demo")]
    pub(crate) csv: Option<PathBuf>,
    /// The column whose groups are compared
    #[arg(long, value_name = "COLUMN", required_unless_present_any = ["demo", "schema"])]
    pub(crate) compare: Option<String>,
    /// The column with the amounts
    #[arg(long, value_name = "COLUMN", required_unless_present_any = ["demo", "schema"])]
    pub(crate) measure: Option<String>,
    /// What is asked, as `survey preset` prints it; the columns have the names that stand there
    #[arg(
        long, value_name = "FILE", requires = "csv",
        conflicts_with_all = ["demo", "compare", "measure", "by", "bands", "reference", "unit", "missing"]
    )]
    pub(crate) schema: Option<PathBuf>,
    /// How many reporters share the rows, dealt one after the other
    #[arg(long, value_name = "N", required_unless_present = "demo")]
    pub(crate) reporters: Option<u32>,
    /// Use the salaries of 397 professors that come with this command: sex, salary, six reporters
    #[arg(long, conflicts_with_all = ["csv", "compare", "measure", "reporters"])]
    pub(crate) demo: bool,
    /// A further column to break figures down by, or several joined by commas; again for another breakdown
    #[arg(long, value_name = "COLUMN[,COLUMN]")]
    pub(crate) by: Vec<String>,
    /// How finely reporters answer
    #[arg(long, value_enum, default_value_t = GranularityArg::Totals)]
    pub(crate) granularity: GranularityArg,
    /// Count employees in bands of this width, such as 5000, for medians and quartiles
    #[arg(long, value_name = "WIDTH")]
    pub(crate) bands: Option<String>,
    /// Publish no standard deviation: where the largest amounts are so large that their squares do not fit
    #[arg(long)]
    pub(crate) no_dispersion: bool,
    /// What happens to rows in which something is missing
    #[arg(long, value_enum, default_value_t = MissingArg::Stop)]
    pub(crate) missing: MissingArg,
    /// Bits of the survey's key
    #[arg(long, value_enum, default_value_t = KeyBitsArg::B3072)]
    pub(crate) key_bits: KeyBitsArg,
    /// Reporters that must be counted before anything is opened
    #[arg(long, value_name = "N", default_value_t = Thresholds::DEFAULT.min_reporters())]
    pub(crate) min_reporters: u32,
    /// Reporters that must stand behind a published group
    #[arg(long, value_name = "N", default_value_t = Thresholds::DEFAULT.min_cell_reporters())]
    pub(crate) min_cell_reporters: u32,
    /// Employees that must stand behind a published group
    #[arg(long, value_name = "N", default_value_t = Thresholds::DEFAULT.min_cell_employees())]
    pub(crate) min_cell_employees: u32,
    /// The group that gaps are parts of; otherwise the one that reads as men, or else the largest
    #[arg(long, value_name = "CATEGORY")]
    pub(crate) reference: Option<String>,
    /// The unit of the amounts, such as EUR
    #[arg(long, value_name = "TEXT")]
    pub(crate) unit: Option<String>,
    /// Which mark stands before decimals, where the file does not decide it
    #[arg(long, value_enum)]
    pub(crate) decimal_mark: Option<DecimalMark>,
    /// Write everything public about the released survey to this file, for `sealedpay verify`
    #[arg(long, value_name = "FILE", requires = "server_keys")]
    pub(crate) bundle: Option<PathBuf>,
    /// Write the keys that the two servers stand for to this file
    #[arg(long, value_name = "FILE", requires = "bundle")]
    pub(crate) server_keys: Option<PathBuf>,
    /// Print one JSON object instead of a table
    #[arg(long)]
    pub(crate) json: bool,
}
