//! The grammar of servers' addresses (`docs/PROTOCOL.md` §3, `url`).
//!
//! Of the project's own, and narrow: whoever checks a manifest in another language has to find the same, which the
//! grammar of browsers, with all that they forgive, is too large for.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

/// A host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Host {
    /// A name, in lower case; internationalized ones are in Punycode.
    Name(String),
    /// An address of version 4.
    V4(Ipv4Addr),
    /// An address of version 6.
    V6(Ipv6Addr),
}

impl Host {
    /// The host of an address; `None` if it is none.
    #[must_use]
    pub fn of(address: &str) -> Option<Self> {
        Address::parse(address).map(|address| address.host)
    }

    /// Whether it is this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        match self {
            Self::Name(name) => name == "localhost" || name.ends_with(".localhost"),
            Self::V4(address) => address.is_loopback(),
            Self::V6(address) => address.is_loopback(),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        if let Some(inside) = text.strip_prefix('[') {
            return inside.strip_suffix(']')?.parse().ok().map(Self::V6);
        }
        let is_label = |label: &str| {
            let inner = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            inner && (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
        };
        if text.len() > 253 || !text.split('.').all(is_label) {
            return None;
        }
        // Whatever ends in a number is an address of version 4 or nothing, as in browsers.
        match text.rsplit('.').next().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit())) {
            true => text.parse().ok().map(Self::V4),
            false => Some(Self::Name(text.to_ascii_lowercase())),
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::V4(address) => fmt::Display::fmt(address, f),
            Self::V6(address) => write!(f, "[{address}]"),
        }
    }
}

/// Scheme, host, port and path of an address; nothing else may be in one.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Address {
    pub(crate) secure: bool,
    pub(crate) host: Host,
    /// Left out where it is the scheme's own.
    port: Option<u16>,
    /// Empty, or begins with a slash.
    path: String,
}

impl Address {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let secure = match () {
            () if scheme.eq_ignore_ascii_case("https") => true,
            () if scheme.eq_ignore_ascii_case("http") => false,
            () => return None,
        };
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (host, port) = match authority.rsplit_once(':') {
            // The last colon of `[::1]` is the address's own.
            Some((host, port)) if !port.ends_with(']') => (host, Some(port_of(port)?)),
            _ => (authority, None),
        };
        let own = if secure { 443 } else { 80 };
        let host = Host::parse(host)?;
        is_path(path).then(|| Self {
            secure,
            host,
            port: port.filter(|port| *port != own),
            path: path.to_owned(),
        })
    }

    /// Scheme, host and port, as browsers compare them.
    pub(crate) fn origin(&self) -> String {
        format!("{}://{}", if self.secure { "https" } else { "http" }, self.authority())
    }

    /// Host and port.
    pub(crate) fn authority(&self) -> String {
        self.port.map_or_else(|| self.host.to_string(), |port| format!("{}:{port}", self.host))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin(), self.path)
    }
}

fn port_of(digits: &str) -> Option<u16> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    digits.parse().ok().filter(|_| plain)
}

/// Characters of RFC 3986 §3.3; no segment that stands for another folder.
fn is_path(path: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@%/".contains(&byte);
    path.bytes().all(allowed) && !path.split('/').any(|segment| matches!(segment, "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_a_library_reads_them() {
        let good = [
            "https://pay.example",
            "http://127.0.0.1:8080",
            "https://[2001:db8::1]:8443/a/b",
            "https://xn--lhne-5qa.example/data-server",
            "https://a-b.c1.example:65535",
            "http://localhost:8081/data%20server/",
        ];
        for text in good {
            let address = Address::parse(text).unwrap();
            let known = url::Url::parse(text).unwrap();
            assert_eq!(address.origin(), known.origin().ascii_serialization());
            assert_eq!(address.to_string().trim_end_matches('/'), known.as_str().trim_end_matches('/'));
            assert_eq!(address.host.to_string(), known.host_str().unwrap());
        }
        assert_eq!(Address::parse("HTTPS://Pay.Example:443/X").unwrap().to_string(), "https://pay.example/X");
    }

    #[test]
    fn everything_else_is_none() {
        let bad = [
            "",
            "pay.example",
            "ftp://pay.example",
            "https://",
            "https:///x",
            "https://a:b@pay.example",
            "https://pay.example?x=1",
            "https://pay.example/#x",
            "https://pay.example:",
            "https://pay.example:0",
            "https://pay.example:080",
            "https://pay.example:+80",
            "https://pay.example:65536",
            "https://pay..example",
            "https://-pay.example",
            "https://pay.example.",
            "https://1.2.3",
            "https://1.2.3.256",
            "https://[::1",
            "https://[::g]",
            "https://::1",
            "https://pay example",
            "https://p\u{430}y.example",
            "https://pay.example/a b",
            "https://pay.example/../x",
            "https://pay.example\\x",
            " https://pay.example",
        ];
        for text in bad {
            assert!(Address::parse(text).is_none(), "{text}");
        }
    }
}
