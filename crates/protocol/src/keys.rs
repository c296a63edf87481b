//! Ed25519 keys: of servers, organizers, invitations and reporters.

use crate::{Hex, message};
use ed25519_dalek::Signer;
use rand_core::CryptoRng;
use std::fmt;
use zeroize::Zeroizing;

/// Why 32 bytes are no key of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyRefusal {
    /// Not a canonical point of the curve.
    #[error("not a canonical Ed25519 key")]
    NotCanonical,
    /// Of small order: signatures under it prove nothing.
    #[error("a key of small order")]
    SmallOrder,
}

/// A signature that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not hold")]
pub struct BadSignature;

/// A secret signing key. Wiped when dropped, redacted in `Debug`.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// Draws a key.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *seed);
        Self::from_seed(&seed)
    }

    /// The key of a 32-byte seed (RFC 8032, §5.1.5).
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// The seed. The caller encrypts it before it is stored.
    #[must_use]
    pub fn expose_seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// The public half.
    #[must_use]
    pub fn verifying_key(&self) -> VerifyingKey {
        VerifyingKey(self.0.verifying_key())
    }

    /// Signs [`message`]`(domain, fields)`.
    #[must_use]
    pub fn sign(&self, domain: &str, fields: &[&[u8]]) -> Hex<64> {
        Hex(self.0.sign(&message(domain, fields)).to_bytes())
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(<private>)")
    }
}

/// A public key that is canonical and not of small order.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct VerifyingKey(ed25519_dalek::VerifyingKey);

impl VerifyingKey {
    /// Admits 32 bytes.
    ///
    /// # Errors
    /// [`KeyRefusal`].
    pub fn admit(bytes: Hex<32>) -> Result<Self, KeyRefusal> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(&bytes.0).map_err(|_| KeyRefusal::NotCanonical)?;
        if key.to_edwards().compress().to_bytes() != bytes.0 {
            return Err(KeyRefusal::NotCanonical);
        }
        if key.is_weak() { Err(KeyRefusal::SmallOrder) } else { Ok(Self(key)) }
    }

    /// The key's bytes.
    #[must_use]
    pub fn to_hex(&self) -> Hex<32> {
        Hex(self.0.to_bytes())
    }

    /// Checks a signature of [`message`]`(domain, fields)`, strictly (RFC 8032 without cofactor, no small
    /// order, canonical encodings).
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(&self, domain: &str, fields: &[&[u8]], signature: &Hex<64>) -> Result<(), BadSignature> {
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        self.0.verify_strict(&message(domain, fields), &signature).map_err(|_| BadSignature)
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifyingKey({})", self.to_hex())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_order_and_non_canonical_keys_are_refused() {
        let mut identity = [0; 32];
        identity[0] = 1;
        assert_eq!(VerifyingKey::admit(Hex(identity)), Err(KeyRefusal::SmallOrder));
        assert_eq!(VerifyingKey::admit(Hex([0; 32])), Err(KeyRefusal::SmallOrder));
        let mut beyond_p = [0xff; 32];
        beyond_p[0] = 0xee; // p + 1 = 1, spelled beyond p
        beyond_p[31] = 0x7f;
        assert_eq!(VerifyingKey::admit(Hex(beyond_p)), Err(KeyRefusal::NotCanonical));
    }

    #[test]
    fn a_signature_holds_for_its_domain_and_fields_only() {
        let key = SigningKey::from_seed(&[5; 32]);
        let signature = key.sign("domain", &[b"a", b"b"]);
        let verify = |domain, fields: &[&[u8]]| key.verifying_key().verify(domain, fields, &signature);
        assert_eq!(verify("domain", &[b"a", b"b"]), Ok(()));
        assert_eq!(verify("domain", &[b"ab", b""]), Err(BadSignature));
        assert_eq!(verify("other", &[b"a", b"b"]), Err(BadSignature));
    }

    #[test]
    fn debug_output_never_shows_a_seed() {
        assert_eq!(format!("{:?}", SigningKey::from_seed(&[5; 32])), "SigningKey(<private>)");
    }
}
