//! Moduli and operands at the ends of their ranges, and num-bigint as the judge.
#![allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of several test files")]

use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::{One, Zero};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

pub(crate) fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// Moduli of so many words: the largest, the smallest, one whose every other word is 0, and random ones.
pub(crate) fn moduli(words: usize, rng: &mut ChaCha20Rng) -> Vec<BigUint> {
    let highest = BigUint::one() << (64 * words - 1);
    let mut moduli =
        vec![(&highest << 1) - 1u8, &highest + 1u8, every_other(words) | &highest | BigUint::one()];
    moduli.extend((0..2).map(|_| random(8 * words, rng) | &highest | BigUint::one()));
    moduli
}

/// Words of all ones and of all zeros in turn.
fn every_other(words: usize) -> BigUint {
    let ones = BigUint::from(u64::MAX);
    (0..words).step_by(2).fold(BigUint::zero(), |sum, at| sum + (&ones << (64 * at)))
}

pub(crate) fn random(bytes: usize, rng: &mut ChaCha20Rng) -> BigUint {
    let mut buffer = vec![0; bytes];
    rng.fill_bytes(&mut buffer);
    BigUint::from_bytes_be(&buffer)
}

/// Halves of a pair: the ends, limbs of all ones, carries that run from the lowest word to the highest.
fn halves(n: &BigUint, words: usize) -> Vec<BigUint> {
    let ones = |bits: usize| (BigUint::one() << bits) - 1u8;
    let candidates = [
        BigUint::zero(),
        BigUint::one(),
        n - 1u8,
        n - 2u8,
        ones(64 * words - 1),
        ones(32 * words),
        ones(64 * words) - ones(32 * words),
        every_other(words),
        every_other(words) << 64,
        BigUint::one() << (64 * words - 1),
    ];
    candidates.into_iter().filter(|half| half < n).collect()
}

/// Numbers modulo n²: every pair of such halves, n ± 1, R mod n², and random ones.
pub(crate) fn operands(n: &BigUint, words: usize, rng: &mut ChaCha20Rng) -> Vec<BigUint> {
    let square = n * n;
    let halves = halves(n, words);
    let mut operands: Vec<BigUint> =
        halves.iter().flat_map(|low| halves.iter().map(move |high| low + high * n)).collect();
    operands.extend([n + 1u8, (BigUint::one() << (64 * words)) % &square]);
    operands.extend((0..6).map(|_| random(16 * words, rng) % &square));
    operands
}

/// The words of a number, filled up with zeros.
pub(crate) fn words_of(x: &BigUint, count: usize) -> Vec<u64> {
    let mut words = x.to_u64_digits();
    assert!(words.len() <= count);
    words.resize(count, 0);
    words
}

/// The pair of x in base n.
pub(crate) fn pair_of(x: &BigUint, n: &BigUint, words: usize) -> Vec<u64> {
    let (high, low) = x.div_rem(n);
    [words_of(&low, words), words_of(&high, words)].concat()
}

pub(crate) fn number_of(words: &[u64]) -> BigUint {
    let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    BigUint::from_bytes_le(&bytes)
}

/// The number of a pair, which must be reduced.
pub(crate) fn number(pair: &[u64], n: &BigUint) -> BigUint {
    let (low, high) = pair.split_at(pair.len() / 2);
    let (low, high) = (number_of(low), number_of(high));
    assert!(low < *n && high < *n, "reduced");
    low + high * n
}

/// An odd number's inverse, for taking R away.
pub(crate) fn inverse_of_radix(bits: usize, modulus: &BigUint) -> BigUint {
    (BigUint::one() << bits).modinv(modulus).unwrap()
}
