//! Which servers this page speaks to: `config.json` beside it, from whoever serves it.

use crate::components::Trouble;
use protocol::ServerUrl;
use serde::Deserialize;
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
}

impl Config {
    /// Reads it.
    pub(crate) async fn load() -> Result<Self, Trouble> {
        let text = fetch().await.map_err(|_| Trouble::new("config").passing())?;
        Self::parse(&text).ok_or(Trouble::new("config"))
    }

    fn parse(text: &str) -> Option<Self> {
        let wire: Wire = serde_json::from_str(text).ok()?;
        let url = |text: &str| ServerUrl::parse(text).ok();
        Some(Self {
            data_server: url(&wire.data_server)?,
            computation_server: url(&wire.computation_server)?,
        })
    }
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
        let both = r#"{"data_server": "https://data.example", "computation_server": "https://keys.example"}"#;
        assert_eq!(
            Config::parse(both).map(|c| c.data_server.to_string()).as_deref(),
            Some("https://data.example")
        );
        assert_eq!(Config::parse(r#"{"data_server": "https://data.example"}"#), None);
        assert_eq!(Config::parse(&both.replace("https://keys", "ftp://keys")), None);
    }
}
