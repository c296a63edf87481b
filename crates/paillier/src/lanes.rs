//! The ring modulo n², eight numbers at a time.

use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;

use kernels::Vector;
use kernels::lanes::{LANES, LaneModulus, Lanes, read, write};
use num_bigint::BigUint;
use num_traits::One;

use crate::base_n::pair_of;

/// Arithmetic in lanes; numbers inside are not fully reduced, see [`kernels::lanes`].
pub(crate) struct LaneRing {
    vector: Vector,
    modulus: Box<LaneModulus>,
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
        let modulus = Box::new(LaneModulus::new(words)?);
        let everywhere = |pair: &[u64]| {
            let mut lanes = vec![Lanes::default(); modulus.pair_limbs()];
            (0..LANES).for_each(|lane| write(pair, lane, &mut lanes));
            lanes
        };
        let r = BigUint::one() << modulus.radix_bits();
        let one = everywhere(&pair_of(&r, n, words.len())?).into();
        let r_squared = everywhere(&pair_of(&(&r * &r), n, words.len())?).into();
        Some(Self { vector, modulus, n: words.into(), one, r_squared })
    }

    /// The logarithm of R.
    pub(crate) fn radix_bits(&self) -> u64 {
        self.modulus.radix_bits()
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
        let mut pair = vec![0; 2 * self.n.len()];
        read(lanes, lane, &self.n, &mut pair);
        pair
    }
}
