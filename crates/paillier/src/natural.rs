//! Long secret numbers: sums of shifted slots, and what masks and answers are.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use rand_core::CryptoRng;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::residue::residue;
use crate::{Plaintext, PublicKey, limbs};

/// A natural number that is as long as was said when it was made; wiped when dropped, never printed.
///
/// Everything takes time that depends on lengths alone. **Sums beyond the length lose their carry**: whoever
/// makes one gives it room for the largest sum.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Natural {
    /// Least significant first.
    words: Vec<u64>,
}

impl Natural {
    /// 0, with room for numbers below 2^`bits`.
    pub fn zero(bits: u32) -> Self {
        Self { words: vec![0; bits.div_ceil(u64::BITS) as usize] }
    }

    /// Draws a number below 2^`bits`.
    pub fn sample(bits: u32, rng: &mut impl CryptoRng) -> Self {
        let mut drawn = Self::zero(bits);
        drawn.words.iter_mut().for_each(|word| *word = rng.next_u64());
        if let (surplus @ 1.., Some(highest)) = (bits % u64::BITS, drawn.words.last_mut()) {
            *highest &= (1 << surplus) - 1;
        }
        drawn
    }

    /// Reads big-endian bytes, all of them.
    pub fn from_be_bytes(bytes: &[u8]) -> Self {
        let words = limbs::from_be_bytes(bytes, bytes.len().div_ceil(8)).unwrap_or_default();
        Self { words }
    }

    /// The lowest `length` bytes, big-endian.
    pub fn to_be_bytes(&self, length: usize) -> Zeroizing<Vec<u8>> {
        let byte = |at: usize| self.words.get(at / 8).map_or(0, |word| (word >> (8 * (at % 8))) as u8);
        Zeroizing::new((0..length).rev().map(byte).collect())
    }

    /// Whether the number is below 2^`bits`.
    pub fn is_below_power(&self, bits: u32) -> bool {
        let (whole, rest) = ((bits / u64::BITS) as usize, bits % u64::BITS);
        let beyond = self.words.iter().skip(whole + 1).fold(0, |any, word| any | word);
        beyond | self.words.get(whole).map_or(0, |word| word >> rest) == 0
    }

    /// Adds `number_le` · 2^`shift`, the number least significant byte first.
    pub fn add_shifted(&mut self, number_le: &[u8; 32], shift: u32) {
        let (skipped, bits) = ((shift / u64::BITS) as usize, shift % u64::BITS);
        let mut below = 0u64;
        let shifted = number_le.as_chunks::<8>().0.iter().map(|chunk| u64::from_le_bytes(*chunk)).chain([0]);
        let shifted = shifted.map(|word| {
            // Two steps, as a shift by 64 is none.
            let out = word << bits | below >> 1 >> (63 - bits);
            below = word;
            out
        });
        self.add_words(skipped, shifted);
    }

    /// Adds `other` · `factor`; the factor is public or not.
    pub fn add_multiple(&mut self, other: &Self, factor: u128) {
        for (skipped, half) in [factor as u64, (factor >> 64) as u64].into_iter().enumerate() {
            let mut carry = 0u128;
            let product = other.words.iter().chain([&0]).map(|&word| {
                let sum = u128::from(word) * u128::from(half) + carry;
                carry = sum >> 64;
                sum as u64
            });
            self.add_words(skipped, product);
        }
    }

    /// The number modulo n.
    pub fn modulo(&self, key: &PublicKey) -> Plaintext {
        Plaintext::of_residue(residue(&self.words, key.ring().n()))
    }

    /// Adds a number given from its lowest word on, `skipped` words up.
    pub(crate) fn add_words(&mut self, skipped: usize, words: impl Iterator<Item = u64>) {
        let mut carry = false;
        let addends = words.chain(core::iter::repeat(0));
        for (word, addend) in self.words.iter_mut().skip(skipped).zip(addends) {
            (*word, carry) = word.carrying_add(addend, carry);
        }
    }

    /// The words below and from a place on.
    pub(crate) fn split_at(&self, place: usize) -> (&[u64], &[u64]) {
        self.words.split_at(place.min(self.words.len()))
    }
}

impl fmt::Debug for Natural {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Natural(<private>)")
    }
}
