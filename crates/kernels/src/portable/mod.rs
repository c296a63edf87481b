//! 64-bit words and 128-bit products, for processors that multiply 64 by 64 bits.
//!
//! Products are cut in halves [Karatsuba 1962] down to blocks of 6 or 8 words, which are
//! multiplied column by column; so are the multiples of n that a reduction adds. At 48 words that
//! is 3·972 + 2·1800 word products instead of 3·2304 + 2·2304.

mod columns;
mod halves;

use columns::{Block, Sixteen, Twelve};
use halves::{product, reduce, square};

use crate::words::{add, settle, subtract, subtract_if_reached};
use crate::{Kernel, Modulus};

/// 64-bit words; runs everywhere, fast where a product of two words is one instruction.
#[derive(Clone, Copy, Debug)]
pub struct Portable;

/// Calls a function with the block, and with twice the words, that belong to n.
macro_rules! for_length {
    ($modulus:expr, $function:ident($($argument:expr),*)) => {
        match $modulus.words().len() {
            16 => $function::<Sixteen, 32>($($argument),*),
            24 => $function::<Twelve, 48>($($argument),*),
            32 => $function::<Sixteen, 64>($($argument),*),
            48 => $function::<Twelve, 96>($($argument),*),
            _ => $function::<Sixteen, 128>($($argument),*),
        }
    };
}

impl Kernel for Portable {
    fn radix_bits(words: usize) -> usize {
        64 * words
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

fn multiply<B: Block, const DOUBLE: usize>(modulus: &Modulus, acc: &mut [u64], b: &[u64]) {
    let (a0, a1) = acc.split_at_mut(DOUBLE / 2);
    let (b0, b1) = b.split_at(DOUBLE / 2);
    let mut room = Room::<DOUBLE>::new();
    let (mut low, mut high, mut more) = ([0; DOUBLE], [0; DOUBLE], [0; DOUBLE]);
    product::<B>(&mut low, a0, b0, room.all());
    product::<B>(&mut high, a0, b1, room.all());
    product::<B>(&mut more, a1, b0, room.all());
    let top = u64::from(add(&mut high, &more));
    reduce_pair::<B, DOUBLE>(modulus, &mut low, (&mut high, top), (a0, a1), &mut room);
}

fn square_pair<B: Block, const DOUBLE: usize>(modulus: &Modulus, acc: &mut [u64]) {
    let (a0, a1) = acc.split_at_mut(DOUBLE / 2);
    let mut room = Room::<DOUBLE>::new();
    let (mut low, mut high) = ([0; DOUBLE], [0; DOUBLE]);
    square::<B>(&mut low, a0, room.all());
    product::<B>(&mut high, a0, a1, room.all());
    let copy = high;
    let top = u64::from(add(&mut high, &copy));
    reduce_pair::<B, DOUBLE>(modulus, &mut low, (&mut high, top), (a0, a1), &mut room);
}

fn multiply_mod_n<B: Block, const DOUBLE: usize>(modulus: &Modulus, acc: &mut [u64], b: &[u64]) {
    let mut room = Room::<DOUBLE>::new();
    let mut wide = [0; DOUBLE];
    product::<B>(&mut wide, acc, b, room.all());
    let mut top = room.reduce::<B>(modulus, &mut wide);
    // acc < n and b < R: (acc·b + q·n) / R < 2n.
    acc.copy_from_slice(wide.split_at(DOUBLE / 2).1);
    subtract_if_reached(acc, &mut top, modulus.words());
}

/// (a0, a1) := (low + high·n) · R⁻¹, the last line of the derivation in [`crate`].
fn reduce_pair<B: Block, const DOUBLE: usize>(
    modulus: &Modulus,
    low: &mut [u64; DOUBLE],
    (high, mut high_top): (&mut [u64; DOUBLE], u64),
    (a0, a1): (&mut [u64], &mut [u64]),
    room: &mut Room<DOUBLE>,
) {
    let mut low_top = room.reduce::<B>(modulus, low);
    // high − q may be below zero, yet it is above −R, so that the exact quotient of the
    // next line is an integer above −1: the borrow out of the highest word is made good.
    high_top = high_top.wrapping_sub(u64::from(subtract(high, &room.quotient)));
    high_top = high_top.wrapping_add(room.reduce::<B>(modulus, high));
    a0.copy_from_slice(low.split_at(DOUBLE / 2).1);
    a1.copy_from_slice(high.split_at(DOUBLE / 2).1);
    // a0 < (n² + R·n) / R < 2n, and a1 < (2·(n−1)² + R·n) / R < 3n − 1.
    settle(modulus.words(), (a0, &mut low_top), (a1, &mut high_top));
}

/// What a multiplication needs besides its results.
struct Room<const DOUBLE: usize> {
    /// The multiples of n that the last reduction added; its upper half stays 0.
    quotient: [u64; DOUBLE],
    halves: [[u64; DOUBLE]; 2],
}

impl<const DOUBLE: usize> Room<DOUBLE> {
    const fn new() -> Self {
        Self { quotient: [0; DOUBLE], halves: [[0; DOUBLE]; 2] }
    }

    fn all(&mut self) -> &mut [u64] {
        self.halves.as_flattened_mut()
    }

    /// Makes the lower half of t vanish and notes by which multiple of n; returns what is beyond t.
    fn reduce<B: Block>(&mut self, modulus: &Modulus, t: &mut [u64; DOUBLE]) -> u64 {
        let quotient = self.quotient.split_at_mut(DOUBLE / 2).0;
        let room = self.halves.as_flattened_mut();
        reduce::<B>(t, quotient, modulus.words(), modulus.minus_inverse(), room)
    }
}
