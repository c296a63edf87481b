//! Sums of spent exponents: what a proof about products of ciphertexts is made with.

use alloc::vec::Vec;
use core::fmt;

use zeroize::Zeroizing;

use crate::{Natural, SpentExponent};

/// A sum of exponents whose ciphertexts are made; wiped when dropped, never printed, not to be cloned.
///
/// A type of its own, as one spent exponent alone is such a sum: [`crate::Masker::mask`] takes a [`Natural`], which this
/// does not become again but as bytes. **Sums beyond the length lose their carry**, as those of [`Natural`] do.
pub struct ExponentSum(Natural);

impl ExponentSum {
    /// 0, with room for sums below 2^`bits`.
    pub fn zero(bits: u32) -> Self {
        Self(Natural::zero(bits))
    }

    /// The sum that another thread of the same program wrote down with [`ExponentSum::to_be_bytes`].
    pub fn from_be_bytes(bytes: &[u8]) -> Self {
        Self(Natural::from_be_bytes(bytes))
    }

    /// Adds the exponent of one encryption.
    pub fn add_exponent(&mut self, exponent: &SpentExponent) {
        self.0.add_words(0, exponent.words().iter().copied());
    }

    /// Adds `other` · `factor`; the factor is public or not.
    pub fn add_multiple(&mut self, other: &Self, factor: u128) {
        self.0.add_multiple(&other.0, factor);
    }

    /// Adds the drawn number that hides the sum in a proof's answer.
    pub fn add_mask(&mut self, mask: &Natural) {
        self.0.add_multiple(mask, 1);
    }

    /// The lowest `length` bytes, big-endian. For an answer, in which a mask hides them: **whoever reads an exponent
    /// from the bytes of a sum without one can encrypt with it again.**
    pub fn to_be_bytes(&self, length: usize) -> Zeroizing<Vec<u8>> {
        self.0.to_be_bytes(length)
    }
}

impl fmt::Debug for ExponentSum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ExponentSum(<private>)")
    }
}
