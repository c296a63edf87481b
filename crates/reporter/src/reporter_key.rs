//! The reporter key, whose public half is the credential.

use protocol::{Hex, SigningKey, VerifyingKey};
use rand_core::CryptoRng;
use std::fmt;
use zeroize::Zeroizing;

/// Who a reporter is to the servers, in one survey. Redacted in `Debug`.
#[derive(Clone)]
pub struct ReporterKey(SigningKey);

impl ReporterKey {
    /// Draws a key. A fresh one for every survey and invitation.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self(SigningKey::generate(rng))
    }

    /// Restores a key.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_seed(seed))
    }

    /// The seed, for a file that only its owner reads.
    #[must_use]
    pub fn expose_seed(&self) -> Zeroizing<[u8; 32]> {
        self.0.expose_seed()
    }

    /// The public half.
    #[must_use]
    pub fn verifying_key(&self) -> VerifyingKey {
        self.0.verifying_key()
    }

    /// The credential.
    #[must_use]
    pub fn credential(&self) -> Hex<32> {
        self.verifying_key().to_hex()
    }

    /// A digest of a pay file that says nothing to whoever lacks this key.
    #[must_use]
    pub fn source_of(&self, file: &[u8]) -> Hex<32> {
        Hex(protocol::digest("sealed-pay/v1/source", &[self.expose_seed().as_slice(), file]))
    }

    pub(crate) const fn signing_key(&self) -> &SigningKey {
        &self.0
    }
}

impl fmt::Debug for ReporterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReporterKey(<private>)")
    }
}
