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
use core::array;

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::base_n::Ring;
use crate::lanes::{LANES, LaneRing, Lanes};
use crate::{Exponent, KeyBits};

/// Bits of the exponent that one look-up takes.
const TEETH: usize = 6;
/// Look-ups between two squarings.
const BLOCKS: usize = 8;
/// Entries of one block's table.
const ENTRIES: usize = 1 << TEETH;

/// The tables for one base under one key; 393 kB at 3072 bits, 492 kB for eight lanes.
pub(crate) struct Comb {
    /// Columns of a block.
    columns: usize,
    tables: Tables,
}

enum Tables {
    /// Per block the table T_k, entry after entry, in Montgomery form.
    Words(Vec<Vec<u64>>),
    /// Block k in lane k: the eight blocks are looked up and multiplied at once.
    Lanes {
        entries: Vec<Lanes>,
        /// Joins the lanes: what multiplying their products as words takes away, a power of two.
        joint: Vec<u64>,
    },
}

impl Comb {
    /// Builds the tables for `base` (Montgomery form) and exponents of the key's size.
    pub(crate) fn new(ring: &Ring, base: &[u64], size: KeyBits) -> Self {
        let columns = usize::try_from(size.exponent_bits()).unwrap_or(usize::MAX).div_ceil(TEETH * BLOCKS);
        let powers = spaced_powers(ring, base, columns);
        let tables = match ring.lanes() {
            Some(lanes) => lane_tables(ring, lanes, powers),
            None => Tables::Words(word_tables(ring, &powers)),
        };
        Self { columns, tables }
    }

    /// base^exponent in Montgomery form; time and addresses independent of the exponent.
    pub(crate) fn power(&self, ring: &Ring, exponent: &Exponent) -> Zeroizing<Vec<u64>> {
        match (&self.tables, ring.lanes()) {
            (Tables::Lanes { entries, joint }, Some(lanes)) => {
                let products = self.power_of_blocks(lanes, entries, exponent);
                let mut acc = Zeroizing::new(joint.clone());
                for lane in 0..LANES {
                    ring.multiply(&mut acc, &Zeroizing::new(lanes.take(&products, lane)));
                }
                acc
            }
            (Tables::Words(blocks), _) => self.power_of_words(ring, blocks, exponent),
            // Lane tables are made by rings with lanes alone.
            (Tables::Lanes { .. }, None) => Zeroizing::new(ring.one()),
        }
    }

    fn power_of_words(&self, ring: &Ring, blocks: &[Vec<u64>], exponent: &Exponent) -> Zeroizing<Vec<u64>> {
        let mut acc = Zeroizing::new(ring.one());
        let mut entry = Zeroizing::new(vec![0; acc.len()]);
        for column in (0..self.columns).rev() {
            if column + 1 < self.columns {
                ring.square(&mut acc);
            }
            for (block, table) in blocks.iter().enumerate() {
                select(table, ENTRIES, self.digit(exponent, block, column), &mut entry);
                ring.multiply(&mut acc, &entry);
            }
        }
        acc
    }

    /// In lane k the factor of block k.
    fn power_of_blocks(
        &self,
        lanes: &LaneRing,
        entries: &[Lanes],
        exponent: &Exponent,
    ) -> Zeroizing<Vec<Lanes>> {
        let mut acc = Zeroizing::new(lanes.one());
        let mut entry = Zeroizing::new(lanes.zero());
        for column in (0..self.columns).rev() {
            if column + 1 < self.columns {
                lanes.square(&mut acc);
            }
            let digits = Zeroizing::new(array::from_fn(|block| self.digit(exponent, block, column)));
            lanes.select(entries, *digits, &mut entry);
            lanes.multiply(&mut acc, &entry);
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

fn word_tables(ring: &Ring, powers: &[Vec<u64>]) -> Vec<Vec<u64>> {
    let table = |block| {
        let teeth: Vec<&[u64]> = powers.iter().skip(block).step_by(BLOCKS).map(Vec::as_slice).collect();
        products_of_subsets(ring.one(), &teeth, |product, factor| ring.multiply(product, factor))
    };
    (0..BLOCKS).map(table).collect()
}

fn lane_tables(ring: &Ring, lanes: &LaneRing, mut powers: Vec<Vec<u64>>) -> Tables {
    powers.iter_mut().for_each(|power| ring.leave(power));
    let teeth: Vec<Vec<Lanes>> = powers
        .chunks_exact(BLOCKS)
        .map(|blocks| {
            let mut tooth = lanes.zero();
            blocks.iter().enumerate().for_each(|(lane, power)| lanes.put(power, lane, &mut tooth));
            lanes.enter(&mut tooth);
            tooth
        })
        .collect();
    let teeth: Vec<&[Lanes]> = teeth.iter().map(Vec::as_slice).collect();
    let entries = products_of_subsets(lanes.one(), &teeth, |product, factor| lanes.multiply(product, factor));
    // With R of the words and S of the lanes: joint·Π(x_k·S)·R^−8 = Π x_k·R for joint = R^9·S^−8,
    // and S is below R^(9/8).
    let exponent = 9 * ring.radix_bits() - 8 * lanes.radix_bits();
    let mut joint = ring.power_of_two(exponent);
    ring.leave(&mut joint);
    Tables::Lanes { entries, joint }
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
fn products_of_subsets<W: Clone>(one: Vec<W>, factors: &[&[W]], multiply: impl Fn(&mut [W], &[W])) -> Vec<W> {
    let mut entries = vec![one];
    for factor in factors {
        let with_factor: Vec<Vec<W>> = entries
            .iter()
            .map(|entry| {
                let mut product = entry.clone();
                multiply(&mut product, factor);
                product
            })
            .collect();
        entries.extend(with_factor);
    }
    entries.concat()
}

/// Words that are collected in registers while the entries pass by.
const AT_ONCE: usize = 8;

/// entry := entry number `digit` of the table's `entries`; reads all of them. Entries are
/// pairs, whose words are a multiple of eight.
pub(crate) fn select(table: &[u64], entries: usize, digit: u64, entry: &mut [u64]) {
    let mask = |index: u64| u64::from(index.ct_eq(&digit).unwrap_u8()).wrapping_neg();
    let masks: Zeroizing<Vec<u64>> = Zeroizing::new((0..entries as u64).map(mask).collect());
    let length = entry.len();
    for (place, out) in entry.as_chunks_mut::<AT_ONCE>().0.iter_mut().enumerate() {
        let mut sum = [0; AT_ONCE];
        let candidates = table.chunks_exact(length).map(|entry| entry.as_chunks::<AT_ONCE>().0.get(place));
        for (candidate, mask) in candidates.zip(masks.iter()) {
            let candidate = candidate.unwrap_or(&[0; AT_ONCE]);
            sum.iter_mut().zip(candidate).for_each(|(sum, word)| *sum |= word & mask);
        }
        *out = sum;
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;
    use crate::base_n::pair_of;
    use crate::base_n::tests::{moduli, number, random};

    #[test]
    fn powers_agree_with_an_independent_library_with_and_without_lanes() {
        let mut rng = ChaCha20Rng::seed_from_u64(3);
        for size in KeyBits::ALL {
            let n = moduli(64 * size.limbs(), &mut rng).swap_remove(2);
            let base = random(size.bytes(), &mut rng) % &n;
            let largest = vec![0xff; size.bytes() / 2];
            let ring = Ring::new(&n, size.limbs()).unwrap();
            for ring in [ring.without_lanes(), ring] {
                let form = ring.enter(&pair_of(&base, &n, size.limbs()).unwrap());
                let comb = Comb::new(&ring, &form, size);
                for exponent in [&[][..], &[1], &random(size.bytes() / 2, &mut rng).to_bytes_be(), &largest] {
                    let mut power = comb.power(&ring, &Exponent::from_be_bytes(size, exponent).unwrap());
                    ring.leave(&mut power);
                    let exponent = BigUint::from_bytes_be(exponent);
                    assert_eq!(number(&power, &n), base.modpow(&exponent, &(&n * &n)));
                }
            }
        }
    }
}
