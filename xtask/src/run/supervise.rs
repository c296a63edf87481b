//! Two children: started together, ended together.

use std::net::SocketAddr;
use std::process::{Child, ExitStatus};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::health;
use super::servers::Server;

const TICK: Duration = Duration::from_millis(100);
/// A first start makes keys, which takes a while.
const START_LIMIT: Duration = Duration::from_secs(120);
/// A little longer than the servers themselves wait for requests under way.
const STOP_LIMIT: Duration = Duration::from_secs(20);

/// The servers at work.
pub(crate) struct Servers {
    running: Vec<Running>,
    asked_to_stop: Arc<AtomicBool>,
}

struct Running {
    name: &'static str,
    address: SocketAddr,
    child: Child,
}

impl Servers {
    /// Starts all; from here on Ctrl-C and SIGTERM end them and not only this process.
    pub(crate) fn start(servers: impl IntoIterator<Item = Server>) -> Result<Self> {
        let asked_to_stop = Arc::new(AtomicBool::new(false));
        let flag = asked_to_stop.clone();
        ctrlc::set_handler(move || flag.store(true, Ordering::SeqCst))?;
        let mut all = Self { running: Vec::new(), asked_to_stop };
        for mut server in servers {
            match all.start_one(&mut server) {
                Ok(child) => all.running.push(Running { name: server.name, address: server.address, child }),
                Err(error) => {
                    all.stop();
                    return Err(error);
                }
            }
        }
        Ok(all)
    }

    fn start_one(&self, server: &mut Server) -> Result<Child> {
        if health::is_taken(server.address) {
            bail!(
                "{} is in use; choose other ports with --data-port, --computation-port and --page-port",
                server.address
            );
        }
        server.command.spawn().with_context(|| format!("cannot start the {}", server.name))
    }

    /// Says whether both answer; false if asked to stop before they did.
    pub(crate) fn wait_until_healthy(&mut self) -> Result<bool> {
        let begun = Instant::now();
        while !self.asked_to_stop.load(Ordering::SeqCst) {
            self.report_dead()?;
            if self.running.iter().all(|one| health::answers(one.address)) {
                return Ok(true);
            }
            if begun.elapsed() > START_LIMIT {
                bail!(
                    "the servers did not answer within {} s; their messages stand above",
                    START_LIMIT.as_secs()
                );
            }
            sleep(TICK);
        }
        Ok(false)
    }

    /// Waits for Ctrl-C, or for one server to die, and then stops what is left.
    pub(crate) fn wait_for_the_end(mut self) -> Result<()> {
        let mut seen = Ok(());
        while seen.is_ok() && !self.asked_to_stop.load(Ordering::SeqCst) {
            sleep(TICK);
            seen = self.report_dead();
        }
        self.stop();
        // Ctrl-C in a terminal reaches the children too: their end is then no failure.
        if self.asked_to_stop.load(Ordering::SeqCst) { Ok(()) } else { seen }
    }

    fn report_dead(&mut self) -> Result<()> {
        for one in &mut self.running {
            if let Some(status) = one.child.try_wait()? {
                bail!(
                    "the {} ended by itself ({status}): its last message stands above; \
                     its data is kept, and `cargo xtask run` starts it again",
                    one.name
                );
            }
        }
        Ok(())
    }

    /// Asks all to finish and waits; what does not finish is killed.
    pub(crate) fn stop(&mut self) {
        self.running.iter().for_each(Running::ask_to_finish);
        let begun = Instant::now();
        for one in &mut self.running {
            match one.wait(STOP_LIMIT.saturating_sub(begun.elapsed())) {
                Some(_) => println!("the {} has stopped", one.name),
                None => println!("the {} had to be killed", one.name),
            }
        }
        self.running.clear();
    }
}

impl Running {
    fn ask_to_finish(&self) {
        let pid = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw);
        if let Some(pid) = pid {
            // It may be gone already.
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        }
    }

    fn wait(&mut self, limit: Duration) -> Option<ExitStatus> {
        let begun = Instant::now();
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) if begun.elapsed() < limit => sleep(TICK),
                _ => break,
            }
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        None
    }
}
