//! Eight numbers side by side: limbs of 52 bits, lane k of every limb for number k.
//!
//! Layout and conversion; the multiplication itself is [`crate::Vector`]'s. Here R = 2^(52·H),
//! H the limbs of n, which is more than 2^(64·L) and so leaves room: numbers stay below 2n
//! and 3n between multiplications and are reduced when they leave.

use core::fmt;

use zeroize::DefaultIsZeroes;

use crate::{minus_inverse_of_odd, settle};

/// Numbers that are calculated with at the same time.
pub const LANES: usize = 8;

/// Bits of a limb.
pub const LIMB_BITS: usize = 52;
/// The largest limb.
pub const LIMB_MASK: u64 = (1 << LIMB_BITS) - 1;

/// Limbs of the largest n.
const MAX_LIMBS: usize = 80;

/// One limb, or any other word, of eight numbers; never printed, as they may be secret.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
#[repr(C, align(64))]
pub struct Lanes(pub [u64; LANES]);

impl DefaultIsZeroes for Lanes {}

impl fmt::Debug for Lanes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lanes(<private>)")
    }
}

/// A public n of 32, 48 or 64 words as the vector kernel needs it.
#[derive(Clone)]
pub struct LaneModulus {
    /// The limbs of n, the same in every lane.
    limbs: [Lanes; MAX_LIMBS],
    count: usize,
    /// −n⁻¹ mod 2^52.
    minus_inverse: u64,
}

impl LaneModulus {
    /// Takes the words of an odd n; `None` for lengths no public key has.
    #[must_use]
    pub fn new(words: &[u64]) -> Option<Self> {
        let count = match words.len() {
            32 => 40,
            48 => 60,
            64 => 80,
            _ => return None,
        };
        let mut limbs = [Lanes::default(); MAX_LIMBS];
        for (index, limb) in limbs.iter_mut().enumerate().take(count) {
            *limb = Lanes([limb_of(words, index); LANES]);
        }
        let minus_inverse = minus_inverse_of_odd(*words.first()?) & LIMB_MASK;
        Some(Self { limbs, count, minus_inverse })
    }

    /// The limbs of n.
    pub(crate) fn limbs(&self) -> &[Lanes] {
        self.limbs.get(..self.count).unwrap_or_default()
    }

    pub(crate) const fn minus_inverse(&self) -> u64 {
        self.minus_inverse
    }

    /// Limbs of eight pairs.
    #[must_use]
    pub const fn pair_limbs(&self) -> usize {
        2 * self.count
    }

    /// The logarithm of R.
    #[must_use]
    pub const fn radix_bits(&self) -> u64 {
        (LIMB_BITS * self.count) as u64
    }
}

/// Writes both halves of a pair as limbs into one lane.
pub fn write(pair: &[u64], lane: usize, lanes: &mut [Lanes]) {
    let (low, high) = pair.split_at(pair.len() / 2);
    let (low_limbs, high_limbs) = lanes.split_at_mut(lanes.len() / 2);
    for (words, limbs) in [(low, low_limbs), (high, high_limbs)] {
        for (index, limb) in limbs.iter_mut().enumerate() {
            if let Some(slot) = limb.0.get_mut(lane) {
                *slot = limb_of(words, index);
            }
        }
    }
}

/// Reads one lane as a pair of words, reduced modulo the n of these words.
pub fn read(lanes: &[Lanes], lane: usize, n: &[u64], pair: &mut [u64]) {
    let (low, high) = lanes.split_at(lanes.len() / 2);
    let (low_words, high_words) = pair.split_at_mut(n.len());
    let mut low_top = read_words(low, lane, low_words);
    let mut high_top = read_words(high, lane, high_words);
    // The bounds that `settle` asks for are those of the vector kernel.
    settle(n, (low_words, &mut low_top), (high_words, &mut high_top));
}

/// Bits 52·index to 52·index + 51.
#[inline]
fn limb_of(words: &[u64], index: usize) -> u64 {
    let (word, bit) = (LIMB_BITS * index / 64, LIMB_BITS * index % 64);
    let at = |word: usize| words.get(word).copied().unwrap_or(0);
    (at(word) >> bit | at(word + 1) << 1 << (63 - bit)) & LIMB_MASK
}

/// Writes the words of one lane; returns the word beyond.
fn read_words(limbs: &[Lanes], lane: usize, words: &mut [u64]) -> u64 {
    let mut beyond = 0;
    let count = words.len();
    words.fill(0);
    for (index, limb) in limbs.iter().enumerate() {
        let limb = limb.0.get(lane).copied().unwrap_or(0);
        let (word, bit) = (LIMB_BITS * index / 64, LIMB_BITS * index % 64);
        for (word, bits) in [(word, limb << bit), (word + 1, limb >> 1 >> (63 - bit))] {
            match words.get_mut(word) {
                Some(slot) => *slot |= bits,
                None if word == count => beyond |= bits,
                None => {}
            }
        }
    }
    beyond
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use super::*;

    #[test]
    fn what_may_be_secret_is_not_printed() {
        assert_eq!(alloc::format!("{:?}", Lanes([u64::MAX; LANES])), "Lanes(<private>)");
    }
}
