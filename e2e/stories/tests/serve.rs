//! The page as it is served while somebody works on it: `trunk serve`, whose proxies lead to both servers.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail loudly, and so do their helpers"
)]

use e2e::processes::{Pair, TOKEN, free_address, insecure_keys};
use std::fs::File;
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use stories::pages::{Organizer, Question, Reporter};
use stories::{Browser, Options};

/// Where `frontend/config.json` says that the servers are. Nothing listens there: the page goes through the proxies.
const DATA: &str = "http://127.0.0.1:8081";
const COMPUTATION: &str = "http://127.0.0.1:8082";
/// Building is most of it.
const PATIENCE: Duration = Duration::from_secs(600);

/// `trunk serve`; killed when dropped.
struct Trunk(Child);

impl Drop for Trunk {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The tree's own `Trunk.toml`, with the servers of this story in place of those of `cargo xtask run`, and every
/// path spelled out.
fn settings(pair: &Pair, folder: &Path) -> String {
    let text = std::fs::read_to_string(root().join("Trunk.toml")).unwrap();
    let replaced = [
        ("\"frontend/index.html\"", format!("{:?}", root().join("frontend/index.html"))),
        ("dist = \"dist\"", format!("dist = {:?}", folder.join("dist"))),
        ("\"http://127.0.0.1:8081/\"", format!("\"{}/\"", pair.data.front().url())),
        ("\"http://127.0.0.1:8082/\"", format!("\"{}/\"", pair.computation.front().url())),
    ];
    replaced.into_iter().fold(text, |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from} stands once in Trunk.toml");
        text.replace(from, &to)
    })
}

/// Starts it and waits until it has built the page.
fn serve(pair: &Pair, folder: &Path) -> (Trunk, SocketAddr) {
    let (settings_file, said, address) = (folder.join("Trunk.toml"), folder.join("said.txt"), free_address());
    std::fs::write(&settings_file, settings(pair, folder)).unwrap();
    let output = File::create(&said).unwrap();
    let mut trunk = Command::new("trunk");
    trunk.arg("--config").arg(&settings_file).args(["serve", "--no-autoreload", "--skip-version-check"]);
    trunk.args(["--port", &address.port().to_string()]).current_dir(root()).env_remove("NO_COLOR");
    trunk.stdin(Stdio::null()).stdout(output.try_clone().unwrap()).stderr(output);
    let mut trunk = Trunk(trunk.spawn().expect("trunk, which `cargo xtask setup` installs"));
    let begun = Instant::now();
    while TcpStream::connect(address).is_err() || !folder.join("dist/index.html").is_file() {
        let said = || std::fs::read_to_string(&said).unwrap_or_default();
        let running = trunk.0.try_wait().is_ok_and(|ended| ended.is_none());
        assert!(running && begun.elapsed() < PATIENCE, "trunk serve serves nothing: {}", said());
        std::thread::sleep(Duration::from_millis(50));
    }
    println!("trunk serve took {:.1} s", begun.elapsed().as_secs_f64());
    (trunk, address)
}

#[test]
fn the_page_that_trunk_serves_reaches_both_servers_through_its_proxies() {
    let pair = Pair::reached_at([DATA, COMPUTATION], insecure_keys(2));
    let folder = tempfile::tempdir().unwrap();
    let (_trunk, address) = serve(&pair, folder.path());
    let browser = Browser::start(&Options::default());
    browser.open(&format!("http://{address}/organize"));
    Organizer(&browser).sign_in_with(TOKEN);
    Organizer(&browser).create(&Question::about_salaries("While somebody works on the page"));
    Organizer(&browser).open_to(&["A".to_owned()]);
    let link = Organizer(&browser).links().remove(0);
    assert!(link.starts_with(&format!("http://{address}/take-part/")), "{link}");
    let file = folder.path().join("pay.csv");
    std::fs::write(&file, "sex,salary\nFemale,4100.50\nMale,4200\nFemale,4300\n").unwrap();
    let reporter = Browser::start(&Options::default());
    assert!(Reporter(&reporter).report(&link, &file).len() > 10);
    Organizer(&browser).wait_for_counts([1, 1, 1]);
    for (server, front) in [("data", pair.data.front()), ("computation", pair.computation.front())] {
        assert!(!front.recorded().is_empty(), "the {server} server was asked through its front");
    }
}
