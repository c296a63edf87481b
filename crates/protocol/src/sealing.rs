//! Sealing to one server: HPKE (RFC 9180), base mode, X25519-HKDF-SHA256, ChaCha20-Poly1305.

use crate::Hex;
use hpke::{
    Deserializable, Kem, OpModeR, OpModeS, Serializable, aead::ChaCha20Poly1305, kdf::HkdfSha256,
    kem::X25519HkdfSha256,
};
use rand_core::CryptoRng;
use std::fmt;
use zeroize::Zeroizing;

type Suite = X25519HkdfSha256;

/// Bytes that do not open under this key, for this purpose, with this context.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not sealed to this server for this purpose")]
pub struct Unsealable;

/// Bytes by which a sealed message is longer than what it holds: the encapsulated key and the tag.
pub(crate) const OVERHEAD_BYTES: usize = 48;

/// The public half: everybody may seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealingPublicKey(pub Hex<32>);

impl SealingPublicKey {
    /// enc (32 bytes) ‖ ciphertext ‖ tag (16 bytes).
    ///
    /// # Errors
    /// [`Unsealable`] if the key is not one that anything can be sealed to.
    pub fn seal(
        &self,
        info: &str,
        aad: &[u8],
        plaintext: &[u8],
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, Unsealable> {
        let key = <Suite as Kem>::PublicKey::from_bytes(&self.0.0).map_err(|_| Unsealable)?;
        let (enc, sealed) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, Suite>(
            &OpModeS::Base,
            &key,
            info.as_bytes(),
            plaintext,
            aad,
            rng,
        )
        .map_err(|_| Unsealable)?;
        let mut bytes = enc.to_bytes().to_vec();
        bytes.extend_from_slice(&sealed);
        Ok(bytes)
    }
}

/// A server's secret half. Redacted in `Debug`.
#[derive(Clone)]
pub struct SealingKey(<Suite as Kem>::PrivateKey);

impl SealingKey {
    /// The key of 32 bytes.
    ///
    /// # Errors
    /// [`Unsealable`] if the bytes are no key.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, Unsealable> {
        <Suite as Kem>::PrivateKey::from_bytes(bytes).map(Self).map_err(|_| Unsealable)
    }

    /// Draws 32 bytes that are a key.
    #[must_use]
    pub fn generate_bytes(rng: &mut impl CryptoRng) -> Zeroizing<[u8; 32]> {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *bytes);
        bytes
    }

    /// The public half.
    #[must_use]
    pub fn public_key(&self) -> SealingPublicKey {
        let bytes = Suite::sk_to_pk(&self.0).to_bytes();
        SealingPublicKey(Hex(bytes.into()))
    }

    /// Opens what was sealed for this purpose in this context.
    ///
    /// # Errors
    /// [`Unsealable`].
    pub fn open(&self, info: &str, aad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unsealable> {
        let (enc, sealed) = sealed.split_at_checked(32).ok_or(Unsealable)?;
        let enc = <Suite as Kem>::EncappedKey::from_bytes(enc).map_err(|_| Unsealable)?;
        hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, Suite>(
            &OpModeR::Base,
            &self.0,
            &enc,
            info.as_bytes(),
            sealed,
            aad,
        )
        .map(Zeroizing::new)
        .map_err(|_| Unsealable)
    }
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey(<private>)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    #[test]
    fn opens_only_with_the_same_purpose_and_context() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let key = SealingKey::from_bytes(&SealingKey::generate_bytes(&mut rng)).unwrap();
        let sealed = key.public_key().seal("purpose", b"context", b"hello", &mut rng).unwrap();
        assert_eq!(sealed.len(), 5 + OVERHEAD_BYTES);
        assert_eq!(key.open("purpose", b"context", &sealed).unwrap().as_slice(), b"hello");
        assert!(key.open("other", b"context", &sealed).is_err());
        assert!(key.open("purpose", b"other", &sealed).is_err());
        assert!(key.open("purpose", b"context", &sealed[..47]).is_err());
        let other = SealingKey::from_bytes(&[9; 32]).unwrap();
        assert!(other.open("purpose", b"context", &sealed).is_err());
        assert_eq!(format!("{key:?}"), "SealingKey(<private>)");
    }
}
