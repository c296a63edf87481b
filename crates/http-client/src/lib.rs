//! Carries reporters' and organizers' messages over HTTP, outside browsers.
//!
//! # Map
//! [`Http`] is the connection to the world, [`ServerUrl`] an address that may be spoken to. [`DataServer`]
//! and [`ComputationServer`] have one method for each message of the protocol; refusals come back as
//! [`ClientError::Refused`] with the problem of the protocol's table. What may be repeated is repeated, with
//! growing pauses, when a server cannot be reached.

mod computation_server;
mod data_server;
mod error;
mod exchange;
mod http;
mod retry;
mod shared;

pub use computation_server::ComputationServer;
pub use data_server::DataServer;
pub use error::ClientError;
pub use http::Http;
pub use protocol::{ServerUrl, UrlRefusal};
pub use retry::Patience;
