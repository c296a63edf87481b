//! A browser that one story has to itself.

use crate::chromium::{Driver, capabilities};
use crate::{Options, Scheme, failure};
use serde_json::{Value, json};
use std::cell::Cell;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use thirtyfour::error::WebDriverResult;
use thirtyfour::{TimeoutConfiguration, WebDriver};
use tokio::runtime::{Builder, Runtime};

/// How long a script of a story's may run, such as a search for barriers.
const SCRIPT_LIMIT: Duration = Duration::from_secs(120);
/// How long a page may take to load.
const LOAD_LIMIT: Duration = Duration::from_secs(60);

/// A headless browser with a profile of its own, which goes away with it.
pub struct Browser {
    runtime: Runtime,
    session: Option<WebDriver>,
    options: Options,
    home: TempDir,
    pub(crate) failed: Cell<bool>,
    _driver: Arc<Driver>,
}

impl Browser {
    /// Starts one with a fresh profile.
    #[must_use]
    pub fn start(options: &Options) -> Self {
        // The client of WebDriver is built with TLS, though it never leaves this machine.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let home = tempfile::Builder::new().prefix("sealed-pay-browser-").tempdir().expect("a folder");
        for folder in ["profile", "downloads"] {
            std::fs::create_dir(home.path().join(folder)).expect("a folder");
        }
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let mut browser = Self {
            runtime,
            session: None,
            options: options.clone(),
            home,
            failed: Cell::new(false),
            _driver: Driver::shared(),
        };
        browser.begin();
        browser
    }

    fn begin(&mut self) {
        let capabilities = capabilities(&self.options, self.home.path());
        let session = self.runtime.block_on(async {
            let session = WebDriver::new(self._driver.url(), capabilities).await?;
            let limits = TimeoutConfiguration::new(Some(SCRIPT_LIMIT), Some(LOAD_LIMIT), None);
            session.update_timeouts(limits).await?;
            Ok::<_, thirtyfour::error::WebDriverError>(session)
        });
        self.session = Some(session.expect("a browser"));
        self.resize(self.options.width, self.options.height);
        self.prefer(self.options.scheme);
    }

    /// Closes it as a person does, so that everything it writes is written.
    pub fn close(&mut self) {
        if let Some(session) = self.session.take() {
            // Whoever closes a browser that has fallen over still wants it gone.
            let _ = self.runtime.block_on(session.quit());
        }
    }

    /// Closes it and opens it again with the same profile: the next morning.
    pub fn reopen(&mut self) {
        self.close();
        self.begin();
    }

    /// Where its profile lies.
    #[must_use]
    pub fn profile(&self) -> PathBuf {
        self.home.path().join("profile")
    }

    /// Where it puts what is saved.
    #[must_use]
    pub fn downloads(&self) -> PathBuf {
        self.home.path().join("downloads")
    }

    /// The browser's log of the network, if it was asked to keep one; whole once it is closed.
    #[must_use]
    pub fn net_log(&self) -> PathBuf {
        self.home.path().join("net-log.json")
    }

    pub(crate) fn session(&self) -> &WebDriver {
        self.session.as_ref().expect("an open browser")
    }

    /// Carries one order out.
    pub(crate) fn on<T>(&self, order: impl Future<Output = WebDriverResult<T>>) -> WebDriverResult<T> {
        self.runtime.block_on(order)
    }

    /// Carries out what must not fail.
    pub(crate) fn must<T>(&self, what: &str, order: impl Future<Output = WebDriverResult<T>>) -> T {
        self.on(order).unwrap_or_else(|error| failure::fail(self, &format!("{what}: {error}")))
    }

    /// Opens an address and waits until it is loaded.
    pub fn open(&self, address: &str) {
        self.must("opening an address", self.session().goto(address));
    }

    /// Loads the page anew.
    pub fn reload(&self) {
        self.must("loading anew", self.session().refresh());
    }

    /// What stands in the address bar.
    #[must_use]
    pub fn address(&self) -> String {
        self.must("reading the address", self.session().current_url()).to_string()
    }

    /// Changes the window's size, in CSS pixels without its frame.
    pub fn resize(&self, width: u32, height: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// Changes what the person prefers.
    pub fn prefer(&self, scheme: Scheme) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme.name() }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features }));
    }

    /// Gives the tab an order that WebDriver has no word for.
    pub fn devtools(&self, order: &str, parameters: Value) -> Value {
        self.must(order, self.session().cdp().send_raw(order, parameters))
    }

    /// Runs the body of a function in the page, with `arguments`, and brings what it returns; a promise is
    /// waited for.
    pub fn run(&self, script: &str, arguments: &[Value]) -> Value {
        self.must("a story's script", self.try_run(script, arguments)).json().clone()
    }

    pub(crate) async fn try_run(
        &self,
        script: &str,
        arguments: &[Value],
    ) -> WebDriverResult<thirtyfour::session::scriptret::ScriptRet> {
        self.session().execute(script, arguments.to_vec()).await
    }

    /// Everything that was written on the console since this was last asked.
    #[must_use]
    pub fn console(&self) -> Vec<String> {
        let entries = self.must("reading the console", self.session().browser_log());
        entries.into_iter().map(|entry| format!("{} {}", entry.level, entry.message)).collect()
    }

    /// A picture of the whole page, also of what does not fit into the window.
    pub fn picture(&self, file: &Path) {
        let picture = json!({ "format": "png", "captureBeyondViewport": true, "clip": self.extent() });
        let taken = self.devtools("Page.captureScreenshot", picture);
        let text = taken["data"].as_str().expect("a picture");
        let bytes = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, text).expect("base 64");
        std::fs::write(file, bytes).expect("a written picture");
    }

    /// The whole page as a rectangle, as wide as the window.
    fn extent(&self) -> Value {
        let height = self.run("return document.documentElement.scrollHeight", &[]);
        let width = self.run("return document.documentElement.clientWidth", &[]);
        json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 })
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // An assertion of the story itself failed, not a wait.
        if std::thread::panicking() && self.session.is_some() && !self.failed.get() {
            eprintln!("{}", failure::save(self));
        }
        self.close();
    }
}

impl fmt::Debug for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Browser({})", self.home.path().display())
    }
}
