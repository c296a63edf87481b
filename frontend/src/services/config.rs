//! Which servers this page speaks to: `config.json` beside it, from whoever serves it.

use crate::components::Trouble;
use client_wasm::{Proxy, go_through};
use protocol::ServerUrl;
use serde::Deserialize;
use std::collections::BTreeMap;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Both servers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Config {
    /// Keeps submissions; has no key.
    pub(crate) data_server: ServerUrl,
    /// Has the key.
    pub(crate) computation_server: ServerUrl,
}

#[derive(Deserialize)]
struct Wire {
    data_server: String,
    computation_server: String,
    /// A server's origin, and the path of this page's own host that leads there: for development.
    #[serde(default)]
    proxies: BTreeMap<String, String>,
}

impl Config {
    /// Reads it.
    pub(crate) async fn load() -> Result<Self, Trouble> {
        let text = fetch().await.map_err(|_| Trouble::new("config").passing())?;
        let wire: Wire = serde_json::from_str(&text).map_err(|_| Trouble::new("config").passing())?;
        let config = Self::read(&wire).ok_or(Trouble::new("config"))?;
        let origin = web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default();
        go_through(proxies(wire.proxies, &origin));
        Ok(config)
    }

    fn read(wire: &Wire) -> Option<Self> {
        let url = |text: &str| ServerUrl::parse(text).ok();
        Some(Self {
            data_server: url(&wire.data_server)?,
            computation_server: url(&wire.computation_server)?,
        })
    }
}

fn proxies(paths: BTreeMap<String, String>, origin: &str) -> Vec<Proxy> {
    let proxy = |(server, path)| Proxy { origin: server, through: format!("{origin}{path}") };
    paths.into_iter().map(proxy).collect()
}

async fn fetch() -> Result<String, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response: web_sys::Response =
        JsFuture::from(window.fetch_with_str("/config.json")).await?.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?;
    text.as_string().filter(|_| response.ok()).ok_or(JsValue::NULL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_servers_or_nothing() {
        let parse = |text: &str| Config::read(&serde_json::from_str(text).ok()?);
        let both = r#"{"data_server": "https://data.example", "computation_server": "https://keys.example"}"#;
        assert_eq!(parse(both).map(|c| c.data_server.to_string()).as_deref(), Some("https://data.example"));
        assert_eq!(parse(r#"{"data_server": "https://data.example"}"#), None);
        assert_eq!(parse(&both.replace("https://keys", "ftp://keys")), None);
    }

    #[test]
    fn a_proxy_is_a_path_of_this_very_page() {
        let wire: Wire = serde_json::from_str(include_str!("../../config.json")).unwrap();
        assert!(Config::read(&wire).is_some());
        let led = proxies(wire.proxies, "http://127.0.0.1:8090");
        assert_eq!(led[0].origin, "http://127.0.0.1:8081");
        assert_eq!(led[0].through, "http://127.0.0.1:8090/data-server");
    }
}
