//! The `sealedpay` command: rehearse a survey, run one, take part in one.
//!
//! # Map
//! [`args`] is what may be typed. One module per command: `rehearse`, `survey`, `report`, `verify`. [`show`] is how
//! results look, as tables and as JSON. [`Failure`] is every way to fail, with its exit code.
//!
//! Standard output holds results and nothing else; notes, questions and progress go to standard error.

mod args;
mod ask;
mod clock;
mod failure;
mod files;
mod out;
mod own;
mod pay_file;
mod progress;
mod randomness;
mod rehearse;
mod report;
mod show;
mod survey;
mod verify;

use args::{Cli, Command};
use clap::Parser;
use failure::Failure;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn run(cli: Cli) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::input(format!("This machine starts no threads: {error}.")))?;
    runtime.block_on(async {
        match cli.command {
            Command::Rehearse(args) => rehearse::run(*args).await,
            Command::Survey { action } => survey::run(action).await,
            Command::Verify(args) => verify::run(args).await,
            Command::Report(args) => report::run(args).await,
            Command::Withdraw(args) => report::withdraw::run(args).await,
        }
    })
}
