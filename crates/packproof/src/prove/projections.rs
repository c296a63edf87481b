//! Masks, rows and projections of every class, until the projections are such as tell nothing.

use alloc::vec::Vec;
use commitments::Point;
use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::MultiscalarMul;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::{CannotProve, Secrets};
use crate::Setting;
use crate::class::Class;
use crate::numbers::{all_signed, symmetric};
use crate::rows::{Columns, Projections, ROWS, are_within, no_projections, project};
use crate::transcript::Digest;

/// Tries for one class; each succeeds with probability 0.37.
const TRIES: u32 = 512;

/// One class, accepted.
pub(super) struct Projected {
    /// W.
    pub(super) masks: Point,
    /// u.
    pub(super) projections: Projections,
    /// μ.
    pub(super) mask_scalars: Zeroizing<Vec<Scalar>>,
    /// ω.
    pub(super) blind: Zeroizing<Scalar>,
}

/// All classes, each by itself: were they accepted together only, tries would multiply.
pub(super) fn all(
    setting: &Setting,
    secrets: &Secrets<'_>,
    state: &Digest,
    rng: &mut impl CryptoRng,
) -> Result<Vec<Projected>, CannotProve> {
    let classes = (0u32..).zip(setting.shape().classes());
    classes.map(|(number, class)| accepted(setting, secrets, (state, number, class), rng)).collect()
}

fn accepted(
    setting: &Setting,
    secrets: &Secrets<'_>,
    place: (&Digest, u32, &Class),
    rng: &mut impl CryptoRng,
) -> Result<Projected, CannotProve> {
    (0..TRIES).find_map(|_| attempt(setting, secrets, place, rng)).ok_or(CannotProve::Randomness)
}

/// Whether it succeeds is independent of the values, for any whose projections are within β.
fn attempt(
    setting: &Setting,
    secrets: &Secrets<'_>,
    (state, number, class): (&Digest, u32, &Class),
    rng: &mut impl CryptoRng,
) -> Option<Projected> {
    let mut sums = no_projections();
    sums.iter_mut().for_each(|mask| *mask = symmetric(class.mask(), rng));
    let mask_scalars = all_signed(&*sums);
    let blind = Zeroizing::new(Scalar::random(rng));
    let bases = setting.bases();
    let scalars = mask_scalars.iter().chain([&*blind]);
    let points = bases.masks_of(number as usize).iter().chain([bases.blind()]);
    let masks = Point::from_element(RistrettoPoint::multiscalar_mul(scalars, points));
    let columns = Columns::of(state, number, &masks);
    project(columns, class.pick(&secrets.values, &secrets.roots), &mut sums);
    debug_assert_eq!(sums.len(), ROWS);
    are_within(&sums, class.bound()).then(|| Projected { masks, projections: *sums, mask_scalars, blind })
}
