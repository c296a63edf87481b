//! The random rows that make small integers of scalars, and the projections on them.

use alloc::vec::Vec;
use commitments::{Point, signed_scalar};
use curve25519_dalek::scalar::Scalar;
use shake::Shake256Reader;
use zeroize::{Zeroize, Zeroizing};

use crate::transcript::{Digest, number, xof};

/// Rows of a class.
pub(crate) const ROWS: usize = 128;

/// R·v + μ, or μ itself.
pub(crate) type Projections = [i128; ROWS];

/// The matrix R of one class, column after column: of every member the rows with +1 and those with −1.
///
/// Where both bits are set they cancel out, so half of R is 0.
pub(crate) struct Columns(Shake256Reader);

impl Columns {
    pub(crate) fn of(state: &Digest, class: u32, masks: &Point) -> Self {
        Self(xof("rows", &[state, &class.to_be_bytes(), &masks.to_bytes()]))
    }
}

impl Iterator for Columns {
    type Item = (u128, u128);

    fn next(&mut self) -> Option<Self::Item> {
        Some((number(&mut self.0), number(&mut self.0)))
    }
}

/// Per row the sign of an entry: 1, 0 or −1.
fn signs((plus, minus): (u128, u128)) -> impl Iterator<Item = i64> {
    // Halves, as shifts of 128 bits are slow where words have 32.
    let halves = [(plus as u64, minus as u64), ((plus >> 64) as u64, (minus >> 64) as u64)];
    halves.into_iter().flat_map(|(plus, minus)| {
        (0..u64::BITS).map(move |row| (plus >> row & 1).cast_signed() - (minus >> row & 1).cast_signed())
    })
}

/// sums := sums + R·values. R is public; nothing depends on a value.
pub(crate) fn project(columns: Columns, values: impl Iterator<Item = i128>, sums: &mut Projections) {
    for (mut value, column) in values.zip(columns) {
        let opposite = -value;
        for (sum, sign) in sums.iter_mut().zip(signs(column)) {
            // The branch is on the sign, which is hashed from public things.
            match sign {
                1 => *sum += value,
                -1 => *sum += opposite,
                _ => {}
            }
        }
        value.zeroize();
    }
}

/// Bits of a piece of a weight: so few that 128 pieces add up within 64 bits.
const PIECE_BITS: u32 = 43;

/// The weights η of one class's rows, in three pieces each.
pub(crate) struct RowWeights(Vec<[i64; 3]>);

impl RowWeights {
    pub(crate) fn new(weights: &[u128]) -> Self {
        let mask = (1u128 << PIECE_BITS) - 1;
        let piece = |weight: &u128, at: u32| ((weight >> (at * PIECE_BITS)) & mask) as i64;
        Self(weights.iter().map(|weight| [0, 1, 2].map(|at| piece(weight, at))).collect())
    }

    /// d = Σ_i η_i·R_i of one column.
    pub(crate) fn fold(&self, column: (u128, u128)) -> Scalar {
        let mut sums = [0i64; 3];
        for (weight, sign) in self.0.iter().zip(signs(column)) {
            sums.iter_mut().zip(weight).for_each(|(sum, piece)| *sum += sign * piece);
        }
        let [low, middle, high] = sums.map(i128::from);
        signed_scalar(low + (middle << PIECE_BITS))
            + signed_scalar(high << PIECE_BITS) * Scalar::from(1u64 << PIECE_BITS)
    }
}

/// Whether every projection is within ±bound; looks at all of them.
pub(crate) fn are_within(projections: &Projections, bound: i128) -> bool {
    projections.iter().fold(true, |all, one| all & (-bound <= *one) & (*one <= bound))
}

/// So many zeros, to be wiped.
pub(crate) fn no_projections() -> Zeroizing<Projections> {
    Zeroizing::new([0; ROWS])
}

#[cfg(test)]
mod tests {
    use super::*;
    use curve25519_dalek::ristretto::RistrettoPoint;
    use test_support::seeded_rng;

    fn columns() -> Columns {
        Columns::of(&[1; 64], 3, &Point::from_element(RistrettoPoint::random(&mut seeded_rng(4))))
    }

    #[test]
    fn half_of_the_matrix_is_zero_and_the_rest_evenly_signed() {
        let signs: Vec<i64> = columns().take(400).flat_map(signs).collect();
        let count = |sign| signs.iter().filter(|s| **s == sign).count() as f64 / signs.len() as f64;
        assert_eq!(signs.len(), 400 * ROWS);
        for (sign, share) in [(0, 0.5), (1, 0.25), (-1, 0.25)] {
            assert!((count(sign) - share).abs() < 0.01, "{sign}: {}", count(sign));
        }
    }

    #[test]
    fn folding_columns_is_folding_projections() {
        let weights: Vec<u128> = (0..ROWS as u128).map(|i| u128::MAX - i * i * (1 << 90)).collect();
        let values: Vec<i128> = (0..50).map(|j| (j - 20) << 40).collect();
        let mut sums = [0; ROWS];
        project(columns(), values.iter().copied(), &mut sums);
        let folded = RowWeights::new(&weights);
        let by_columns: Scalar =
            values.iter().zip(columns()).map(|(v, column)| signed_scalar(*v) * folded.fold(column)).sum();
        let by_rows: Scalar =
            sums.iter().zip(&weights).map(|(u, w)| signed_scalar(*u) * Scalar::from(*w)).sum();
        assert_eq!(by_columns, by_rows);
    }
}
