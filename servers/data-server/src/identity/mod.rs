//! Who this server is: its keys, and what stands at its well-known address; and who the organizer is.

pub(crate) mod http;
mod keys;
mod sign_in;

pub use keys::{AtRestKeyRefusal, IdentityRefusal, ServerKeys, read_at_rest_key, read_or_create_at_rest_key};
pub(crate) use sign_in::{prepare_sign_in, require_sign_in};

use protocol::{Identity, Role};

/// The version of this program, as identities and lists name it.
pub(crate) const BUILD: &str = env!("CARGO_PKG_VERSION");

/// What the server says about itself.
#[must_use]
pub fn identity_of(keys: &ServerKeys, operator: &str) -> Identity {
    Identity {
        format: Identity::FORMAT.to_owned(),
        role: Role::DataServer,
        operator: operator.to_owned(),
        signing_key: keys.signing.verifying_key().to_hex(),
        sealing_key: keys.sealing.public_key().0,
        build: BUILD.to_owned(),
    }
}
