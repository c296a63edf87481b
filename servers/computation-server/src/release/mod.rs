//! Publishing: with the data server's signature, and with the end of the key.

pub(crate) mod http;
pub(crate) mod service;
