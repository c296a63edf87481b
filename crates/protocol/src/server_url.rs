//! Addresses that may be spoken to.

use crate::address::Address;
use std::fmt;

/// Why an address is not spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlRefusal {
    /// Not an address of a server.
    #[error("this is not the address of a server, such as https://pay.example")]
    NotAnAddress,
    /// Plain HTTP to another machine.
    #[error("the address begins with http:, which everybody on the way can read. Use https:")]
    NotSecure,
}

/// The base address of one server, without a slash at its end: `https:`, or `http:` on this machine alone.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerUrl {
    address: Address,
    text: String,
}

impl ServerUrl {
    /// Reads an address.
    ///
    /// # Errors
    /// [`UrlRefusal`].
    pub fn parse(text: &str) -> Result<Self, UrlRefusal> {
        let text = text.trim().trim_end_matches('/');
        let address = Address::parse(text).ok_or(UrlRefusal::NotAnAddress)?;
        if !address.secure && !address.host.is_loopback() {
            return Err(UrlRefusal::NotSecure);
        }
        let text = address.to_string();
        Ok(Self { address, text })
    }

    /// The base address, as manifests and links have it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host and its port, for sentences.
    #[must_use]
    pub fn host(&self) -> String {
        self.address.authority()
    }

    /// Whether it is this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.address.host.is_loopback()
    }

    /// Scheme, host and port, as browsers compare them.
    #[must_use]
    pub fn origin(&self) -> String {
        self.address.origin()
    }

    /// The address of a route.
    #[must_use]
    pub fn at(&self, route: &str) -> String {
        format!("{}{route}", self.as_str())
    }

    /// Where the identity stands: at the root of the host, whatever the path of the base address.
    #[must_use]
    pub fn at_root(&self, route: &str) -> String {
        self.origin() + route
    }
}

impl fmt::Display for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine_alone() {
        let parse = |text| ServerUrl::parse(text).map(|url| url.to_string());
        assert_eq!(parse("https://pay.example/"), Ok("https://pay.example".into()));
        assert_eq!(parse("http://127.0.0.1:8080"), Ok("http://127.0.0.1:8080".into()));
        assert_eq!(parse("http://[::1]:1/x/"), Ok("http://[::1]:1/x".into()));
        assert_eq!(parse("http://pay.example"), Err(UrlRefusal::NotSecure));
        assert_eq!(parse("https://xn--lhne-5qa.example"), Ok("https://xn--lhne-5qa.example".into()));
        let bad = ["pay.example", "ftp://pay.example", "https://a:b@pay.example", "https://pay.example?x=1"];
        // Letters that look like others' are not taken; browsers say addresses in Punycode anyway.
        for bad in bad.into_iter().chain(["https://löhne.example", "https://p\u{430}y.example"]) {
            assert_eq!(parse(bad), Err(UrlRefusal::NotAnAddress), "{bad}");
        }
    }

    #[test]
    fn the_identity_stands_at_the_root_of_the_host() {
        let url = ServerUrl::parse("https://pay.example/data").unwrap();
        assert_eq!(url.origin(), "https://pay.example");
        assert_eq!(url.at("/v1/surveys"), "https://pay.example/data/v1/surveys");
        assert_eq!(url.at_root("/.well-known/x"), "https://pay.example/.well-known/x");
    }
}
