//! With which arguments the servers start. The only place that knows them.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, ensure};

use super::folders::Folders;

/// A pair of servers to be started.
pub(crate) struct Plan {
    pub(crate) binaries: PathBuf,
    pub(crate) folders: Folders,
    pub(crate) data: SocketAddr,
    pub(crate) computation: SocketAddr,
    /// The page, if it is served.
    pub(crate) page: Option<Page>,
}

/// The built page and where it is served.
pub(crate) struct Page {
    pub(crate) address: SocketAddr,
    pub(crate) dist: PathBuf,
}

/// A server, where it will answer, and how it is started.
pub(crate) struct Server {
    pub(crate) name: &'static str,
    pub(crate) address: SocketAddr,
    pub(crate) command: Command,
}

const DATA: &str = "data-server";
const COMPUTATION: &str = "computation-server";

impl Plan {
    /// The organizer's sign-in, written by the data server at its first start.
    pub(crate) fn sign_in_file(&self) -> PathBuf {
        self.folders.secrets.join("organizer-sign-in")
    }

    fn identity_file(&self, role: &str) -> PathBuf {
        self.folders.identities.join(format!("{role}.json"))
    }

    /// What both verbs of a server need: where it keeps things, under which key, and who runs it.
    fn command(&self, role: &str) -> Command {
        let folder = if role == DATA { &self.folders.data_server } else { &self.folders.computation_server };
        let mut command = Command::new(self.binaries.join(format!("sealed-pay-{role}")));
        command.arg("--data").arg(folder);
        command.arg("--at-rest-key").arg(self.folders.secrets.join(format!("{role}.key")));
        // One person runs both here; clients see it by this name and warn.
        command.args(["--create-missing-keys", "--operator", "this machine"]);
        command
    }

    fn serving(&self, role: &'static str, address: SocketAddr, peer: &str) -> Command {
        let mut command = self.command(role);
        command.args(["--listen", &address.to_string(), "--public-url", &format!("http://{address}")]);
        command.arg("--marks").arg(self.folders.marks.join(role));
        command.arg("--peer-identity-file").arg(self.identity_file(peer));
        command.arg("--log-file").arg(self.folders.logs.join(format!("{role}.log")));
        if let Some(page) = &self.page {
            command.args(["--allowed-origin", &format!("http://{}", page.address)]);
        }
        command
    }
}

/// Has each server make its identity if there is none, and writes the public halves down.
pub(crate) fn introduce(plan: &Plan) -> Result<()> {
    for role in [DATA, COMPUTATION] {
        let output = plan.command(role).arg("identity").stderr(std::process::Stdio::inherit()).output()?;
        ensure!(output.status.success(), "the {role} cannot make its identity; its message stands above");
        std::fs::write(plan.identity_file(role), output.stdout)?;
    }
    Ok(())
}

/// How the servers are started, the page's last.
pub(crate) fn server_commands(plan: &Plan) -> Vec<Server> {
    let mut data = plan.serving(DATA, plan.data, COMPUTATION);
    data.args(["--peer-url", &format!("http://{}", plan.computation)]);
    data.arg("--sign-in-file").arg(plan.sign_in_file());
    let computation = plan.serving(COMPUTATION, plan.computation, DATA);
    let mut servers = vec![
        Server { name: "data server", address: plan.data, command: data },
        Server { name: "computation server", address: plan.computation, command: computation },
    ];
    servers.extend(plan.page.as_ref().map(|page| page_server(plan, page)));
    servers
}

fn page_server(plan: &Plan, page: &Page) -> Server {
    let mut command = Command::new(plan.binaries.join("sealed-pay-page-server"));
    command
        .args(["--listen", &page.address.to_string()])
        .args(["--data-server", &format!("http://{}", plan.data)])
        .args(["--computation-server", &format!("http://{}", plan.computation)])
        .arg("--dist")
        .arg(&page.dist);
    Server { name: "page", address: page.address, command }
}
