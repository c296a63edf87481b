//! Ways to servers that lead through the page's own host: for development, where the page is served by a
//! program that passes messages on and the servers need not know of it.
//!
//! Only the way changes. Whom a page speaks to, and whose key counts, is decided by the addresses before.

use std::cell::RefCell;

/// What lies behind a path of the page's own host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proxy {
    /// Scheme, host and port of a server.
    pub origin: String,
    /// The address on the page's host that leads there, without a slash at its end.
    pub through: String,
}

thread_local! {
    /// Told once, before anything is sent; empty wherever people use the page.
    static PROXIES: RefCell<Vec<Proxy>> = const { RefCell::new(Vec::new()) };
}

/// Sends every later message of this page through these.
pub fn go_through(proxies: Vec<Proxy>) {
    PROXIES.set(proxies);
}

/// Where a message to an address is sent.
pub(crate) fn way_to(address: &str) -> String {
    PROXIES.with_borrow(|proxies| led(proxies, address)).unwrap_or_else(|| address.to_owned())
}

fn led(proxies: &[Proxy], address: &str) -> Option<String> {
    proxies.iter().find_map(|proxy| {
        let path = address.strip_prefix(&proxy.origin)?;
        // Another port, or another host that begins alike, is another server.
        path.starts_with('/').then(|| format!("{}{path}", proxy.through))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_messages_to_that_very_origin_are_led() {
        let proxies = [Proxy {
            origin: "http://127.0.0.1:8081".to_owned(),
            through: "http://127.0.0.1:8090/data-server".to_owned(),
        }];
        let way = |address| led(&proxies, address);
        assert_eq!(
            way("http://127.0.0.1:8081/v1/surveys").as_deref(),
            Some("http://127.0.0.1:8090/data-server/v1/surveys")
        );
        assert_eq!(way("http://127.0.0.1:80810/v1/surveys"), None);
        assert_eq!(way("http://127.0.0.1:8082/v1/surveys"), None);
    }
}
