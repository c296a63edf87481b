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

/// The exponent of a ciphertext that is made: what a proof about it is made with.
///
/// Whoever encrypts with it once more gives the difference of two plaintexts away. Nothing takes it but
/// [`crate::ExponentSum::add_exponent`], and nothing encrypts with such a sum; only bytes lead out of it, and whoever
/// reads an exponent from those has left what types can hold. Wiped when dropped, never printed, not to be cloned.
/// Whoever knows it can decrypt the ciphertext.
pub struct SpentExponent(Exponent);

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
    pub(crate) fn count(size: KeyBits) -> usize {
        size.limbs() / 2
    }

    /// Takes the lowest words of a number; those it lacks are 0, those beyond |n|/2 bits are left out.
    pub(crate) fn from_words(size: KeyBits, words: &[u64]) -> Self {
        let mut exponent = Self { words: vec![0; Self::count(size)] };
        exponent.words.iter_mut().zip(words).for_each(|(to, from)| *to = *from);
        exponent
    }

    /// Lends the words to this crate, least significant first.
    pub(crate) fn words(&self) -> &[u64] {
        &self.words
    }

    /// What is left of it once its ciphertext is made.
    pub(crate) fn spent(self) -> SpentExponent {
        SpentExponent(self)
    }
}

impl SpentExponent {
    /// Lends the words to sums, least significant first.
    pub(crate) fn words(&self) -> &[u64] {
        self.0.words()
    }
}

impl fmt::Debug for SpentExponent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SpentExponent(<private>)")
    }
}

impl fmt::Debug for Exponent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Exponent(<private>)")
    }
}
