//! Who this server is: two secret keys, sealed in the data folder, and what they look like from outside.

mod files;
pub(crate) mod http;

/// The version of this program, as identities and lists name it.
pub(crate) const BUILD: &str = env!("CARGO_PKG_VERSION");

pub use files::{OwnIdentity, load, prepare};
