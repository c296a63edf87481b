//! `run`: both servers and the page on this machine, built as for real use.

mod folders;
mod health;
mod servers;
mod supervise;

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::command::{cargo, must};
use crate::{dist, setup, tree};
use folders::Folders;
use servers::{Page, Plan};

/// Where to keep data and to listen.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Where the servers keep their data
    #[arg(long, value_name = "DIR", default_value = "data-folder")]
    data: PathBuf,
    /// Port of the data server
    #[arg(long, value_name = "P", default_value_t = 8081)]
    data_port: u16,
    /// Port of the computation server
    #[arg(long, value_name = "P", default_value_t = 8082)]
    computation_port: u16,
    /// Start the two servers alone, as for the command or for `trunk serve`
    #[arg(long)]
    without_page: bool,
    /// Port of the page
    #[arg(long, value_name = "P", default_value_t = 8080)]
    page_port: u16,
}

/// Starts both servers and the page, and keeps them until Ctrl-C.
pub(crate) fn run(options: &Options) -> Result<()> {
    let with_page = !options.without_page;
    let purpose = if with_page { setup::Purpose::Page } else { setup::Purpose::Servers };
    setup::setup(&setup::Options::default(), purpose)?;
    let mut packages = vec!["sealed-pay-data-server", "sealed-pay-computation-server", "sealed-pay-cli"];
    packages.extend(with_page.then_some("sealed-pay-page-server"));
    println!("building: several minutes the first time, seconds later");
    must(cargo(["build", "--release"]).args(packages.iter().flat_map(|name| ["-p", name])))?;
    let binaries = tree::members()?.target_directory.into_std_path_buf().join("release");
    let folders = Folders::prepare(&tree::root().join(&options.data))?;
    let page = with_page
        .then(|| dist::build(&folders.secrets.join("page-signing.key"), dist::Copies::Served))
        .transpose()?;
    let loopback = |port| SocketAddr::from(([127, 0, 0, 1], port));
    let plan = Plan {
        binaries,
        folders,
        data: loopback(options.data_port),
        computation: loopback(options.computation_port),
        page: page.map(|dist| Page { address: loopback(options.page_port), dist }),
    };
    servers::introduce(&plan)?;
    let mut servers = supervise::Servers::start(servers::server_commands(&plan))?;
    let ready = servers.wait_until_healthy();
    if matches!(ready, Ok(true)) {
        greet(&plan)?;
        servers.wait_for_the_end()
    } else {
        servers.stop();
        ready.map(drop)
    }
}

fn greet(plan: &Plan) -> Result<()> {
    let sign_in = std::fs::read_to_string(plan.sign_in_file())
        .context("the data server left no organizer's sign-in")?;
    let command = plan.binaries.join("sealedpay");
    println!();
    if let Some(page) = &plan.page {
        println!("Open                http://{}", page.address);
    }
    println!("organizer's sign-in {}", sign_in.trim());
    println!();
    println!("data server         http://{}", plan.data);
    println!("computation server  http://{}", plan.computation);
    println!();
    println!("Without a browser, in another terminal:");
    println!("  {} rehearse --demo", command.display());
    println!("  {} survey create --help", command.display());
    println!("Logs stand in {}.", plan.folders.logs.display());
    println!("Ctrl-C stops everything; what the servers keep stays in the folder.");
    Ok(())
}
