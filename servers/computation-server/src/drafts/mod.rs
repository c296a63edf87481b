//! Drafts: half a survey's id, and a key that is burnt for it.

pub(crate) mod http;
pub(crate) mod service;
