//! The generators of a survey, and what can be checked with them.

use crate::{Point, Share, Shares, signed_scalar};
use alloc::vec::Vec;
use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::MultiscalarMul;
use sha2::{Digest, Sha512};

const SLOT: &[u8] = b"sealed-pay/v1/slot";
const BLIND: &[u8] = b"sealed-pay/v1/blind";
const SHARE: &[u8] = b"sealed-pay/v1/share";

/// G_0 … G_{S−1}, H and H₂ of one survey.
///
/// G_j = from_uniform_bytes(SHA-512("sealed-pay/v1/slot" ‖ fingerprint ‖ u32_le(j))), H with ".../blind",
/// H₂ with ".../share" and no j. A slot has a number and no name, so that no schema can make a slot's
/// generator equal to another one.
#[derive(Clone)]
pub struct Generators {
    slots: Vec<RistrettoPoint>,
    blind: RistrettoPoint,
    share: RistrettoPoint,
}

/// from_uniform_bytes(SHA-512(domain ‖ fingerprint ‖ u32_le(index))), without the last if there is none:
/// every generator of a survey is such a point, in a domain of its own.
#[must_use]
pub fn derive_generator(domain: &[u8], fingerprint: &[u8; 32], index: Option<u32>) -> RistrettoPoint {
    let mut hash = Sha512::new();
    hash.update(domain);
    hash.update(fingerprint);
    if let Some(index) = index {
        hash.update(index.to_le_bytes());
    }
    RistrettoPoint::from_uniform_bytes(&hash.finalize().into())
}

impl Generators {
    /// Derives the generators for `slot_count` slots.
    #[must_use]
    pub fn derive(fingerprint: &[u8; 32], slot_count: u32) -> Self {
        Self {
            slots: (0..slot_count).map(|j| derive_generator(SLOT, fingerprint, Some(j))).collect(),
            blind: derive_generator(BLIND, fingerprint, None),
            share: derive_generator(SHARE, fingerprint, None),
        }
    }

    /// How many slots a commitment covers.
    #[must_use]
    pub const fn slot_count(&self) -> usize {
        self.slots.len()
    }

    /// G_0 … G_{S−1}, for whoever proves something about a commitment.
    #[must_use]
    pub fn slots(&self) -> &[RistrettoPoint] {
        &self.slots
    }

    /// H.
    #[must_use]
    pub const fn blind(&self) -> &RistrettoPoint {
        &self.blind
    }

    /// H₂.
    #[must_use]
    pub const fn share(&self) -> &RistrettoPoint {
        &self.share
    }

    /// C = Σ v_j·G_j + (s_D + s_C)·H, in constant time; `None` if there are not as many values as slots.
    #[must_use]
    pub fn commit(&self, values: &[u64], shares: &Shares) -> Option<Point> {
        if values.len() != self.slots.len() {
            return None;
        }
        let blinding = shares.data.0 + shares.computation.0;
        let scalars = values.iter().map(|v| Scalar::from(*v)).chain([blinding]);
        let points = self.slots.iter().chain([&self.blind]);
        Some(Point::from_element(RistrettoPoint::multiscalar_mul(scalars, points)))
    }

    /// K = s_C·H + t·H₂, in constant time.
    #[must_use]
    pub fn commit_share(&self, computation: &Share, check: &Share) -> Point {
        let scalars = [computation.0, check.0];
        Point::from_element(RistrettoPoint::multiscalar_mul(scalars, [self.blind, self.share]))
    }

    /// Whether Σ C_i = Σ M_j·G_j + (Σ s_D + Σ s_C)·H: the totals are those that the reporters committed to.
    ///
    /// In constant time too: totals of suppressed cells are secret.
    #[must_use]
    pub fn opens(
        &self,
        commitments: &[Point],
        totals: &[i128],
        data_sum: &Share,
        computation_sum: &Share,
    ) -> bool {
        if totals.len() != self.slots.len() {
            return false;
        }
        let sum: RistrettoPoint = commitments.iter().map(|c| c.point).sum();
        let scalars = totals.iter().map(|m| signed_scalar(*m)).chain([data_sum.0 + computation_sum.0]);
        let points = self.slots.iter().chain([&self.blind]);
        sum == RistrettoPoint::multiscalar_mul(scalars, points)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    fn reporters(
        generators: &Generators,
        rows: &[[u64; 3]],
        rng: &mut ChaCha20Rng,
    ) -> (Vec<Point>, Vec<Shares>) {
        let shares: Vec<Shares> = rows.iter().map(|_| Shares::generate(rng)).collect();
        let points = rows.iter().zip(&shares).map(|(row, s)| generators.commit(row, s).unwrap());
        (points.collect(), shares)
    }

    #[test]
    fn slot_named_like_blind_generator() {
        // A slot is a number: whatever a dimension is called, G_j, H and H₂ stay apart.
        let generators = Generators::derive(&[7; 32], 50);
        let mut all: Vec<_> = generators.slots.iter().map(|p| p.compress().to_bytes()).collect();
        all.push(generators.blind.compress().to_bytes());
        all.push(generators.share.compress().to_bytes());
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 52);
    }

    #[test]
    fn another_survey_has_other_generators() {
        let (one, other) = (Generators::derive(&[1; 32], 1), Generators::derive(&[2; 32], 1));
        assert_ne!(one.slots, other.slots);
        assert_ne!(one.blind, other.blind);
        assert_ne!(one.share, other.share);
    }

    #[test]
    fn a_share_that_is_not_the_committed_one_is_noticed() {
        let generators = Generators::derive(&[3; 32], 1);
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let (shares, other) = (Shares::generate(&mut rng), Shares::generate(&mut rng));
        let k = generators.commit_share(&shares.computation, &shares.check);
        assert_eq!(k, generators.commit_share(&shares.computation, &shares.check));
        assert_ne!(k, generators.commit_share(&other.computation, &shares.check));
        assert_ne!(k, generators.commit_share(&shares.computation, &other.check));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn true_totals_open_and_any_other_does_not(
            rows in prop::collection::vec([0u64..1 << 40, 0u64..1 << 20, 0u64..2], 1..6),
            seed: u64, wrong_slot in 0usize..3, off in prop_oneof![-5i128..0, 1i128..5],
        ) {
            let generators = Generators::derive(&[9; 32], 3);
            let mut rng = ChaCha20Rng::seed_from_u64(seed);
            let (points, shares) = reporters(&generators, &rows, &mut rng);
            let data = Share::sum(shares.iter().map(|s| &s.data));
            let computation = Share::sum(shares.iter().map(|s| &s.computation));
            let mut totals: Vec<i128> =
                (0..3).map(|j| rows.iter().map(|r| i128::from(r[j])).sum()).collect();
            prop_assert!(generators.opens(&points, &totals, &data, &computation));
            prop_assert!(!generators.opens(&points[1..], &totals, &data, &computation));
            totals[wrong_slot] += off;
            prop_assert!(!generators.opens(&points, &totals, &data, &computation));
        }
    }
}
