//! The program that starts browsers and passes orders on to them: chromedriver, on a free port.

use crate::Options;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use thirtyfour::Capabilities;

/// chromedriver, running. Ends when the last browser of this process is closed.
pub(crate) struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// The one of this process.
    pub(crate) fn shared() -> Arc<Self> {
        static SHARED: Mutex<Weak<Driver>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let driver = Arc::new(Self::start());
            *shared = Arc::downgrade(&driver);
            driver
        })
    }

    fn start() -> Self {
        let child = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut child = child.expect("chromedriver, which `cargo xtask setup` installs");
        let mut lines =
            BufReader::new(child.stdout.take().expect("its output")).lines().map_while(Result::ok);
        let port = lines.find_map(|line| port_in(&line)).expect("chromedriver says its port");
        // Whoever writes to a pipe that nobody reads stands still one day.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, port }
    }

    /// Where it takes orders.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `ChromeDriver was started successfully on port 45123.`
fn port_in(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("started successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}

/// What a session asks for: a browser without a screen, with this profile, which talks to nobody by itself.
pub(crate) fn capabilities(options: &Options, home: &Path) -> Capabilities {
    let profile = home.join("profile");
    let mut switches = vec![
        "--headless=new".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-quic".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        format!("--user-data-dir={}", profile.display()),
        format!("--window-size={},{}", options.width, options.height),
    ];
    // Chromium refuses its sandbox to the superuser, as whom everything runs on build machines.
    switches.extend(rustix::process::geteuid().is_root().then(|| "--no-sandbox".to_owned()));
    if options.records_network {
        switches.push(format!("--log-net-log={}", home.join("net-log.json").display()));
        switches.push("--net-log-capture-mode=Everything".to_owned());
    }
    switches.extend(options.switches.iter().cloned());
    let downloads = home.join("downloads");
    let capabilities = serde_json::json!({
        "browserName": "chrome",
        "goog:chromeOptions": {
            "args": switches,
            "prefs": {
                "download.default_directory": downloads.display().to_string(),
                "download.prompt_for_download": false,
            },
        },
        "goog:loggingPrefs": { "browser": "ALL" },
    });
    serde_json::from_value(capabilities).expect("capabilities")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_what_the_driver_says() {
        assert_eq!(port_in("ChromeDriver was started successfully on port 45123."), Some(45_123));
        assert_eq!(port_in("Starting ChromeDriver 156.0 on port 0"), None);
    }
}
