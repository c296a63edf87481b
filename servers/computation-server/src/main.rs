//! The computation server's program.

use std::net::TcpListener;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use computation_server::cli::{Cli, Command};
use computation_server::start;
use kit::SystemClock;

#[actix_web::main]
async fn main() -> ExitCode {
    let mut cli = Cli::parse();
    cli.at_rest.at_rest_key_hex = std::env::var("SEALED_PAY_AT_REST_KEY").ok();
    match run(&cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: &Cli) -> anyhow::Result<()> {
    kit::init_logging(cli.log_target())?;
    match cli.command {
        Some(Command::Identity) => println!("{}", serde_json::to_string_pretty(&cli.identity()?)?),
        None => serve(cli).await?,
    }
    Ok(())
}

async fn serve(cli: &Cli) -> anyhow::Result<()> {
    let settings = cli.settings()?;
    let listener = TcpListener::bind(cli.serve.listen)?;
    let server = start(settings, Arc::new(SystemClock), listener).await?;
    println!("listening on {}", server.addr());
    Ok(server.until(kit::shutdown_signal()).await?)
}
