//! 64-bit words row by row: the kernel for WebAssembly with wide arithmetic.
//!
//! Two rows of the multiplier at a time pass over the multiplicand, each with its carry in a
//! variable: a step is a product of two words plus two words, which fits two words. In that loop nothing is
//! compared and nothing is shifted, because compilers get wrong what combines the upper half of a
//! product with comparisons of its lower half when they compile for wide arithmetic.
#![expect(
    clippy::indexing_slicing,
    reason = "every index is a constant or a loop counter below 2·L + 1, and L ≤ MAX_WORDS; callers pass 2·L words"
)]

use crate::words::{settle, subtract_if_reached};
use crate::{Kernel, MAX_WORDS, Modulus};

/// 64-bit words; runs everywhere, meant for WebAssembly with wide arithmetic.
#[derive(Clone, Copy, Debug)]
pub struct Wide;

/// Calls a function with the length of n.
macro_rules! for_length {
    ($modulus:expr, $function:ident($($argument:expr),*)) => {
        match $modulus.words().len() {
            16 => $function::<16>($($argument),*),
            24 => $function::<24>($($argument),*),
            32 => $function::<32>($($argument),*),
            48 => $function::<48>($($argument),*),
            _ => $function::<MAX_WORDS>($($argument),*),
        }
    };
}

impl Kernel for Wide {
    fn radix_bits(words: usize) -> usize {
        64 * words
    }

    fn multiply(modulus: &Modulus, acc: &mut [u64], b: &[u64]) {
        for_length!(modulus, multiply(modulus, acc, b));
    }

    fn square(modulus: &Modulus, acc: &mut [u64]) {
        for_length!(modulus, square(modulus, acc));
    }

    fn multiply_mod_n(modulus: &Modulus, acc: &mut [u64], b: &[u64]) {
        for_length!(modulus, multiply_mod_n(modulus, acc, b));
    }
}

/// Twice as many words as n, and one for the carry; only the first 2·L + 1 are used.
type Double = [u64; 2 * MAX_WORDS + 1];

fn multiply<const L: usize>(modulus: &Modulus, acc: &mut [u64], b: &[u64]) {
    let (a0, a1) = acc.split_at_mut(L);
    let (b0, b1) = b.split_at(L);
    let mut low = product::<L>(a0, b0);
    let mut high = sum_of_products::<L>(a0, b1, a1, b0);
    reduce_pair::<L>(modulus, &mut low, &mut high, a0, a1);
}

fn square<const L: usize>(modulus: &Modulus, acc: &mut [u64]) {
    let (a0, a1) = acc.split_at_mut(L);
    let mut low = product::<L>(a0, a0);
    let mut high = product::<L>(a0, a1);
    double::<L>(&mut high);
    reduce_pair::<L>(modulus, &mut low, &mut high, a0, a1);
}

fn multiply_mod_n<const L: usize>(modulus: &Modulus, acc: &mut [u64], b: &[u64]) {
    let mut wide = product::<L>(acc, b);
    reduce::<L>(modulus, &mut wide);
    // acc < n and b < R: (acc·b + q·n) / R < 2n.
    take_quotient::<L>(&mut wide, acc);
    subtract_if_reached(acc, &mut wide[2 * L], modulus.words());
}

/// (a0, a1) := (low + high·n) · R⁻¹, the last line of the derivation above.
#[inline(always)]
fn reduce_pair<const L: usize>(
    modulus: &Modulus,
    low: &mut Double,
    high: &mut Double,
    a0: &mut [u64],
    a1: &mut [u64],
) {
    let q = reduce::<L>(modulus, low);
    subtract::<L>(high, &q);
    // high − q may be below zero, yet it is above −R, so that the exact quotient of the
    // next line is an integer above −1: the borrow out of the highest word is made good.
    reduce::<L>(modulus, high);
    take_quotient::<L>(low, a0);
    take_quotient::<L>(high, a1);
    // a0 < (n² + R·n) / R < 2n, and a1 < (2·(n−1)² + R·n) / R < 3n − 1.
    settle(modulus.words(), (a0, &mut low[2 * L]), (a1, &mut high[2 * L]));
}

/// Words of the multiplier that one pass over the multiplicand takes: each saves a pass's
/// loads and stores and keeps one more carry in a register. Four are slower than two: they
/// no longer fit the registers. Divides every L.
const ROWS: usize = 2;

/// The words of x from i on.
#[inline(always)]
fn rows(x: &[u64], i: usize) -> [u64; ROWS] {
    core::array::from_fn(|k| x[i + k])
}

/// a · b.
#[inline(always)]
fn product<const L: usize>(a: &[u64], b: &[u64]) -> Double {
    let (a, b) = (&a[..L], &b[..L]);
    let mut t = [0; 2 * MAX_WORDS + 1];
    for i in (0..L).step_by(ROWS) {
        let beyond = add_rows(&mut t[i..i + L], b, rows(a, i));
        t[i + L..i + L + ROWS].copy_from_slice(&beyond);
    }
    t
}

/// a · b + c · d, less than 2·R².
#[inline(always)]
fn sum_of_products<const L: usize>(a: &[u64], b: &[u64], c: &[u64], d: &[u64]) -> Double {
    let (a, b, c, d) = (&a[..L], &b[..L], &c[..L], &d[..L]);
    let mut t = [0; 2 * MAX_WORDS + 1];
    for i in (0..L).step_by(ROWS) {
        let first = add_rows(&mut t[i..i + L], b, rows(a, i));
        let second = add_rows(&mut t[i..i + L], d, rows(c, i));
        // Before this step t[i + L] is the single carry bit of the step before.
        let over = add_words(&mut t[i + L..], first, false);
        let over_again = add_words(&mut t[i + L..], second, false);
        t[i + L + ROWS] = u64::from(over) + u64::from(over_again);
    }
    t
}

/// Adds the multiple q·n that makes the lower L words vanish, q < R; returns q.
#[inline(always)]
fn reduce<const L: usize>(modulus: &Modulus, t: &mut Double) -> [u64; MAX_WORDS] {
    let n = &modulus.words()[..L];
    let mut q = [0; MAX_WORDS];
    let mut top = false;
    for i in (0..L).step_by(ROWS) {
        let multiples = vanishing_multiples(modulus, rows(t, i));
        let beyond = add_rows(&mut t[i..i + L], n, multiples);
        top = add_words(&mut t[i + L..], beyond, top);
        q[i..i + ROWS].copy_from_slice(&multiples);
    }
    t[2 * L] = t[2 * L].wrapping_add(u64::from(top));
    q
}

/// The multiples of n, one per word, that make these lowest words vanish.
#[inline(always)]
fn vanishing_multiples(modulus: &Modulus, mut words: [u64; ROWS]) -> [u64; ROWS] {
    let mut q = [0; ROWS];
    for k in 0..ROWS {
        q[k] = words[k].wrapping_mul(modulus.minus_inverse());
        let mut carry = 0;
        for (word, &n) in words[k..].iter_mut().zip(modulus.words()) {
            (*word, carry) = n.carrying_mul_add(q[k], *word, carry);
        }
    }
    q
}

/// t := t + row · x over the row's length; returns the words beyond.
#[inline(always)]
fn add_rows(t: &mut [u64], row: &[u64], x: [u64; ROWS]) -> [u64; ROWS] {
    // At word j, recent[k] is row[j − k], which x[k] multiplies. A product of two words and
    // two more words fit two words.
    let (mut carries, mut recent) = ([0; ROWS], [0; ROWS]);
    let mut step = |word: u64, mut sum: u64| {
        recent.copy_within(..ROWS - 1, 1);
        recent[0] = word;
        for k in 0..ROWS {
            (sum, carries[k]) = recent[k].carrying_mul_add(x[k], sum, carries[k]);
        }
        sum
    };
    for (t, &word) in t.iter_mut().zip(row) {
        *t = step(word, *t);
    }
    core::array::from_fn(|_| step(0, 0))
}

/// Adds words and a carry to the first words of t; returns the carry.
#[inline(always)]
fn add_words(t: &mut [u64], words: [u64; ROWS], mut carry: bool) -> bool {
    for (t, word) in t.iter_mut().zip(words) {
        (*t, carry) = t.carrying_add(word, carry);
    }
    carry
}

/// t := 2 · t.
#[inline(always)]
fn double<const L: usize>(t: &mut Double) {
    let mut carry = 0;
    for word in &mut t[..=2 * L] {
        let next = *word >> 63;
        *word = *word << 1 | carry;
        carry = next;
    }
}

/// t := t − q, modulo 2^(64·(2L + 1)).
#[inline(always)]
fn subtract<const L: usize>(t: &mut Double, q: &[u64; MAX_WORDS]) {
    let mut borrow = false;
    for (t, &q) in t[..L].iter_mut().zip(q) {
        (*t, borrow) = t.borrowing_sub(q, borrow);
    }
    for t in &mut t[L..=2 * L] {
        (*t, borrow) = t.borrowing_sub(0, borrow);
    }
}

/// out := t / R without the highest word, which stays in t.
#[inline(always)]
fn take_quotient<const L: usize>(t: &mut Double, out: &mut [u64]) {
    out[..L].copy_from_slice(&t[L..2 * L]);
}
