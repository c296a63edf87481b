//! Multiplication modulo n² on pairs in base n: the innermost loop of the project.
//!
//! A number x modulo n² is the pair (x0, x1) with x = x0 + x1·n and x0, x1 < n. With R a
//! power of two above n, here 2^(64·L) for the L words of n:
//!
//! ```text
//! a0·b0 = r·R − q·n                                  q = −a0·b0·n⁻¹ mod R   (Montgomery 1985)
//! a·b   = a0·b0 + (a0·b1 + a1·b0)·n                  mod n²
//!       = r·R + (a0·b1 + a1·b0 − q)·n                mod n²
//! a·b·R⁻¹ = r + ((a0·b1 + a1·b0 − q)·R⁻¹ mod n)·n    mod n²
//! ```
//!
//! so three products and two Montgomery reductions of half size do the work of one
//! multiplication modulo n²: 5·L² word products instead of 8·L².
//! No branch and no address depends on a value. Written for n, it serves the secret half for
//! its primes as well: only oddness and n < R are used.
#![expect(
    clippy::indexing_slicing,
    reason = "every index is a constant or a loop counter below 2·L + 1, and L ≤ MAX_LIMBS; callers pass 2·L words"
)]

use alloc::boxed::Box;

use subtle::Choice;

/// Words of the largest n.
pub(crate) const MAX_LIMBS: usize = 64;

/// n as a kernel needs it.
pub(crate) struct Montgomery {
    /// n, odd, its highest bit set.
    pub(crate) n: Box<[u64]>,
    /// −n⁻¹ mod 2^64.
    pub(crate) minus_inverse: u64,
}

/// One way to multiply. Every way gives the same, fully reduced, result.
///
/// All arguments are reduced pairs of `2·L` words (`L` words for the half operation).
pub(crate) trait Kernel {
    /// The logarithm of R for n of so many words.
    fn radix_bits(words: usize) -> usize;
    /// `acc := acc · b · R⁻¹ mod n²`.
    fn multiply(modulus: &Montgomery, acc: &mut [u64], b: &[u64]);
    /// `acc := acc² · R⁻¹ mod n²`.
    fn square(modulus: &Montgomery, acc: &mut [u64]);
    /// `acc := acc · b · R⁻¹ mod n`. `b` may be any number of L words.
    fn multiply_mod_n(modulus: &Montgomery, acc: &mut [u64], b: &[u64]);
}

/// 64-bit words and 128-bit products; runs everywhere.
pub(crate) struct Portable;

impl Kernel for Portable {
    fn radix_bits(words: usize) -> usize {
        64 * words
    }

    fn multiply(modulus: &Montgomery, acc: &mut [u64], b: &[u64]) {
        match modulus.n.len() {
            16 => multiply::<16>(modulus, acc, b),
            24 => multiply::<24>(modulus, acc, b),
            32 => multiply::<32>(modulus, acc, b),
            48 => multiply::<48>(modulus, acc, b),
            _ => multiply::<MAX_LIMBS>(modulus, acc, b),
        }
    }

    fn square(modulus: &Montgomery, acc: &mut [u64]) {
        match modulus.n.len() {
            16 => square::<16>(modulus, acc),
            24 => square::<24>(modulus, acc),
            32 => square::<32>(modulus, acc),
            48 => square::<48>(modulus, acc),
            _ => square::<MAX_LIMBS>(modulus, acc),
        }
    }

    fn multiply_mod_n(modulus: &Montgomery, acc: &mut [u64], b: &[u64]) {
        match modulus.n.len() {
            16 => multiply_mod_n::<16>(modulus, acc, b),
            24 => multiply_mod_n::<24>(modulus, acc, b),
            32 => multiply_mod_n::<32>(modulus, acc, b),
            48 => multiply_mod_n::<48>(modulus, acc, b),
            _ => multiply_mod_n::<MAX_LIMBS>(modulus, acc, b),
        }
    }
}

/// Twice as many words as n, and one for the carry; only the first 2·L + 1 are used.
type Wide = [u64; 2 * MAX_LIMBS + 1];

#[inline(always)]
fn multiply<const L: usize>(modulus: &Montgomery, acc: &mut [u64], b: &[u64]) {
    let (a0, a1) = acc.split_at_mut(L);
    let (b0, b1) = b.split_at(L);
    let mut low = product::<L>(a0, b0);
    let mut high = sum_of_products::<L>(a0, b1, a1, b0);
    reduce_pair::<L>(modulus, &mut low, &mut high, a0, a1);
}

#[inline(always)]
fn square<const L: usize>(modulus: &Montgomery, acc: &mut [u64]) {
    let (a0, a1) = acc.split_at_mut(L);
    let mut low = product::<L>(a0, a0);
    let mut high = product::<L>(a0, a1);
    double::<L>(&mut high);
    reduce_pair::<L>(modulus, &mut low, &mut high, a0, a1);
}

#[inline(always)]
fn multiply_mod_n<const L: usize>(modulus: &Montgomery, acc: &mut [u64], b: &[u64]) {
    let mut wide = product::<L>(acc, b);
    reduce::<L>(modulus, &mut wide);
    // acc < n and b < R: (acc·b + q·n) / R < 2n.
    take_quotient::<L>(&mut wide, acc);
    subtract_if_reached(acc, &mut wide[2 * L], &modulus.n);
}

/// (a0, a1) := (low + high·n) · R⁻¹, the last line of the derivation above.
#[inline(always)]
fn reduce_pair<const L: usize>(
    modulus: &Montgomery,
    low: &mut Wide,
    high: &mut Wide,
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
    settle(&modulus.n, (a0, &mut low[2 * L]), (a1, &mut high[2 * L]));
}

/// Reduces a pair whose lower half is below 2n and whose upper half is below 3n − 1, each
/// with a word more than n has.
#[inline(always)]
pub(crate) fn settle(n: &[u64], low: (&mut [u64], &mut u64), high: (&mut [u64], &mut u64)) {
    // At most one n moves from the lower half to the upper one.
    let moved = subtract_if_reached(low.0, low.1, n);
    add_word(high.0, high.1, moved);
    // Below 3n: two subtractions suffice.
    subtract_if_reached(high.0, high.1, n);
    subtract_if_reached(high.0, high.1, n);
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
fn product<const L: usize>(a: &[u64], b: &[u64]) -> Wide {
    let (a, b) = (&a[..L], &b[..L]);
    let mut t = [0; 2 * MAX_LIMBS + 1];
    for i in (0..L).step_by(ROWS) {
        let beyond = add_rows(&mut t[i..i + L], b, rows(a, i));
        t[i + L..i + L + ROWS].copy_from_slice(&beyond);
    }
    t
}

/// a · b + c · d, less than 2·R².
#[inline(always)]
fn sum_of_products<const L: usize>(a: &[u64], b: &[u64], c: &[u64], d: &[u64]) -> Wide {
    let (a, b, c, d) = (&a[..L], &b[..L], &c[..L], &d[..L]);
    let mut t = [0; 2 * MAX_LIMBS + 1];
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
fn reduce<const L: usize>(modulus: &Montgomery, t: &mut Wide) -> [u64; MAX_LIMBS] {
    let n = &modulus.n[..L];
    let mut q = [0; MAX_LIMBS];
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
fn vanishing_multiples(modulus: &Montgomery, mut words: [u64; ROWS]) -> [u64; ROWS] {
    let mut q = [0; ROWS];
    for k in 0..ROWS {
        q[k] = words[k].wrapping_mul(modulus.minus_inverse);
        let mut carry = 0;
        for (word, &n) in words[k..].iter_mut().zip(&modulus.n) {
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
fn double<const L: usize>(t: &mut Wide) {
    let mut carry = 0;
    for word in &mut t[..=2 * L] {
        let next = *word >> 63;
        *word = *word << 1 | carry;
        carry = next;
    }
}

/// t := t − q, modulo 2^(64·(2L + 1)).
#[inline(always)]
fn subtract<const L: usize>(t: &mut Wide, q: &[u64; MAX_LIMBS]) {
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
fn take_quotient<const L: usize>(t: &mut Wide, out: &mut [u64]) {
    out[..L].copy_from_slice(&t[L..2 * L]);
}

/// (words, top) := (words, top) + bit.
#[inline(always)]
fn add_word(words: &mut [u64], top: &mut u64, bit: u64) {
    let mut carry = bit != 0;
    for word in words {
        (*word, carry) = word.carrying_add(0, carry);
    }
    *top = top.wrapping_add(u64::from(carry));
}

/// (words, top) := (words, top) − n where that is not below zero; returns 1 if it was done.
#[inline(always)]
pub(crate) fn subtract_if_reached(words: &mut [u64], top: &mut u64, n: &[u64]) -> u64 {
    let below = words.iter().zip(n).fold(false, |borrow, (&w, &n)| w.borrowing_sub(n, borrow).1);
    let (_, below) = top.borrowing_sub(0, below);
    // `Choice` keeps the compiler from turning the mask back into a branch.
    let done = u64::from(Choice::from(u8::from(!below)).unwrap_u8());
    let mask = done.wrapping_neg();
    let mut borrow = false;
    for (w, &n) in words.iter_mut().zip(n) {
        (*w, borrow) = w.borrowing_sub(n & mask, borrow);
    }
    *top = top.wrapping_sub(u64::from(borrow));
    done
}
