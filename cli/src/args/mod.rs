//! What may be typed.

mod rehearse;
mod report;
mod survey;
mod verify;

pub(crate) use rehearse::RehearseArgs;
pub(crate) use report::{ReportArgs, WithdrawArgs};
pub(crate) use survey::{
    BundleArgs, CloseArgs, CreateArgs, InviteArgs, Invited, OpenArgs, Output, PresetArgs, ShowArgs,
    StateArgs, SurveyAction,
};

pub(crate) use verify::VerifyArgs;

use clap::{Parser, Subcommand, ValueEnum};

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  something that was typed, a file or a refusal needs a change; nothing was sent or stored
  2  wrong usage
  3  the survey ended without a result
  4  a server cannot be reached or refuses for now; try again, nothing was lost
  5  a check failed (a signature, a key, two servers that differ): stop and tell the organizer";

/// Pay gaps without anyone seeing anyone's pay.
#[derive(Debug, Parser)]
#[command(name = "sealedpay", version, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What is done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Play a whole survey on this machine: both servers, an organizer, and reporters who share a CSV file
    #[command(after_help = EXIT_CODES)]
    Rehearse(Box<RehearseArgs>),
    /// Run a survey, step by step, as its organizer
    Survey {
        #[command(subcommand)]
        action: SurveyAction,
    },
    /// Take part: check the survey, seal a pay file, send it, keep the receipt
    ///
    /// Running the same again after an interruption goes on and sends the same bytes; running with a changed
    /// file sends the next version, which replaces the one before.
    #[command(after_help = EXIT_CODES)]
    Report(ReportArgs),
    /// Check everything that can be checked of a released survey, out of its bundle
    #[command(after_help = EXIT_CODES)]
    Verify(VerifyArgs),
    /// Withdraw what was reported: nothing of it is counted
    Withdraw(WithdrawArgs),
}

/// Which mark stands before decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DecimalMark {
    /// 45,300.50
    Dot,
    /// 45.300,50
    Comma,
}

/// How finely reporters answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GranularityArg {
    /// One sealed entry per employee
    Records,
    /// One sealed entry per reporter
    Totals,
}

/// What happens to rows in which something is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MissingArg {
    /// They are left out, and counted
    LeaveOut,
    /// Nothing is sent before they are completed
    Stop,
}

impl MissingArg {
    pub(crate) const fn rule(self) -> ::survey::MissingValues {
        match self {
            Self::LeaveOut => ::survey::MissingValues::LeaveOut,
            Self::Stop => ::survey::MissingValues::Stop,
        }
    }
}

impl GranularityArg {
    pub(crate) const fn wire(self) -> protocol::GranularityWire {
        match self {
            Self::Records => protocol::GranularityWire::Records,
            Self::Totals => protocol::GranularityWire::Totals,
        }
    }
}

/// Bits of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum KeyBitsArg {
    /// Fast; for tries
    #[value(name = "2048")]
    B2048,
    /// Usual
    #[value(name = "3072")]
    B3072,
    /// Slow; for very long secrecy
    #[value(name = "4096")]
    B4096,
}

impl KeyBitsArg {
    pub(crate) const fn size(self) -> paillier::KeyBits {
        match self {
            Self::B2048 => paillier::KeyBits::B2048,
            Self::B3072 => paillier::KeyBits::B3072,
            Self::B4096 => paillier::KeyBits::B4096,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_rehearsal_needs_a_file_or_the_demo() {
        let parse = |line: &str| Cli::try_parse_from(line.split(' '));
        assert!(parse("sealedpay rehearse --demo").is_ok());
        assert!(parse("sealedpay rehearse --csv a.csv --compare sex --measure pay --reporters 6").is_ok());
        assert!(parse("sealedpay rehearse --csv a.csv --compare sex --reporters 6").is_err());
        assert!(parse("sealedpay rehearse").is_err());
        assert!(parse("sealedpay rehearse --demo --csv a.csv").is_err());
        assert!(parse("sealedpay rehearse --demo --key-bits 1024").is_err());
    }

    #[test]
    fn a_sign_in_is_never_typed_into_the_process_list() {
        let parse = |line: &str| Cli::try_parse_from(line.split(' '));
        assert!(parse("sealedpay survey status s.json --sign-in secret").is_err());
        assert!(parse("sealedpay survey status s.json --sign-in-file f").is_ok());
    }
}
