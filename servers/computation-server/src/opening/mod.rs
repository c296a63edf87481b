//! The one opening: the only place of this program where anything is decrypted.

mod admit;
pub(crate) mod http;
pub(crate) mod service;
mod totals;
