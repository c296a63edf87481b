//! Withdrawals: a reporter may bring them here directly, past a data server that does not forward them.

pub(crate) mod http;
pub(crate) mod service;
