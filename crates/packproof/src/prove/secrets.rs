//! What is hidden, checked and as scalars.

use alloc::vec::Vec;
use curve25519_dalek::scalar::Scalar;
use paillier::ExponentSum;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::{CannotProve, Witness};
use crate::Shape;
use crate::numbers::all_signed;
use crate::squares::three_squares;

/// Values and roots as integers and as scalars, shares, exponents. Wiped when dropped.
pub(crate) struct Secrets<'a> {
    /// v.
    pub(crate) values: Zeroizing<Vec<i128>>,
    /// r, three for every range.
    pub(crate) roots: Zeroizing<Vec<i128>>,
    pub(crate) value_scalars: Zeroizing<Vec<Scalar>>,
    pub(crate) root_scalars: Zeroizing<Vec<Scalar>>,
    /// s_C.
    pub(crate) share: Zeroizing<Scalar>,
    /// t.
    pub(crate) check: Zeroizing<Scalar>,
    /// a of every block.
    pub(crate) exponents: &'a [ExponentSum],
}

impl<'a> Secrets<'a> {
    /// Refuses values that do not fit the shape.
    pub(crate) fn of_honest(
        shape: &Shape,
        witness: &Witness<'a>,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, CannotProve> {
        let values = fitting_values(shape, witness.values)?;
        if shape.facts().iter().any(|fact| fact.of_integers(&values) != Some(0)) {
            return Err(CannotProve::Fact);
        }
        let roots = roots_of(shape, &values, rng)?;
        Ok(Self::new(values, roots, witness))
    }

    /// Takes any values and roots; the witness' own values are not looked at.
    pub(crate) fn new(
        values: Zeroizing<Vec<i128>>,
        roots: Zeroizing<Vec<i128>>,
        witness: &Witness<'a>,
    ) -> Self {
        // EXPOSE: the reporter's own shares, which hide behind r and r₂ in what it answers.
        let (share, check) = (witness.computation_share, witness.check_share);
        Self {
            value_scalars: all_signed(&values),
            root_scalars: all_signed(&roots),
            values,
            roots,
            share: Zeroizing::new(*share.expose_scalar()),
            check: Zeroizing::new(*check.expose_scalar()),
            exponents: witness.exponents,
        }
    }
}

fn fitting_values(shape: &Shape, values: &[u64]) -> Result<Zeroizing<Vec<i128>>, CannotProve> {
    if values.len() != shape.slots().len() {
        return Err(CannotProve::Count);
    }
    let excess =
        shape.slots().iter().zip(values).fold(0, |any, (slot, value)| any | value >> slot.kind.bits());
    if excess != 0 {
        return Err(CannotProve::Value);
    }
    Ok(Zeroizing::new(values.iter().map(|value| i128::from(*value)).collect()))
}

/// a, b, c with a² + b² + c² = 4·X·Y + 1 for every range.
fn roots_of(
    shape: &Shape,
    values: &[i128],
    rng: &mut impl CryptoRng,
) -> Result<Zeroizing<Vec<i128>>, CannotProve> {
    let mut roots = Zeroizing::new(Vec::with_capacity(shape.root_count()));
    for range in shape.ranges() {
        let side = |form: &crate::Form| form.of_integers(values).and_then(|side| u128::try_from(side).ok());
        let (Some(x), Some(y)) = (side(&range.low), side(&range.high)) else {
            return Err(CannotProve::Range);
        };
        // X + Y is below 2^62, so the sum of squares is below 2^125.
        let sum = x.checked_mul(y).and_then(|product| product.checked_mul(4)).ok_or(CannotProve::Range)? + 1;
        let found = three_squares(sum, rng).ok_or(CannotProve::Randomness)?;
        roots.extend(found.map(i128::from));
    }
    Ok(roots)
}
