//! The public key, and the only way to one.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use num_bigint::BigUint;

use crate::base_n::Ring;
use crate::{KeyBits, key_checks, limbs, passes_fermat_test};

/// A Paillier public key: the number n, with g = n + 1.
///
/// Invariant: n has exactly 2048, 3072 or 4096 bits, is odd, has no prime factor below
/// 6370, is neither a prime nor a power. Decryption is unambiguous only with a
/// [`crate::KeyProof`] as well. Clones share their memory.
#[derive(Clone)]
pub struct PublicKey(Arc<Inner>);

struct Inner {
    size: KeyBits,
    n: BigUint,
    ring: Ring,
}

/// Why a number is no public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyRefusal {
    /// Not exactly 2048, 3072 or 4096 bits.
    #[error("the key does not have 2048, 3072 or 4096 bits")]
    WrongLength,
    /// Divisible by 2.
    #[error("the key is an even number")]
    Even,
    /// Divisible by an odd prime below 6370.
    #[error("the key has a small prime factor")]
    SmallFactor,
    /// A square or a higher power.
    #[error("the key is a power of a smaller number")]
    Power,
    /// A prime, or a composite that a Fermat test cannot tell from one.
    #[error("the key is a prime number")]
    Prime,
}

impl PublicKey {
    /// Admits n from its big-endian bytes: 256, 384 or 512 of them, the highest bit set.
    ///
    /// # Errors
    /// [`KeyRefusal`] names the first check that failed.
    pub fn admit(n_be: &[u8]) -> Result<Self, KeyRefusal> {
        let size = KeyBits::of_bytes(n_be.len()).ok_or(KeyRefusal::WrongLength)?;
        let n = BigUint::from_bytes_be(n_be);
        if n.bits() != u64::from(size.bits()) {
            return Err(KeyRefusal::WrongLength);
        }
        key_checks::refuse_unfit(&n)?;
        let ring = Ring::new(&n, size.limbs()).ok_or(KeyRefusal::WrongLength)?;
        // True for every prime, and for no n of two large random primes except with
        // negligible probability.
        if passes_fermat_test(ring.n()) {
            return Err(KeyRefusal::Prime);
        }
        Ok(Self(Arc::new(Inner { size, n, ring })))
    }

    /// Admits a number that another thread of this same program has admitted: a page and its workers share no
    /// memory, and the tests for small factors, powers and primes take long. Length and oddness alone are seen
    /// to here. Never for a number from anywhere else.
    ///
    /// # Errors
    /// [`KeyRefusal::WrongLength`] or [`KeyRefusal::Even`].
    pub fn readmit(n_be: &[u8]) -> Result<Self, KeyRefusal> {
        let size = KeyBits::of_bytes(n_be.len()).ok_or(KeyRefusal::WrongLength)?;
        let n = BigUint::from_bytes_be(n_be);
        if n.bits() != u64::from(size.bits()) {
            return Err(KeyRefusal::WrongLength);
        }
        if !n.bit(0) {
            return Err(KeyRefusal::Even);
        }
        let ring = Ring::new(&n, size.limbs()).ok_or(KeyRefusal::WrongLength)?;
        Ok(Self(Arc::new(Inner { size, n, ring })))
    }

    /// n as big-endian bytes, |n|/8 of them.
    pub fn to_bytes(&self) -> Vec<u8> {
        limbs::to_be_bytes(self.ring().n())
    }

    /// The size of n.
    pub fn bits(&self) -> KeyBits {
        self.0.size
    }

    /// n as an arbitrary-precision integer.
    pub fn n(&self) -> &BigUint {
        &self.0.n
    }

    /// Bytes of every ciphertext under this key: 2·|n|/8.
    pub fn ciphertext_bytes(&self) -> usize {
        2 * self.bits().bytes()
    }

    /// Whether this machine multiplies eight ciphertexts at a time (AVX512-IFMA).
    pub fn multiplies_eight_at_once(&self) -> bool {
        self.ring().lanes().is_some()
    }

    /// The same key, calculating as on a machine without vector instructions: for comparing.
    ///
    /// Equal to the key it was made from.
    pub fn portable(&self) -> Self {
        let ring = self.ring().without_lanes();
        Self(Arc::new(Inner { size: self.bits(), n: self.n().clone(), ring }))
    }

    /// Arithmetic under this key.
    pub(crate) fn ring(&self) -> &Ring {
        &self.0.ring
    }
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.n() == other.n()
    }
}

impl Eq for PublicKey {}

/// Names the size only: a page of digits helps nobody.
impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({} bits)", self.bits().bits())
    }
}
