//! What handlers read from a request before a service sees it.

pub(crate) mod http;
