//! Eight numbers modulo n² side by side: limbs of 52 bits, lane k of every limb for number k.
//!
//! Layout and conversion; the multiplication itself is in `vector.rs`. Here R = 2^(52·H),
//! H the limbs of n, which is more than 2^(64·L) and so leaves room: numbers stay below 2n
//! and 3n between multiplications and are reduced when they leave.

use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;

use num_bigint::BigUint;
use num_traits::One;
use zeroize::DefaultIsZeroes;

use crate::base_n::{minus_inverse_of_odd, pair_of};
use crate::kernel::settle;
use crate::vector::Vector;

/// Numbers that are calculated with at the same time.
pub(crate) const LANES: usize = 8;

const LIMB_BITS: usize = 52;
const LIMB_MASK: u64 = (1 << LIMB_BITS) - 1;

/// One limb, or any other word, of eight numbers.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
#[repr(C, align(64))]
pub(crate) struct Lanes(pub(crate) [u64; LANES]);

impl DefaultIsZeroes for Lanes {}

/// n as the vector kernel needs it.
pub(crate) struct Modulus {
    /// The limbs of n, the same in every lane.
    pub(crate) n: Box<[Lanes]>,
    /// −n⁻¹ mod 2^52.
    pub(crate) minus_inverse: u64,
}

/// The ring modulo n², eight numbers at a time.
pub(crate) struct LaneRing {
    vector: Vector,
    modulus: Modulus,
    /// The words of n.
    n: Box<[u64]>,
    /// R mod n², the form of 1.
    one: Box<[Lanes]>,
    /// R² mod n², the form of R.
    r_squared: Box<[Lanes]>,
}

impl LaneRing {
    /// `None` where the machine lacks the instructions, or for lengths no public key has.
    pub(crate) fn new(n: &BigUint, words: &[u64]) -> Option<Self> {
        let vector = Vector::detect()?;
        let limbs = match words.len() {
            32 => 40,
            48 => 60,
            64 => 80,
            _ => return None,
        };
        let everywhere = |pair: &[u64]| {
            let mut lanes = vec![Lanes::default(); 2 * limbs];
            (0..LANES).for_each(|lane| write(pair, lane, &mut lanes));
            lanes
        };
        let r = BigUint::one() << (LIMB_BITS * limbs);
        let mut n_pair = words.to_vec();
        n_pair.resize(2 * words.len(), 0);
        let minus_inverse = minus_inverse_of_odd(*words.first()?) & LIMB_MASK;
        Some(Self {
            vector,
            modulus: Modulus { n: everywhere(&n_pair).into_iter().take(limbs).collect(), minus_inverse },
            one: everywhere(&pair_of(&r, n, words.len())?).into(),
            r_squared: everywhere(&pair_of(&(&r * &r), n, words.len())?).into(),
            n: words.into(),
        })
    }

    /// The logarithm of R.
    pub(crate) fn radix_bits(&self) -> u64 {
        (LIMB_BITS * self.modulus.n.len()) as u64
    }

    /// Eight times R mod n².
    pub(crate) fn one(&self) -> Vec<Lanes> {
        self.one.to_vec()
    }

    /// `acc := acc · b · R⁻¹ mod n²` in every lane.
    pub(crate) fn multiply(&self, acc: &mut [Lanes], b: &[Lanes]) {
        self.vector.multiply(&self.modulus, acc, b);
    }

    /// `acc := acc² · R⁻¹ mod n²` in every lane.
    pub(crate) fn square(&self, acc: &mut [Lanes]) {
        self.vector.square(&self.modulus, acc);
    }

    /// Plain numbers to their Montgomery forms.
    pub(crate) fn enter(&self, acc: &mut [Lanes]) {
        self.multiply(acc, &self.r_squared);
    }

    /// Lane k := lane k of entry `numbers[k]` of the table; reads all of it.
    pub(crate) fn select(&self, table: &[Lanes], numbers: [u64; LANES], out: &mut [Lanes]) {
        self.vector.select(table, Lanes(numbers), out);
    }

    /// Eight times the pair (1, 0).
    pub(crate) fn plain_one(&self) -> Vec<Lanes> {
        let mut lanes = self.zero();
        lanes.iter_mut().take(1).for_each(|lowest| *lowest = Lanes([1; LANES]));
        lanes
    }

    /// Room for eight pairs, all 0.
    pub(crate) fn zero(&self) -> Vec<Lanes> {
        vec![Lanes::default(); self.one.len()]
    }

    /// Writes a pair of words into one lane.
    pub(crate) fn put(&self, pair: &[u64], lane: usize, lanes: &mut [Lanes]) {
        write(pair, lane, lanes);
    }

    /// Reads one lane as a reduced pair of words.
    pub(crate) fn take(&self, lanes: &[Lanes], lane: usize) -> Vec<u64> {
        let count = self.n.len();
        let (low, high) = lanes.split_at(lanes.len() / 2);
        let (mut pair, mut top) = words_of(low, lane, count);
        let (mut upper, mut upper_top) = words_of(high, lane, count);
        // The bounds that `settle` asks for are those of the vector kernel.
        settle(&self.n, (&mut pair, &mut top), (&mut upper, &mut upper_top));
        pair.extend(upper);
        pair
    }
}

/// Writes both halves of a pair as limbs into one lane.
fn write(pair: &[u64], lane: usize, lanes: &mut [Lanes]) {
    let (low, high) = pair.split_at(pair.len() / 2);
    let half = lanes.len() / 2;
    for (words, limbs) in [low, high].into_iter().zip(lanes.chunks_exact_mut(half)) {
        for (index, limb) in limbs.iter_mut().enumerate() {
            if let Some(slot) = limb.0.get_mut(lane) {
                *slot = limb_of(words, index);
            }
        }
    }
}

/// Bits 52·index to 52·index + 51.
#[inline]
fn limb_of(words: &[u64], index: usize) -> u64 {
    let (word, bit) = (LIMB_BITS * index / 64, LIMB_BITS * index % 64);
    let at = |word: usize| words.get(word).copied().unwrap_or(0);
    (at(word) >> bit | at(word + 1) << 1 << (63 - bit)) & LIMB_MASK
}

/// The words of one lane, and one word more.
fn words_of(limbs: &[Lanes], lane: usize, count: usize) -> (Vec<u64>, u64) {
    let mut words = vec![0; count + 2];
    for (index, limb) in limbs.iter().enumerate() {
        let limb = limb.0.get(lane).copied().unwrap_or(0);
        let (word, bit) = (LIMB_BITS * index / 64, LIMB_BITS * index % 64);
        if let Some(slot) = words.get_mut(word) {
            *slot |= limb << bit;
        }
        if let Some(slot) = words.get_mut(word + 1) {
            *slot |= limb >> 1 >> (63 - bit);
        }
    }
    let top = words.get(count).copied().unwrap_or(0);
    words.truncate(count);
    (words, top)
}

#[cfg(test)]
#[path = "lanes_tests.rs"]
mod tests;
