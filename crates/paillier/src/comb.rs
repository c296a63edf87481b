//! Powers of one fixed base with secret exponents: a Lim–Lee comb.
//!
//! The exponent's bits are laid out in `TEETH` rows, each row cut into `BLOCKS` blocks of
//! b columns: bit (j·BLOCKS + k)·b + i stands in row j, block k, column i. With
//! `T_k[d] = Π_j base^(d_j·2^((j·BLOCKS + k)·b))`
//!
//! ```text
//! base^a = Π_i ( Π_k T_k[column i of block k] )^(2^i)          [Lim–Lee 1994]
//! ```
//!
//! which for 1536 bits takes 31 squarings and 255 multiplications. Every row of a table is
//! read at every step, so the memory bus learns nothing about the exponent.

use alloc::vec;
use alloc::vec::Vec;

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::base_n::Ring;
use crate::{Exponent, KeyBits};

/// Bits of the exponent that one look-up takes.
const TEETH: usize = 6;
/// Look-ups between two squarings.
const BLOCKS: usize = 8;
/// Entries of one block's table.
const ENTRIES: usize = 1 << TEETH;

/// The tables for one base under one key; 393 kB at 3072 bits.
pub(crate) struct Comb {
    /// Columns of a block.
    columns: usize,
    /// Per block the tables T_k, entry after entry, in Montgomery form.
    blocks: Vec<Vec<u64>>,
}

impl Comb {
    /// Builds the tables for `base` (Montgomery form) and exponents of the key's size.
    pub(crate) fn new(ring: &Ring, base: &[u64], size: KeyBits) -> Self {
        let columns = usize::try_from(size.exponent_bits()).unwrap_or(usize::MAX).div_ceil(TEETH * BLOCKS);
        let powers = spaced_powers(ring, base, columns);
        let blocks = (0..BLOCKS)
            .map(|block| {
                let teeth: Vec<&[u64]> =
                    powers.iter().skip(block).step_by(BLOCKS).map(Vec::as_slice).collect();
                products_of_subsets(ring, &teeth)
            })
            .collect();
        Self { columns, blocks }
    }

    /// base^exponent in Montgomery form; time and addresses independent of the exponent.
    pub(crate) fn power(&self, ring: &Ring, exponent: &Exponent) -> Zeroizing<Vec<u64>> {
        let mut acc = Zeroizing::new(ring.one());
        let mut entry = Zeroizing::new(vec![0; acc.len()]);
        for column in (0..self.columns).rev() {
            if column + 1 < self.columns {
                ring.square(&mut acc);
            }
            for (block, table) in self.blocks.iter().enumerate() {
                select(table, ENTRIES, self.digit(exponent, block, column), &mut entry);
                ring.multiply(&mut acc, &entry);
            }
        }
        acc
    }

    /// The bits of one column of one block.
    fn digit(&self, exponent: &Exponent, block: usize, column: usize) -> u64 {
        (0..TEETH).rev().fold(0, |digit, tooth| {
            digit << 1 | exponent.bit((tooth * BLOCKS + block) * self.columns + column)
        })
    }
}

/// base^(2^(t·columns)) for t = 0 … TEETH·BLOCKS − 1.
fn spaced_powers(ring: &Ring, base: &[u64], columns: usize) -> Vec<Vec<u64>> {
    let mut current = base.to_vec();
    let mut powers = Vec::with_capacity(TEETH * BLOCKS);
    for _ in 0..TEETH * BLOCKS {
        powers.push(current.clone());
        (0..columns).for_each(|_| ring.square(&mut current));
    }
    powers
}

/// Entry d is the product of those factors whose bit is set in d.
fn products_of_subsets(ring: &Ring, factors: &[&[u64]]) -> Vec<u64> {
    let mut entries = vec![ring.one()];
    for factor in factors {
        let with_factor: Vec<Vec<u64>> = entries
            .iter()
            .map(|entry| {
                let mut product = entry.clone();
                ring.multiply(&mut product, factor);
                product
            })
            .collect();
        entries.extend(with_factor);
    }
    entries.concat()
}

/// entry := entry number `digit` of the table's `entries`; reads all of them.
pub(crate) fn select(table: &[u64], entries: usize, digit: u64, entry: &mut [u64]) {
    entry.fill(0);
    for (index, candidate) in (0u64..).zip(table.chunks_exact(table.len() / entries)) {
        let mask = u64::from(index.ct_eq(&digit).unwrap_u8()).wrapping_neg();
        entry.iter_mut().zip(candidate).for_each(|(out, word)| *out |= word & mask);
    }
}
