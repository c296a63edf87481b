//! The two servers as processes of their own, which can be killed and come back with the same folders.
//!
//! Everything that goes to a server goes through a recording [`Proxy`]: from clients to either, and from the
//! data server to the computation server.

mod pair;

pub use pair::Pair;

use crate::http::Client;
use crate::play::{PlayedComputationServer, PlayedDataServer};
use crate::wire::Proxy;
use computation_server::{AtRestKey, Settings};
use kit::SystemClock;
use paillier_keys::SecretKey;
use protocol::{Identity, routes};
use std::fs::File;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The organizer's sign-in at every data server started here.
pub const TOKEN: &str = "a-token-that-is-good-for-tests-only";

/// Where a binary of this workspace lies. Servers, which must be able to die at named points, are looked for in
/// `SEALED_PAY_FAIL_POINT_SERVERS`, where `cargo xtask test` puts them; without it, and all else, beside the
/// tests or the program that runs.
///
/// # Panics
/// If it was not built; the message says how it is.
#[must_use]
pub fn binary(package: &str, name: &str) -> PathBuf {
    let beside = || {
        let running = std::env::current_exe().expect("a running program");
        let folder = running.parent().expect("target/debug, or deps in it");
        // Tests lie one folder deeper than other programs.
        let tests = folder.file_name().is_some_and(|name| name == "deps");
        folder.parent().filter(|_| tests).unwrap_or(folder).to_owned()
    };
    // The page's server stores nothing, so no place in it is worth dying at.
    let can_die = package.ends_with("-server") && package != "sealed-pay-page-server";
    let apart = std::env::var_os("SEALED_PAY_FAIL_POINT_SERVERS").filter(|_| can_die);
    let folder = apart.map_or_else(beside, PathBuf::from);
    let path = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let features = if can_die { format!(" --features {package}/fail-points") } else { String::new() };
    assert!(path.exists(), "{} is missing: cargo build -p {package}{features}", path.display());
    path
}

/// A port outside the range from which the system takes ports for outgoing connections, and that no other test
/// program uses while this one runs: a server that was killed finds its own again, also while dozens of tests
/// start servers of their own in that moment.
#[must_use]
pub fn free_address() -> SocketAddr {
    static TAKEN: Mutex<Vec<File>> = Mutex::new(Vec::new());
    let locks = std::env::temp_dir().join("sealed-pay-e2e-ports");
    std::fs::create_dir_all(&locks).expect("a folder");
    let mut taken = TAKEN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let start = u16::try_from(std::process::id() % 20_000).expect("small");
    for step in 0..20_000 {
        let port = 12_000 + (start + step) % 20_000;
        let lock = File::create(locks.join(port.to_string())).expect("a file");
        // Held until this program ends, however it ends.
        if lock.try_lock().is_ok() {
            taken.push(lock);
            let address = SocketAddr::from(([127, 0, 0, 1], port));
            if TcpListener::bind(address).is_ok() {
                return address;
            }
        }
    }
    panic!("no port is free");
}

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Keeps and multiplies.
    Data,
    /// Holds the key.
    Computation,
}

impl Which {
    const fn operator(self) -> &'static str {
        match self {
            Self::Data => "Data server of the tests",
            Self::Computation => "Computation server of the tests",
        }
    }
}

/// One server with its folders; killed when dropped.
#[derive(Debug)]
pub struct ServerProcess {
    which: Which,
    operator: String,
    /// The throw-away folder in which everything of this server lies.
    home: tempfile::TempDir,
    listen: SocketAddr,
    front: Proxy,
    more: Vec<String>,
    child: Option<Child>,
}

impl ServerProcess {
    fn new(which: Which) -> Self {
        let home = tempfile::Builder::new().prefix("sealed-pay-e2e-").tempdir().expect("a folder");
        let listen = free_address();
        let operator = which.operator().to_owned();
        let front = Proxy::start(listen);
        Self { which, operator, home, listen, front, more: Vec::new(), child: None }
    }

    const fn name(&self) -> &'static str {
        match self.which {
            Which::Data => "sealed-pay-data-server",
            Which::Computation => "sealed-pay-computation-server",
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(binary(self.name(), self.name()));
        command.env_remove("SEALED_PAY_FAIL_AT").stdin(Stdio::null());
        command
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// The data folder.
    #[must_use]
    pub fn data_folder(&self) -> PathBuf {
        self.path("data")
    }

    /// The folder of the marks.
    #[must_use]
    pub fn marks_folder(&self) -> PathBuf {
        self.path("marks")
    }

    /// The key under which the data folder's secrets lie; outside of it.
    #[must_use]
    pub fn at_rest_key(&self) -> PathBuf {
        self.path("at-rest.key")
    }

    /// Everything: data, marks, logs, what was printed.
    #[must_use]
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// A client that goes through the recording proxy, as everybody does.
    #[must_use]
    pub const fn client(&self) -> Client {
        Client::to(self.front.address())
    }

    /// A client that nobody records.
    #[must_use]
    pub const fn unrecorded(&self) -> Client {
        Client::to(self.listen)
    }

    /// The proxy in front of it.
    #[must_use]
    pub const fn front(&self) -> &Proxy {
        &self.front
    }

    fn common(&self) -> Vec<String> {
        let text = |path: PathBuf| path.display().to_string();
        let (data, key) = (text(self.data_folder()), text(self.at_rest_key()));
        ["--data", &data, "--at-rest-key", &key, "--create-missing-keys", "--operator", &self.operator]
            .map(str::to_owned)
            .to_vec()
    }

    /// Who it is.
    #[must_use]
    pub fn identity(&self) -> Identity {
        let output = self.command().arg("identity").args(self.common()).output().expect("a process");
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{errors}");
        serde_json::from_slice(&output.stdout).expect("an identity on standard output")
    }

    /// Starts it and waits until it serves.
    pub fn start(&mut self) {
        self.start_with(None);
        self.wait_until_serving();
    }

    /// Starts it so that it kills itself at this place.
    pub fn start_failing_at(&mut self, place: &str) {
        self.start_with(Some(place));
        self.wait_until_serving();
    }

    /// Starts it without waiting.
    pub fn start_with(&mut self, fail_at: Option<&str>) {
        self.kill();
        let printed = |name: &str| {
            let file = std::fs::OpenOptions::new().create(true).append(true).open(self.path(name));
            Stdio::from(file.expect("a file"))
        };
        let mut command = self.command();
        command.args(self.common()).args(&self.more);
        command.args(["--listen", &self.listen.to_string(), "--public-url", &self.front.url()]);
        command.arg("--marks").arg(self.marks_folder());
        command.arg("--log-file").arg(self.path("server.log"));
        command.stdout(printed("stdout.txt")).stderr(printed("stderr.txt"));
        if let Some(place) = fail_at {
            command.env("SEALED_PAY_FAIL_AT", place);
        }
        self.child = Some(command.spawn().expect("a process"));
    }

    /// Waits until it serves.
    pub fn wait_until_serving(&mut self) {
        let patience = Instant::now() + Duration::from_secs(30);
        while Instant::now() < patience {
            let health = self.unrecorded().send("GET", routes::HEALTH, &[], b"");
            if health.is_ok_and(|answer| answer.status == 200) {
                return;
            }
            assert!(self.is_running(), "{} ended: {}", self.name(), self.printed());
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("{} does not serve: {}", self.name(), self.printed());
    }

    /// What it printed and logged.
    #[must_use]
    pub fn printed(&self) -> String {
        let read = |name| std::fs::read_to_string(self.path(name)).unwrap_or_default();
        ["stdout.txt", "stderr.txt", "server.log"].map(read).concat()
    }

    /// Whether the process is there.
    pub fn is_running(&mut self) -> bool {
        self.child.as_mut().is_some_and(|child| child.try_wait().is_ok_and(|ended| ended.is_none()))
    }

    /// Ends it as a power cut would.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Asks it to end, and waits until it has.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let pid = rustix::process::Pid::from_child(&child);
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
            let _ = child.wait();
        }
    }

    /// Makes it stand still, as on a machine that does everything else first: it takes connections and answers
    /// nobody.
    pub fn pause(&self) {
        self.signal(rustix::process::Signal::STOP);
    }

    /// Lets it go on.
    pub fn go_on(&self) {
        self.signal(rustix::process::Signal::CONT);
    }

    fn signal(&self, signal: rustix::process::Signal) {
        if let Some(child) = &self.child {
            let sent = rustix::process::kill_process(rustix::process::Pid::from_child(child), signal);
            sent.expect("a signal to one's own child");
        }
    }

    /// Waits until it has killed itself.
    pub fn wait_until_dead(&mut self) {
        for _ in 0..1500 {
            if !self.is_running() {
                self.child = None;
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("{} is still running", self.name());
    }

    /// Copies a folder of this server, as a backup does.
    #[must_use]
    pub fn backup(&self, folder: &Path) -> tempfile::TempDir {
        let copy = tempfile::tempdir_in(self.home()).expect("a folder");
        copy_files(folder, copy.path());
        copy
    }

    /// Puts a backup in place of a folder.
    pub fn restore(&self, backup: &Path, folder: &Path) {
        std::fs::remove_dir_all(folder).expect("the folder");
        create_private(folder);
        copy_files(backup, folder);
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            eprintln!("--- {}\n{}", self.name(), self.printed());
        }
    }
}

fn create_private(folder: &Path) {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().mode(0o700).recursive(true).create(folder).expect("a folder");
}

fn copy_files(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            create_private(&target);
            copy_files(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// Keys of 2048 bits whose primes everybody knows, all different.
#[must_use]
pub fn insecure_keys(count: usize) -> Vec<SecretKey> {
    let lines = include_str!("insecure_primes.txt").lines().filter(|line| !line.starts_with('#'));
    let primes: Vec<_> = lines.map(|line| hex::decode(line).expect("digits")).collect();
    let pairs = primes.iter().enumerate().flat_map(|(i, p)| primes[i + 1..].iter().map(move |q| (p, q)));
    let keys: Vec<_> =
        pairs.take(count).map(|(p, q)| SecretKey::from_primes(p, q).expect("safe primes")).collect();
    assert_eq!(keys.len(), count, "as many keys as asked for");
    keys
}

/// A key of 3072 bits whose primes everybody knows.
#[must_use]
pub fn insecure_long_key() -> SecretKey {
    test_support::own_insecure_secret_key(paillier::KeyBits::B3072)
}

/// Prepares a computation server's folder with its identity and a pool of these keys, by the server's own
/// library in this process.
fn prepare_computation(
    server: &ServerProcess,
    peer: protocol::VerifyingKey,
    keys: Vec<SecretKey>,
) -> Identity {
    let at_rest = AtRestKey::from_file(&server.at_rest_key(), true).expect("a key at rest");
    let (data, marks) = (server.data_folder(), server.marks_folder());
    let operator = server.operator.clone();
    let mut settings = Settings::new(data, marks, at_rest, server.front.url(), operator, peer);
    settings.create_missing_keys = true;
    settings.pool_seed = keys;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let running = computation_server::start(settings, Arc::new(SystemClock), listener).await;
        let running = running.expect("a computation server");
        let identity = running.identity().clone();
        running.stop().await.expect("an orderly stop");
        identity
    })
}

/// A real computation server and a played data server that it has pinned.
pub fn computation_server_pinning(data: &PlayedDataServer, keys: usize) -> ServerProcess {
    let mut server = ServerProcess::new(Which::Computation);
    prepare_computation(&server, data.key.verifying_key(), insecure_keys(keys));
    server.more = computation_flags(&data.identity());
    server.start();
    server
}

fn computation_flags(data_server: &Identity) -> Vec<String> {
    let peer = data_server.signing_key.to_string();
    // No keys are made beside the tests: the pool is seeded.
    ["--peer-signing-key", &peer, "--pool", "2048=0"].map(str::to_owned).to_vec()
}

fn data_flags(
    server: &ServerProcess,
    computation: &Identity,
    peer_url: &str,
    peer_public_url: &str,
) -> Vec<String> {
    let (peer, sign_in) = (server.path("peer.json"), server.path("sign-in.token"));
    std::fs::write(&peer, serde_json::to_vec(computation).expect("an identity")).expect("a file");
    write_private(&sign_in, TOKEN);
    let (peer, sign_in) = (peer.display().to_string(), sign_in.display().to_string());
    let peer_flags = ["--peer-identity-file", &peer, "--peer-url", peer_url];
    let more = ["--peer-public-url", peer_public_url, "--sign-in-file", &sign_in];
    peer_flags.into_iter().chain(more).map(str::to_owned).collect()
}

fn write_private(path: &Path, text: &str) {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    writeln!(file.expect("a new file"), "{text}").expect("a written file");
}

/// A real data server that has pinned a played computation server.
#[must_use]
pub fn data_server_pinning(computation: &PlayedComputationServer) -> ServerProcess {
    let mut server = ServerProcess::new(Which::Data);
    let identity = server.identity();
    computation.pin(identity.verifying_key().expect("a key"));
    let peer_url = format!("http://{}", computation.address());
    server.more = data_flags(&server, &computation.identity(), &peer_url, &peer_url);
    server.start();
    server
}
