//! What is committed to before the challenge.

use alloc::vec::Vec;
use commitments::Point;
use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::MultiscalarMul;
use paillier::Natural;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::Secrets;
use crate::Setting;
use crate::codec::{exponent_bits, mask_bits};
use crate::fold::fold_blocks;
use crate::numbers::{below_power, scalars};
use crate::products::{Hidden, coefficients};
use crate::proof::First;
use crate::rows::ROWS;
use crate::weights::{LineOf, Weights};

/// V and σ.
pub(super) struct Roots {
    pub(super) point: Point,
    pub(super) blind: Zeroizing<Scalar>,
}

/// What hides the answers; fresh for every proof, wiped when dropped.
pub(super) struct Masks {
    /// y.
    pub(super) slots: Zeroizing<Vec<Scalar>>,
    /// ρ.
    pub(super) roots: Zeroizing<Vec<Scalar>>,
    /// ν.
    pub(super) rows: Zeroizing<Vec<Scalar>>,
    /// ω′.
    pub(super) row_blinds: Zeroizing<Vec<Scalar>>,
    /// r, r₂, σ′, q₁, q₀.
    pub(super) single: Zeroizing<[Scalar; 5]>,
    /// α.
    pub(super) exponent: Natural,
}

impl Masks {
    pub(super) fn draw(setting: &Setting, entries: u32, rng: &mut impl CryptoRng) -> Self {
        let shape = setting.shape();
        let classes = shape.classes().len();
        let slots = shape.slots().iter().map(|slot| below_power(mask_bits(slot), rng)).collect();
        Self {
            slots: Zeroizing::new(slots),
            roots: scalars(shape.root_count(), rng),
            rows: scalars(ROWS * classes, rng),
            row_blinds: scalars(classes, rng),
            single: Zeroizing::new(core::array::from_fn(|_| Scalar::random(rng))),
            exponent: Natural::sample(exponent_bits(shape, entries), rng),
        }
    }
}

/// Σ scalar·point + blind·H, in constant time.
fn sum(scalars: &[Scalar], points: &[RistrettoPoint], blind: &Scalar, h: &RistrettoPoint) -> Point {
    let scalars = scalars.iter().chain([blind]);
    Point::from_element(RistrettoPoint::multiscalar_mul(scalars, points.iter().chain([h])))
}

pub(super) fn commit_roots(setting: &Setting, secrets: &Secrets<'_>, rng: &mut impl CryptoRng) -> Roots {
    let blind = Zeroizing::new(Scalar::random(rng));
    let bases = setting.bases();
    Roots { point: sum(&secrets.root_scalars, &bases.roots, &blind, bases.blind()), blind }
}

pub(super) fn commit(
    setting: &Setting,
    secrets: &Secrets<'_>,
    masks: &Masks,
    weights: &Weights,
    line: &LineOf,
) -> First {
    let (bases, shape) = (setting.bases(), setting.shape());
    let [share, check, root_blind, linear_blind, constant_blind] = &*masks.single;
    let row_masks = masks.rows.chunks_exact(ROWS).zip(masks.row_blinds.iter()).enumerate();
    let hidden = Hidden {
        values: &secrets.value_scalars,
        masks: &masks.slots,
        roots: &secrets.root_scalars,
        root_masks: &masks.roots,
    };
    let products = coefficients(shape, weights, &hidden);
    let product = |factor: &Scalar, blind| sum(&[*factor], &[bases.product], blind, bases.blind());
    let folded = fold_blocks(setting, &weights.blocks, &masks.slots);
    First {
        commitment: sum(&masks.slots, bases.slots(), share, bases.blind()),
        share: sum(&[*share], &[*bases.blind()], check, bases.share()),
        roots: sum(&masks.roots, &bases.roots, root_blind, bases.blind()),
        rows: row_masks
            .map(|(class, (masks, blind))| sum(masks, bases.masks_of(class), blind, bases.blind()))
            .collect(),
        product_linear: product(&products.linear, linear_blind),
        product_constant: product(&products.constant, constant_blind),
        ciphertext: setting.masker().mask(&folded, &masks.exponent),
        projection: line.times(&masks.slots, &masks.roots) + weights.of_rows(&masks.rows),
        facts: weights.of_facts(shape.facts(), &masks.slots).0,
    }
}
