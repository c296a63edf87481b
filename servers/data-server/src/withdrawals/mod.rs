//! Withdrawals: on top of any version, and nothing counts any more.

pub(crate) mod http;
mod service;

pub(crate) use service::withdraw;
