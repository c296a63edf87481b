//! Between the servers: only the data server may ask, every request once, and every answer is signed.

pub(crate) mod http;
mod nonces;

pub(crate) use nonces::Nonces;
