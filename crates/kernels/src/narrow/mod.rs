//! The kernel for machines without a product of 64 by 64 bits: WebAssembly.
//!
//! The algorithm is that of [`crate`] with limbs of 28 bits in 64-bit words. A column of the
//! largest n collects 148 products of 56 bits and stays below 2^64 without passing on carries, so
//! the inner loop is multiplications and additions alone. Wasm's vector instructions are slower
//! here: two products cost them three instructions.
//!
//! H limbs, a multiple of four, hold more than n: R = 2^(28·H) exceeds 64·n.

mod limbs;
mod product;

use limbs::{LIMB_BITS, LIMB_MASK, narrow, pass_carries, widen};
use product::{product, reduce, square};

use crate::words::{settle, subtract_if_reached};
use crate::{Kernel, Modulus};

/// 28-bit limbs in 64-bit words; runs everywhere, fastest in WebAssembly without wide arithmetic.
#[derive(Clone, Copy, Debug)]
pub struct Narrow;

/// Limbs for n of so many words: more than 64·words/28, and a multiple of four.
const fn limbs_for(words: usize) -> usize {
    match words {
        16 => 40,
        24 => 56,
        32 => 76,
        48 => 112,
        _ => 148,
    }
}

/// Calls a function with the const lengths that belong to n.
macro_rules! for_length {
    ($modulus:expr, $function:ident($($argument:expr),*)) => {
        match $modulus.words().len() {
            16 => $function::<40, 80>($($argument),*),
            24 => $function::<56, 112>($($argument),*),
            32 => $function::<76, 152>($($argument),*),
            48 => $function::<112, 224>($($argument),*),
            _ => $function::<148, 296>($($argument),*),
        }
    };
}

impl Kernel for Narrow {
    fn radix_bits(words: usize) -> usize {
        LIMB_BITS * limbs_for(words)
    }

    fn multiply(modulus: &Modulus, acc: &mut [u64], b: &[u64]) {
        for_length!(modulus, multiply(modulus, acc, b));
    }

    fn square(modulus: &Modulus, acc: &mut [u64]) {
        for_length!(modulus, square_pair(modulus, acc));
    }

    fn multiply_mod_n(modulus: &Modulus, acc: &mut [u64], b: &[u64]) {
        for_length!(modulus, multiply_mod_n(modulus, acc, b));
    }
}

fn multiply<const H: usize, const DOUBLE: usize>(modulus: &Modulus, acc: &mut [u64], b: &[u64]) {
    let (a0, a1) = acc.split_at_mut(modulus.words().len());
    let (b0, b1) = b.split_at(modulus.words().len());
    let [x0, x1, y0, y1] = [&*a0, &*a1, b0, b1].map(narrow::<H>);
    let (mut low, mut high, mut more) = ([0; DOUBLE], [0; DOUBLE], [0; DOUBLE]);
    let mut room = [[0; DOUBLE]; 2];
    product(&mut low, &x0, &y0, room.as_flattened_mut());
    product(&mut high, &x0, &y1, room.as_flattened_mut());
    product(&mut more, &x1, &y0, room.as_flattened_mut());
    // Two products at once might not fit.
    pass_carries(&mut high);
    high.iter_mut().zip(more).for_each(|(word, more)| *word += more);
    reduce_pair::<H, DOUBLE>(modulus, &mut low, &mut high, (a0, a1), room.as_flattened_mut());
}

fn square_pair<const H: usize, const DOUBLE: usize>(modulus: &Modulus, acc: &mut [u64]) {
    let (a0, a1) = acc.split_at_mut(modulus.words().len());
    let [x0, x1] = [&*a0, &*a1].map(narrow::<H>);
    let (mut low, mut high) = ([0; DOUBLE], [0; DOUBLE]);
    let mut room = [[0; DOUBLE]; 2];
    square(&mut low, &x0, room.as_flattened_mut());
    product(&mut high, &x0, &x1, room.as_flattened_mut());
    pass_carries(&mut high);
    high.iter_mut().for_each(|word| *word *= 2);
    reduce_pair::<H, DOUBLE>(modulus, &mut low, &mut high, (a0, a1), room.as_flattened_mut());
}

fn multiply_mod_n<const H: usize, const DOUBLE: usize>(modulus: &Modulus, acc: &mut [u64], b: &[u64]) {
    let n = narrow::<H>(modulus.words());
    let mut wide = [0; DOUBLE];
    let mut room = [[0; DOUBLE]; 2];
    product(&mut wide, &narrow::<H>(acc), &narrow::<H>(b), room.as_flattened_mut());
    pass_carries(&mut wide);
    reduce(&n, modulus.minus_inverse(), &mut wide, room.as_flattened_mut());
    // acc < n and b < R: (acc·b + q·n) / R < 2n.
    let mut top = widen(wide.split_at_mut(H).1, acc);
    subtract_if_reached(acc, &mut top, modulus.words());
}

/// (a0, a1) := (low + high·n) · R⁻¹; see [`crate`].
fn reduce_pair<const H: usize, const DOUBLE: usize>(
    modulus: &Modulus,
    low: &mut [u64; DOUBLE],
    high: &mut [u64; DOUBLE],
    (a0, a1): (&mut [u64], &mut [u64]),
    room: &mut [u64],
) {
    let n = narrow::<H>(modulus.words());
    pass_carries(low);
    reduce(&n, modulus.minus_inverse(), low, room);
    let (q, low) = low.split_at_mut(H);
    subtract_quotient(high, q, &n);
    reduce(&n, modulus.minus_inverse(), high, room);
    let mut low_top = widen(low, a0);
    let mut high_top = widen(high.split_at_mut(H).1, a1);
    // a0 < (n² + R·n) / R < 2n and a1 < (2·n² + 2·R·n) / R < 3n − 1.
    settle(modulus.words(), (a0, &mut low_top), (a1, &mut high_top));
}

/// high := high − q + n·R, which is not negative; the quotient by R differs by n.
///
/// With all words kept above zero: −q = (R − 1 − q) + 1 − R.
fn subtract_quotient(high: &mut [u64], q: &[u64], n: &[u64]) {
    let (lower, upper) = high.split_at_mut(q.len());
    let mut carry = 1;
    for (word, q) in lower.iter_mut().zip(q) {
        let sum = *word + (LIMB_MASK - q) + carry;
        *word = sum & LIMB_MASK;
        carry = sum >> LIMB_BITS;
    }
    // The R that is too much: n is odd, so its lowest limb is not 0.
    let mut too_much = 1;
    for (word, n) in upper.iter_mut().zip(n) {
        let sum = *word + (n - too_much) + carry;
        *word = sum & LIMB_MASK;
        carry = sum >> LIMB_BITS;
        too_much = 0;
    }
}
