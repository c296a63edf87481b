//! Submissions: checked to the last ciphertext and the last answer of their proof, kept, declared, acknowledged.

mod admit;
mod finish;
pub(crate) mod http;
mod products;
mod proofs;
mod service;
mod shuffle;

pub(crate) use finish::finish;
pub(crate) use proofs::Proofs;
pub(crate) use service::{Acknowledged, limit, refusal, share_context, submit};
