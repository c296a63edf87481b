//! The page as whoever changes it sees it: `trunk serve`, with its ways to both servers through its own host.
//!
//! It serves the page that was built for the stories and compiles nothing: trunk is told with the tree's own
//! `Trunk.toml`, in which nothing but places and ports is another, and the page with the tree's own
//! `config.json`, in which nothing but the ports is.

use crate::page_server::built_page;
use e2e::http::Client;
use e2e::processes::{Pair, free_address, insecure_keys};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// So many surveys can be opened in it.
const KEYS: usize = 2;
/// Where both files of the tree say that the servers of `cargo xtask run` are.
const DATA_SERVER: &str = "http://127.0.0.1:8081";
const COMPUTATION_SERVER: &str = "http://127.0.0.1:8082";

/// Two servers that let no page of another host call them, and `trunk serve`; gone when dropped.
#[derive(Debug)]
pub struct Development {
    /// The two servers.
    pub servers: Pair,
    address: SocketAddr,
    folder: TempDir,
    trunk: Child,
}

impl Development {
    /// Starts all three and waits until the page is served.
    #[must_use]
    pub fn start() -> Self {
        let servers = Pair::start_with_keys(insecure_keys(KEYS), &[], &[]);
        let (address, folder) = (free_address(), tempfile::tempdir().expect("a folder"));
        let urls = [servers.data.front().url(), servers.computation.front().url()];
        put_source(&source(folder.path()), &urls);
        std::fs::write(configuration(folder.path()), trunk_configuration(folder.path(), address, &urls))
            .expect("a written file");
        let trunk = serve(folder.path());
        let mut development = Self { servers, address, folder, trunk };
        development.wait_until_serving();
        development
    }

    /// An address of the page: `page("/organize")`; its origin with an empty path.
    #[must_use]
    pub fn page(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Changes the page's text, as with an editor: from `old` to `new`.
    pub fn change(&self, old: &str, new: &str) {
        let file = source(self.folder.path()).join("index.html");
        let text = std::fs::read_to_string(&file).expect("the page's text");
        std::fs::write(file, replaced(&text, old, new)).expect("a written file");
    }

    fn wait_until_serving(&mut self) {
        let patience = Instant::now() + Duration::from_secs(60);
        while !Client::to(self.address)
            .send("GET", "/config.json", &[], b"")
            .is_ok_and(|answer| answer.status == 200)
        {
            let running = self.trunk.try_wait().is_ok_and(|ended| ended.is_none());
            let said = std::fs::read_to_string(log(self.folder.path())).unwrap_or_default();
            assert!(running && Instant::now() < patience, "trunk does not serve the page: {said}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Development {
    fn drop(&mut self) {
        let _ = self.trunk.kill();
        let _ = self.trunk.wait();
    }
}

/// What trunk watches; the rest lies beside it, or trunk would watch itself.
fn source(folder: &Path) -> PathBuf {
    folder.join("source")
}

fn configuration(folder: &Path) -> PathBuf {
    source(folder).join("Trunk.toml")
}

fn log(folder: &Path) -> PathBuf {
    folder.join("trunk.log")
}

/// A text with every `old` replaced. That none is there is a mistake.
fn replaced(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "{old} is not in {text}");
    text.replace(old, new)
}

/// With these two addresses in place of the two that the tree's files name.
fn with_servers(text: &str, [data, computation]: &[String; 2]) -> String {
    replaced(&replaced(text, DATA_SERVER, data), COMPUTATION_SERVER, computation)
}

/// The built page as something that trunk has to copy and not to compile.
fn put_source(source: &Path, urls: &[String; 2]) {
    let files = source.join("built");
    copy_files(&built_page(), &files);
    let config = std::fs::read_to_string(files.join("config.json")).expect("the page's configuration");
    std::fs::write(files.join("config.json"), with_servers(&config, urls)).expect("a written file");
    let page = std::fs::read_to_string(files.join("index.html")).expect("the page's text");
    let copied = r#"<link data-trunk rel="copy-dir" href="built" data-target-path="."></head>"#;
    std::fs::write(source.join("index.html"), replaced(&page, "</head>", copied)).expect("a written file");
    // The one that trunk writes takes its place.
    std::fs::remove_file(files.join("index.html")).expect("a removed file");
}

fn copy_files(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a readable folder").flatten() {
        let (path, copy) = (entry.path(), to.join(entry.file_name()));
        // Trunk's own draft of a build that was broken off is no part of the page.
        if entry.file_name() == ".stage" {
            continue;
        }
        if path.is_dir() {
            copy_files(&path, &copy);
        } else {
            std::fs::copy(&path, &copy).expect("a copy");
        }
    }
}

/// The tree's own, with other places and ports.
fn trunk_configuration(folder: &Path, address: SocketAddr, urls: &[String; 2]) -> String {
    let tree = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = std::fs::read_to_string(tree.join("Trunk.toml")).expect("Trunk.toml");
    let text = replaced(&text, r#"target = "frontend/index.html""#, r#"target = "index.html""#);
    let dist = folder.join("dist").display().to_string();
    let text = replaced(&text, r#"dist = "dist""#, &format!("dist = {dist:?}"));
    let text = replaced(&text, "port = 8090", &format!("port = {}", address.port()));
    with_servers(&text, urls)
}

fn serve(folder: &Path) -> Child {
    let file = std::fs::File::create(log(folder)).expect("a file");
    let mut trunk = Command::new("trunk");
    trunk.args(["serve", "--skip-version-check", "--config"]).arg(configuration(folder));
    // trunk takes this for a switch of its own and fails on the usual value, 1.
    trunk.env_remove("NO_COLOR").current_dir(source(folder)).stdin(Stdio::null());
    trunk.stderr(file.try_clone().expect("a file")).stdout(file);
    trunk.spawn().expect("trunk, which `cargo xtask setup` installs")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_places_and_ports_of_the_tree_s_configuration_changes() {
        let address = SocketAddr::from(([127, 0, 0, 1], 4_003));
        let urls = ["http://127.0.0.1:4001", "http://127.0.0.1:4002"].map(str::to_owned);
        let changed = trunk_configuration(Path::new("/somewhere"), address, &urls);
        let tree = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let original = std::fs::read_to_string(tree.join("Trunk.toml")).unwrap();
        let other = original.lines().zip(changed.lines()).filter(|(old, new)| old != new);
        let other: Vec<_> = other.map(|(_, new)| new).collect();
        let expected = [
            r#"target = "index.html""#,
            r#"dist = "/somewhere/dist""#,
            "port = 4003",
            r#"backend = "http://127.0.0.1:4001/""#,
            r#"backend = "http://127.0.0.1:4002/""#,
        ];
        assert_eq!(other, expected);
        assert_eq!(original.lines().count(), changed.lines().count());
    }
}
