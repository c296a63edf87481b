//! The data server's command.

mod args;

use std::sync::Arc;

use anyhow::Context;
use clap::Parser;
use data_server::Randomness;
use kit::SystemClock;

use args::{Args, Command, Environment};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let (environment, randomness) =
        (Environment::new(std::env::var("SEALED_PAY_AT_REST_KEY").ok()), Randomness::system());
    match args.command {
        Some(Command::Identity) => {
            println!("{}", serde_json::to_string_pretty(&args.keys.identity(&environment, &randomness)?)?);
            Ok(())
        }
        None => serve(&args, &environment, randomness).await,
    }
}

async fn serve(args: &Args, environment: &Environment, randomness: Randomness) -> anyhow::Result<()> {
    kit::init_logging(args.serve.log_target()).context("the log file cannot be opened")?;
    let settings = args.settings(environment, &randomness)?;
    if args.keys.create_missing_keys {
        args.keys.identity(environment, &randomness)?;
    }
    let listener = std::net::TcpListener::bind(args.serve.listen).context("the address is not free")?;
    let server = data_server::start(settings, Arc::new(SystemClock), randomness, listener).await?;
    println!("listening on {}", server.addr());
    server.until(kit::shutdown_signal()).await?;
    Ok(())
}
