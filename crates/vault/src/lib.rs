//! Encrypts what a server keeps, under a key that lies outside its data folder.
//!
//! XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03): a random 24-byte nonce before each ciphertext. The
//! *context* is authenticated with it, so that one row's secret does not open in another row.
#![no_std]
extern crate alloc;

use alloc::vec::Vec;
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use core::fmt;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

const NONCE_BYTES: usize = 24;

/// Bytes that do not open under this key in this context, or were changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("kept under another key, for another purpose, or damaged")]
pub struct Unopenable;

/// A key at rest. Redacted in `Debug`.
pub struct Vault(XChaCha20Poly1305);

impl Vault {
    /// The vault of a 32-byte key.
    #[must_use]
    pub fn from_key(key: &[u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(key.into()))
    }

    /// nonce (24 bytes) ‖ ciphertext ‖ tag (16 bytes).
    ///
    /// # Errors
    /// [`Unopenable`] only for messages of more than 256 GiB.
    pub fn seal(
        &self,
        context: &[u8],
        secret: &[u8],
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, Unopenable> {
        let mut nonce = [0; NONCE_BYTES];
        rng.fill_bytes(&mut nonce);
        let payload = Payload { msg: secret, aad: context };
        let sealed = self.0.encrypt(&nonce.into(), payload).map_err(|_| Unopenable)?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Opens what was sealed in the same context.
    ///
    /// # Errors
    /// [`Unopenable`].
    pub fn open(&self, context: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopenable> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(Unopenable)?;
        let payload = Payload { msg: sealed, aad: context };
        self.0.decrypt(nonce.into(), payload).map(Zeroizing::new).map_err(|_| Unopenable)
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(<private>)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    #[test]
    fn opens_only_in_its_context_under_its_key_and_undamaged() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let vault = Vault::from_key(&[1; 32]);
        let mut sealed = vault.seal(b"row 1", b"secret", &mut rng).unwrap();
        assert_eq!(vault.open(b"row 1", &sealed).unwrap().as_slice(), b"secret");
        assert_eq!(vault.open(b"row 2", &sealed), Err(Unopenable));
        assert_eq!(Vault::from_key(&[2; 32]).open(b"row 1", &sealed), Err(Unopenable));
        assert_ne!(sealed, vault.seal(b"row 1", b"secret", &mut rng).unwrap(), "a fresh nonce each time");
        sealed[30] ^= 1;
        assert_eq!(vault.open(b"row 1", &sealed), Err(Unopenable));
        assert_eq!(vault.open(b"row 1", &sealed[..20]), Err(Unopenable));
    }
}
