//! The computation server's program.

use std::net::TcpListener;
use std::sync::Arc;

use clap::Parser;
use computation_server::cli::{Cli, Command};
use computation_server::start;
use kit::SystemClock;

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    kit::init_logging(cli.log_target())?;
    match cli.command {
        Some(Command::Identity) => println!("{}", serde_json::to_string_pretty(&cli.identity()?)?),
        None => serve(&cli).await?,
    }
    Ok(())
}

async fn serve(cli: &Cli) -> anyhow::Result<()> {
    let listener = TcpListener::bind(cli.serve.listen)?;
    let server = start(cli.settings()?, Arc::new(SystemClock), listener).await?;
    println!("listening on {}", server.addr());
    Ok(server.until(kit::shutdown_signal()).await?)
}
