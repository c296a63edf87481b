//! Powers of one fixed base with secret exponents: a Lim–Lee comb.
//!
//! The exponent's bits are laid out in [`TEETH`] rows, each row cut into [`BLOCKS`] blocks of
//! b columns: bit (j·BLOCKS + k)·b + i stands in row j, block k, column i. With
//! `T_k[d] = Π_j base^(d_j·2^((j·BLOCKS + k)·b))`
//!
//! ```text
//! base^a = Π_i ( Π_k T_k[column i of block k] )^(2^i)          [Lim–Lee 1994]
//! ```
//!
//! which for 1536 bits takes 31 squarings and 256 multiplications. Every row of a table is
//! read at every step, so the memory bus learns nothing about the exponent.

use subtle::ConstantTimeEq;
use zeroize::Zeroize;

use crate::{Kernel, MAX_WORDS, Modulus, swept};

/// Bits of the exponent that one look-up takes.
pub const TEETH: usize = 6;
/// Look-ups between two squarings.
pub const BLOCKS: usize = 8;
/// Entries of one block's table.
pub const ENTRIES: usize = 1 << TEETH;

/// Columns of a block, for exponents of so many bits.
#[must_use]
pub const fn columns(exponent_bits: usize) -> usize {
    exponent_bits.div_ceil(TEETH * BLOCKS)
}

/// Words of the tables for n of so many words; 393 kB at 3072 bits.
#[must_use]
pub const fn table_words(words: usize) -> usize {
    BLOCKS * ENTRIES * 2 * words
}

/// The bits of one column of one block; bits beyond the exponent's words are 0.
#[must_use]
pub fn digit(exponent: &[u64], block: usize, column: usize, columns: usize) -> u64 {
    let bit = |place: usize| exponent.get(place / 64).map_or(0, |word| word >> (place % 64) & 1);
    (0..TEETH).rev().fold(0, |digit, tooth| digit << 1 | bit((tooth * BLOCKS + block) * columns + column))
}

/// Fills the tables for a base: block after block, entry after entry, all in Montgomery form, as are
/// `base` and `one`.
pub fn build<K: Kernel>(modulus: &Modulus, one: &[u64], base: &[u64], columns: usize, table: &mut [u64]) {
    let pair = one.len();
    let mut power = [0; 2 * MAX_WORDS];
    let Some(power) = power.get_mut(..pair) else { return };
    power.copy_from_slice(base);
    for tooth in 0..TEETH {
        for block in table.chunks_exact_mut(ENTRIES * pair).take(BLOCKS) {
            if let Some(entry) = block.chunks_exact_mut(pair).nth(1 << tooth) {
                entry.copy_from_slice(power);
            }
            (0..columns).for_each(|_| K::square(modulus, power));
        }
    }
    table.chunks_exact_mut(ENTRIES * pair).for_each(|block| fill_in::<K>(modulus, one, block));
}

/// Entry d is the product of the entries 2^j for the bits j of d; those are there already.
fn fill_in<K: Kernel>(modulus: &Modulus, one: &[u64], block: &mut [u64]) {
    let pair = one.len();
    block.chunks_exact_mut(pair).take(1).for_each(|zeroth| zeroth.copy_from_slice(one));
    for tooth in 0..TEETH {
        let (below, from_tooth) = block.split_at_mut((1 << tooth) * pair);
        let (factor, above) = from_tooth.split_at_mut(pair);
        for (entry, without) in above.chunks_exact_mut(pair).zip(below.chunks_exact(pair).skip(1)) {
            entry.copy_from_slice(without);
            K::multiply(modulus, entry, factor);
        }
    }
}

/// acc := base^exponent in Montgomery form; time and addresses independent of the exponent, and nothing of it
/// stays on the stack.
pub fn power<K: Kernel>(
    modulus: &Modulus,
    one: &[u64],
    table: &[u64],
    exponent: &[u64],
    columns: usize,
    acc: &mut [u64],
) {
    swept(|| look_up_and_multiply::<K>(modulus, one, table, exponent, columns, acc));
}

fn look_up_and_multiply<K: Kernel>(
    modulus: &Modulus,
    one: &[u64],
    table: &[u64],
    exponent: &[u64],
    columns: usize,
    acc: &mut [u64],
) {
    let pair = one.len();
    let mut entry = [0; 2 * MAX_WORDS];
    acc.copy_from_slice(one);
    for column in (0..columns).rev() {
        if column + 1 < columns {
            K::square(modulus, acc);
        }
        for (block, table) in table.chunks_exact(ENTRIES * pair).enumerate() {
            let Some(entry) = entry.get_mut(..pair) else { return };
            select(table, ENTRIES, digit(exponent, block, column, columns), entry);
            K::multiply(modulus, acc, entry);
        }
    }
    entry.zeroize();
}

/// Words that are collected in registers while the entries pass by.
const AT_ONCE: usize = 8;
/// The most entries of a table.
const MAX_ENTRIES: usize = 64;

/// entry := entry number `digit` of the table's first `entries`, at most 64; reads all of them.
/// Entries are pairs, whose words are a multiple of eight.
#[cfg(not(target_arch = "wasm32"))]
pub fn select(table: &[u64], entries: usize, digit: u64, entry: &mut [u64]) {
    look_through(table, entries, digit, entry);
}

/// entry := entry number `digit` of the table's first `entries`, at most 64; reads all of them.
/// Entries are pairs, whose words are a multiple of eight.
#[cfg(target_arch = "wasm32")]
pub fn select(table: &[u64], entries: usize, digit: u64, entry: &mut [u64]) {
    two_words_at_a_time(table, entries, digit, entry);
}

/// With vectors of two words, which take half the time: nothing here but masks and sums of words. Browsers that lack
/// them do not load the module.
#[cfg(target_arch = "wasm32")]
#[target_feature(enable = "simd128")]
fn two_words_at_a_time(table: &[u64], entries: usize, digit: u64, entry: &mut [u64]) {
    look_through(table, entries, digit, entry);
}

#[inline(always)]
fn look_through(table: &[u64], entries: usize, digit: u64, entry: &mut [u64]) {
    let mut masks = [0u64; MAX_ENTRIES];
    for (index, mask) in (0u64..).zip(masks.iter_mut().take(entries)) {
        *mask = u64::from(index.ct_eq(&digit).unwrap_u8()).wrapping_neg();
    }
    let length = entry.len();
    for (place, out) in entry.as_chunks_mut::<AT_ONCE>().0.iter_mut().enumerate() {
        let mut sum = [0; AT_ONCE];
        let candidates = table.chunks_exact(length).map(|entry| entry.as_chunks::<AT_ONCE>().0.get(place));
        for (candidate, mask) in candidates.zip(masks.iter().take(entries)) {
            let candidate = candidate.unwrap_or(&[0; AT_ONCE]);
            sum.iter_mut().zip(candidate).for_each(|(sum, word)| *sum |= word & mask);
        }
        *out = sum;
    }
    masks.zeroize();
}
