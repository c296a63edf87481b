//! The secret exponent of one encryption.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use rand_core::CryptoRng;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{KeyBits, limbs};

/// The exponent a of h_s^a, uniform in [0, 2^(|n|/2)); wiped when dropped, never printed.
///
/// Whoever knows it can decrypt the ciphertext it made.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Exponent {
    words: Vec<u64>,
}

/// Why a number is no exponent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExponentRefusal {
    /// More than |n|/2 bits.
    #[error("the exponent is longer than half the key")]
    TooLong,
}

impl Exponent {
    /// Draws a fresh exponent for keys of this size.
    pub fn sample(size: KeyBits, rng: &mut impl CryptoRng) -> Self {
        let mut words = vec![0; Self::count(size)];
        words.iter_mut().for_each(|word| *word = rng.next_u64());
        Self { words }
    }

    /// Takes a given exponent, for known answers.
    ///
    /// # Errors
    /// [`ExponentRefusal::TooLong`] if it has more than |n|/2 bits.
    pub fn from_be_bytes(size: KeyBits, bytes: &[u8]) -> Result<Self, ExponentRefusal> {
        let words = limbs::from_be_bytes(bytes, Self::count(size)).ok_or(ExponentRefusal::TooLong)?;
        Ok(Self { words })
    }

    /// |n|/2 is a multiple of 64 for every size.
    fn count(size: KeyBits) -> usize {
        size.limbs() / 2
    }

    /// Lends the words to this crate.
    pub(crate) fn words(&self) -> &[u64] {
        &self.words
    }
}

impl fmt::Debug for Exponent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Exponent(<private>)")
    }
}
