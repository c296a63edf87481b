//! What is hidden.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use num_bigint::BigUint;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::residue::residue;
use crate::{PublicKey, limbs};

/// An integer in [0, n), wiped when dropped and never printed.
///
/// No `PartialEq` on purpose: comparing secrets wants thought.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Plaintext {
    /// Little-endian words, at most as many as n has.
    words: Vec<u64>,
}

/// Why a number is no plaintext.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlaintextRefusal {
    /// Not below n.
    #[error("the plaintext is not below n")]
    NotReduced,
}

impl Plaintext {
    /// Takes a number from big-endian bytes, of any length, in time independent of its value.
    ///
    /// # Errors
    /// [`PlaintextRefusal::NotReduced`] if it is not below n.
    pub fn from_be_bytes(key: &PublicKey, bytes: &[u8]) -> Result<Self, PlaintextRefusal> {
        let words = limbs::from_be_bytes(bytes, key.ring().count()).ok_or(PlaintextRefusal::NotReduced)?;
        let plaintext = Self { words };
        if kernels::less_than(&plaintext.words, key.ring().n()) {
            Ok(plaintext)
        } else {
            Err(PlaintextRefusal::NotReduced)
        }
    }

    /// A small number; below every n.
    pub fn from_u64(value: u64) -> Self {
        Self { words: vec![value] }
    }

    /// Takes a number at the border; the copy in `value` is not wiped.
    ///
    /// # Errors
    /// [`PlaintextRefusal::NotReduced`] if it is not below n.
    pub fn from_biguint(key: &PublicKey, value: &BigUint) -> Result<Self, PlaintextRefusal> {
        Self::from_be_bytes(key, &Zeroizing::new(value.to_bytes_be()))
    }

    /// Big-endian bytes: 8 after [`Plaintext::from_u64`], otherwise as many as n has.
    pub fn to_be_bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(limbs::to_be_bytes(&self.words))
    }

    /// The number at the border; the copy is not wiped.
    pub fn to_biguint(&self) -> BigUint {
        BigUint::from_bytes_be(&self.to_be_bytes())
    }

    /// Takes what is below n already.
    pub(crate) fn of_residue(mut words: Zeroizing<Vec<u64>>) -> Self {
        Self { words: core::mem::take(&mut *words) }
    }

    /// As many words as n has. A plaintext made for a longer key counts modulo n, in time independent of its value.
    pub(crate) fn words_under(&self, key: &PublicKey) -> Zeroizing<Vec<u64>> {
        let count = key.ring().count();
        if self.words.len() > count {
            return residue(&self.words, key.ring().n());
        }
        let mut words = Zeroizing::new(Vec::with_capacity(count));
        words.extend_from_slice(&self.words);
        words.resize(count, 0);
        words
    }
}

impl fmt::Debug for Plaintext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Plaintext(<private>)")
    }
}
