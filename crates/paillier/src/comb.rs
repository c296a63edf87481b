//! The comb of [`kernels::comb`] under one key: on words, or with its blocks in eight lanes.

use alloc::vec;
use alloc::vec::Vec;
use core::array;

use kernels::comb::{self, BLOCKS, TEETH};
use kernels::lanes::{LANES, Lanes};
use kernels::swept;
use zeroize::Zeroizing;

use crate::base_n::Ring;
use crate::lanes::LaneRing;
use crate::{Exponent, KeyBits};

/// The tables for one base under one key; 393 kB at 3072 bits, 492 kB for eight lanes.
pub(crate) struct Comb {
    /// Columns of a block.
    columns: usize,
    tables: Tables,
}

enum Tables {
    /// As [`comb::build`] fills them.
    Words(Vec<u64>),
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
        let columns = comb::columns(usize::try_from(size.exponent_bits()).unwrap_or(usize::MAX));
        let tables = match ring.lanes() {
            Some(lanes) => lane_tables(ring, lanes, spaced_powers(ring, base, columns)),
            None => {
                let mut table = vec![0; comb::table_words(ring.count())];
                ring.build_comb(base, columns, &mut table);
                Tables::Words(table)
            }
        };
        Self { columns, tables }
    }

    /// base^exponent in Montgomery form; time and addresses independent of the exponent.
    pub(crate) fn power(&self, ring: &Ring, exponent: &Exponent) -> Zeroizing<Vec<u64>> {
        let mut acc = Zeroizing::new(ring.one());
        match (&self.tables, ring.lanes()) {
            (Tables::Lanes { entries, joint }, Some(lanes)) => {
                acc.copy_from_slice(joint);
                swept(|| {
                    let products = self.power_of_blocks(lanes, entries, exponent);
                    for lane in 0..LANES {
                        ring.multiply(&mut acc, &Zeroizing::new(lanes.take(&products, lane)));
                    }
                });
            }
            (Tables::Words(table), _) => ring.comb_power(table, exponent.words(), self.columns, &mut acc),
            // Lane tables are made by rings with lanes alone.
            (Tables::Lanes { .. }, None) => {}
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
            let digit = |block| comb::digit(exponent.words(), block, column, self.columns);
            let digits = Zeroizing::new(array::from_fn(digit));
            lanes.select(entries, *digits, &mut entry);
            lanes.multiply(&mut acc, &entry);
        }
        acc
    }
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
    let entries = products_of_subsets(lanes, &teeth);
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
fn products_of_subsets(lanes: &LaneRing, factors: &[&[Lanes]]) -> Vec<Lanes> {
    let mut entries = vec![lanes.one()];
    for factor in factors {
        let with_factor: Vec<Vec<Lanes>> = entries
            .iter()
            .map(|entry| {
                let mut product = entry.clone();
                lanes.multiply(&mut product, factor);
                product
            })
            .collect();
        entries.extend(with_factor);
    }
    entries.concat()
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
    fn powers_agree_with_an_independent_library_without_lanes() {
        powers_agree(|ring| Some(ring.without_lanes()));
    }

    /// Where the machine cannot, there is nothing to run, and `cargo xtask test` counts that.
    #[test]
    fn powers_agree_with_an_independent_library_in_lanes() {
        powers_agree(|ring| ring.lanes().is_some().then_some(ring));
    }

    fn powers_agree(of: impl Fn(Ring) -> Option<Ring>) {
        let mut rng = ChaCha20Rng::seed_from_u64(3);
        for size in KeyBits::ALL {
            let n = moduli(64 * size.limbs(), &mut rng).swap_remove(2);
            let base = random(size.bytes(), &mut rng) % &n;
            let largest = vec![0xff; size.bytes() / 2];
            let Some(ring) = of(Ring::new(&n, size.limbs()).unwrap()) else { return };
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
