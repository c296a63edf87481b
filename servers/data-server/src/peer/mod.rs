//! The computation server, asked in signed words.

mod channel;
mod client;
mod refused;

pub(crate) use channel::Peer;
pub(crate) use refused::PeerFailure;
