//! Who this server is: two secret keys, sealed in the data folder, and what they look like from outside.

mod files;
pub(crate) mod http;

pub use files::{OwnIdentity, load, prepare};
