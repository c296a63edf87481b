//! The data server's command.

mod args;

use std::sync::Arc;

use anyhow::Context;
use clap::Parser;
use data_server::Randomness;
use data_server::identity::ServerKeys;
use kit::SystemClock;
use vault::Vault;

use args::{Args, Command, IdentityArgs, ServeArgs};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    match Args::parse() {
        Args { command: Some(Command::Identity(identity)), .. } => show_identity(&identity),
        Args { serve: Some(serve), .. } => run(serve).await,
        Args { .. } => anyhow::bail!("say how to serve, or `identity`; see --help"),
    }
}

/// Prints the public identity; makes it first if it is missing and may be made.
fn show_identity(args: &IdentityArgs) -> anyhow::Result<()> {
    let randomness = Randomness::system();
    kit::data_folder::prepare(&args.keys.data).context("the data folder cannot be used")?;
    let vault = Vault::from_key(&*args.keys.at_rest_key(&randomness)?);
    let create = args.keys.create_missing_keys;
    let (_, identity) =
        ServerKeys::read_or_create(&args.keys.data, &args.keys.operator, &vault, create, &randomness)?;
    println!("{}", serde_json::to_string_pretty(&identity)?);
    Ok(())
}

async fn run(args: ServeArgs) -> anyhow::Result<()> {
    kit::init_logging(args.log_target()).context("the log file cannot be opened")?;
    let randomness = Randomness::system();
    let listener = std::net::TcpListener::bind(args.listen).context("the address is not free")?;
    let settings = args.settings(&randomness)?;
    let server = data_server::start(settings, Arc::new(SystemClock), randomness, listener).await?;
    tracing::info!(target: "data_server", port = server.addr().port(), "serving");
    server.until(kit::shutdown_signal()).await?;
    Ok(())
}
