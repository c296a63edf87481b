//! With which limits a server runs.

use std::time::Duration;

/// Limits and permissions of one server. The defaults suit production.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The server's name in `/health` and in the log.
    pub name: &'static str,
    /// Threads that answer requests.
    pub workers: usize,
    /// The largest body of any request; larger ones are refused before they are read.
    pub max_body_bytes: usize,
    /// How long the head of a request may take to arrive.
    pub head_timeout: Duration,
    /// How long the body of a request may take to arrive.
    pub body_timeout: Duration,
    /// How long a silent connection is kept open.
    pub keep_alive: Duration,
    /// Open connections per worker; further ones wait in the kernel.
    pub max_connections: usize,
    /// How long requests under way may take to finish once the server is told to stop.
    pub stop_timeout_s: u64,
    /// Addresses of pages that may call this server, as browsers write them:
    /// scheme, host and port, no slash at the end.
    pub allowed_origins: Vec<String>,
    /// How many requests one address may make; `None` switches the limit off.
    pub rate_limit: Option<RateLimit>,
}

/// A token bucket per peer address (IPv6: per /64 network).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests per second in the long run.
    pub per_second: u32,
    /// Requests at once after a pause.
    pub burst: u32,
    /// Reverse proxies in front of this server that append to `X-Forwarded-For`.
    /// With 0 the header is ignored, since anybody can write it.
    pub proxies: usize,
}

impl Default for RateLimit {
    fn default() -> Self {
        // A whole company may sit behind one address.
        Self { per_second: 100, burst: 1000, proxies: 0 }
    }
}

impl Settings {
    /// The defaults under this name.
    #[must_use]
    pub fn named(name: &'static str) -> Self {
        Self {
            name,
            workers: 2,
            max_body_bytes: 4 * 1024 * 1024,
            head_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(60),
            keep_alive: Duration::from_secs(15),
            max_connections: 2048,
            stop_timeout_s: 10,
            allowed_origins: Vec::new(),
            rate_limit: Some(RateLimit::default()),
        }
    }
}
