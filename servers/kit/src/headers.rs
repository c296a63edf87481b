//! Headers on every answer. A handler that sets one of them itself keeps its own.

use actix_web::middleware::DefaultHeaders;

/// Nothing is cached, sniffed, framed, executed or passed on.
pub(crate) fn security() -> DefaultHeaders {
    DefaultHeaders::new()
        .add(("cache-control", "no-store"))
        .add(("content-security-policy", "default-src 'none'; frame-ancestors 'none'"))
        .add(("referrer-policy", "no-referrer"))
        .add(("x-content-type-options", "nosniff"))
}
