//! With which arguments the servers start.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;

use super::folders::Folders;

/// A pair of servers to be started.
pub(crate) struct Plan {
    pub(crate) binaries: PathBuf,
    pub(crate) folders: Folders,
    pub(crate) data: SocketAddr,
    pub(crate) computation: SocketAddr,
    /// Where the page is served.
    pub(crate) page: SocketAddr,
    /// The built page.
    pub(crate) dist: PathBuf,
}

/// A server, where it will answer, and how it is started.
pub(crate) struct Server {
    pub(crate) name: &'static str,
    pub(crate) address: SocketAddr,
    pub(crate) command: Command,
}

/// The one place that knows the servers' arguments.
pub(crate) fn server_commands(plan: &Plan) -> [Server; 3] {
    let origin = format!("http://{}", plan.page);
    let folders = &plan.folders;
    let mut data = Command::new(plan.binaries.join("sealed-pay-data-server"));
    data.args(["--listen", &plan.data.to_string()])
        .args(["--peer", &format!("http://{}", plan.computation)])
        .args(["--operator", "data server on this machine"])
        .args(["--allowed-origin", &origin])
        .arg("--data")
        .arg(&folders.data_server)
        .arg("--marks")
        .arg(folders.marks.join("data-server"));
    let mut computation = Command::new(plan.binaries.join("sealed-pay-computation-server"));
    computation
        .args(["--listen", &plan.computation.to_string()])
        .args(["--peer", &format!("http://{}", plan.data)])
        .args(["--operator", "computation server on this machine"])
        .args(["--allowed-origin", &origin])
        .arg("--data")
        .arg(&folders.computation_server)
        .arg("--marks")
        .arg(folders.marks.join("computation-server"))
        .arg("--at-rest-key")
        .arg(folders.secrets.join("at-rest.key"));
    let mut page = Command::new(plan.binaries.join("sealed-pay-page-server"));
    page.args(["--listen", &plan.page.to_string()])
        .args(["--data-server", &format!("http://{}", plan.data)])
        .args(["--computation-server", &format!("http://{}", plan.computation)])
        .arg("--dist")
        .arg(&plan.dist);
    [
        Server { name: "data server", address: plan.data, command: data },
        Server { name: "computation server", address: plan.computation, command: computation },
        Server { name: "page", address: plan.page, command: page },
    ]
}
