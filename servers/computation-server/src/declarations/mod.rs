//! Declarations: what this server learns of a submission.

pub(crate) mod http;
pub(crate) mod service;
