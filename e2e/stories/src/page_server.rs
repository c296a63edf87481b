//! The server of the built page, as a process of its own.

use e2e::http::Client;
use e2e::processes::binary;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Names the folder of a built page.
pub(crate) const PAGE: &str = "SEALED_PAY_PAGE";

/// Where the page was built.
fn built_page() -> PathBuf {
    let Some(folder) = std::env::var_os(PAGE) else {
        panic!(
            "the stories need a built page. Run `cargo xtask test --only stories`, which builds it; or, after \
             that, name its folder: {PAGE}=target/page cargo test -p sealed-pay-stories"
        );
    };
    let folder = PathBuf::from(folder);
    assert!(folder.join("index.html").is_file(), "{PAGE}={} holds no built page", folder.display());
    folder
}

/// The page's server; killed when dropped.
pub(crate) struct PageServer {
    address: SocketAddr,
    child: Child,
}

impl PageServer {
    /// Serves the page that talks to these two servers.
    pub(crate) fn start(address: SocketAddr, data_server: &str, computation_server: &str) -> Self {
        let package = "sealed-pay-page-server";
        let child = Command::new(binary(package, package))
            .args(["--listen", &address.to_string()])
            .args(["--data-server", data_server, "--computation-server", computation_server])
            .arg("--dist")
            .arg(built_page())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn();
        let mut server = Self { address, child: child.expect("a process") };
        server.wait_until_serving();
        server
    }

    fn wait_until_serving(&mut self) {
        let patience = Instant::now() + Duration::from_secs(30);
        while Client::to(self.address).send("GET", "/config.json", &[], b"").is_err() {
            let running = self.child.try_wait().is_ok_and(|ended| ended.is_none());
            assert!(running && Instant::now() < patience, "the page is not served at {}", self.address);
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for PageServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
