//! Set-up, run, test and the laws of the tree: `cargo xtask …`.
//!
//! One file (or folder) per verb. Each command a verb starts is printed first,
//! so that it can be repeated by hand.

mod bench;
mod command;
mod dist;
mod run;
mod screenshots;
mod setup;
mod test;
mod tidy;
mod tree;
mod vectors;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Set-up, run and test Sealed Pay")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Install what is missing, and only that
    Setup(setup::Options),
    /// Build both servers, the page and the command, and start all of it on this machine
    Run(run::Options),
    /// Build the page, weigh it, and sign the list of its files
    Dist(dist::Options),
    /// Take pictures of every page and state, and look for barriers on each
    Screenshots(screenshots::Options),
    /// Run every check and every test
    Test(test::Options),
    /// Measure the arithmetic beside other programs, in one run
    Bench(bench::Options),
    /// Check the laws of the tree: who may depend on whom, what may stand where
    Tidy,
    /// Check a file of known answers made by another program
    Vectors(vectors::Options),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().verb {
        Verb::Setup(options) => setup::setup(&options, setup::Purpose::Test).map(|()| true),
        Verb::Run(options) => run::run(&options).map(|()| true),
        Verb::Dist(options) => dist::dist(&options).map(|()| true),
        Verb::Screenshots(options) => screenshots::screenshots(&options).map(|()| true),
        Verb::Test(options) => test::test(&options),
        Verb::Bench(options) => bench::bench(&options).map(|()| true),
        Verb::Tidy => tidy::tidy().map(|summary| summary.passed()),
        Verb::Vectors(options) => vectors::vectors(&options),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
