//! Agreeing on the set: this server's list, the set that follows from both, and from then on nothing more.

pub(crate) mod http;
mod lists;
pub(crate) mod service;
