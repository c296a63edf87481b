//! Submissions: checked to the last ciphertext, kept, declared, acknowledged.

mod admit;
mod finish;
pub(crate) mod http;
mod service;
mod shuffle;

pub(crate) use finish::finish;
pub(crate) use service::{Acknowledged, limit, refusal, share_context, submit};
