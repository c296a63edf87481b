//! `sealed-pay-page-server`: serves the built page.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;
use page_server::{Answers, Site, serve};
use protocol::ServerUrl;

/// Serves the built page, which talks to these two servers and to nobody else.
#[derive(Parser)]
#[command(name = "sealed-pay-page-server", version)]
struct Arguments {
    /// The folder that `trunk build` or `cargo xtask dist` filled
    #[arg(long, value_name = "DIR", default_value = "dist")]
    dist: PathBuf,
    /// Where to listen; a proxy in front speaks TLS
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Where people's browsers reach the data server
    #[arg(long, value_name = "URL")]
    data_server: String,
    /// Where people's browsers reach the computation server
    #[arg(long, value_name = "URL")]
    computation_server: String,
}

#[actix_web::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let data = ServerUrl::parse(&arguments.data_server)?;
    let computation = ServerUrl::parse(&arguments.computation_server)?;
    let mut site = Site::load(&arguments.dist)?;
    let config = serde_json::json!({
        "data_server": data.as_str(),
        "computation_server": computation.as_str(),
    });
    site.put("config.json", config.to_string().into_bytes());
    let (address, server) =
        serve(Answers::new(site, &[data.origin(), computation.origin()]), arguments.listen)?;
    println!("the page is at http://{address}");
    Ok(server.await?)
}
