//! Linear forms over slots, and what is said about them.

use alloc::vec;
use alloc::vec::Vec;
use curve25519_dalek::scalar::Scalar;

use commitments::signed_scalar;

/// Σ coefficient·v_slot + constant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    pub(crate) terms: Vec<(u32, i64)>,
    pub(crate) constant: i64,
}

impl Form {
    /// Takes `(slot, coefficient)` pairs, in any order; [`crate::Shape::new`] refuses a slot named twice.
    #[must_use]
    pub fn new(mut terms: Vec<(u32, i64)>, constant: i64) -> Self {
        terms.sort_unstable();
        Self { terms, constant }
    }

    /// v_slot.
    #[must_use]
    pub fn slot(slot: u32) -> Self {
        Self { terms: vec![(slot, 1)], constant: 0 }
    }

    /// Its terms, ascending by slot.
    #[must_use]
    pub fn terms(&self) -> &[(u32, i64)] {
        &self.terms
    }

    /// What is added to the terms.
    #[must_use]
    pub const fn constant_term(&self) -> i64 {
        self.constant
    }

    /// The form's value for secret integers; `None` where a slot is missing.
    pub(crate) fn of_integers(&self, values: &[i128]) -> Option<i128> {
        let term = |(slot, factor): &(u32, i64)| Some(*values.get(*slot as usize)? * i128::from(*factor));
        self.terms.iter().map(term).sum::<Option<i128>>().map(|sum| sum + i128::from(self.constant))
    }

    /// Σ coefficient·value, without the constant.
    pub(crate) fn linear(&self, values: &[Scalar]) -> Scalar {
        let value = |slot: u32| values.get(slot as usize).copied().unwrap_or(Scalar::ZERO);
        self.terms.iter().map(|(slot, factor)| signed_scalar((*factor).into()) * value(*slot)).sum()
    }

    /// The constant as a scalar.
    pub(crate) fn constant(&self) -> Scalar {
        signed_scalar(self.constant.into())
    }
}

/// Two forms X and Y that are both not negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    pub(crate) low: Form,
    pub(crate) high: Form,
}

impl Range {
    /// X and Y. Their sum must be evidently not negative: no negative coefficient or constant, and only slots
    /// that are indicators or have an exact range of their own.
    #[must_use]
    pub const fn new(low: Form, high: Form) -> Self {
        Self { low, high }
    }

    /// 0 ≤ v_slot ≤ largest.
    #[must_use]
    pub fn exact(slot: u32, largest: i64) -> Self {
        Self { low: Form::slot(slot), high: Form { terms: vec![(slot, -1)], constant: largest } }
    }

    /// least·v_count ≤ sum ≤ most·v_count, for a sum of slots with weights (limbs).
    #[must_use]
    pub fn between(sum: &[(u32, i64)], count: u32, least: i64, most: i64) -> Self {
        let low = sum.iter().copied().chain([(count, -least)]);
        let high = sum.iter().map(|(slot, weight)| (*slot, -weight)).chain([(count, most)]);
        let without_zeros = |terms: &mut dyn Iterator<Item = (u32, i64)>| {
            Form::new(terms.filter(|(_, factor)| *factor != 0).collect(), 0)
        };
        Self { low: without_zeros(&mut { low }), high: without_zeros(&mut { high }) }
    }

    /// X.
    #[must_use]
    pub const fn low(&self) -> &Form {
        &self.low
    }

    /// Y.
    #[must_use]
    pub const fn high(&self) -> &Form {
        &self.high
    }

    /// The slot and N of (v, N − v).
    pub(crate) fn as_exact(&self) -> Option<(u32, i64)> {
        let [(slot, 1)] = self.low.terms.as_slice() else { return None };
        let [(other, -1)] = self.high.terms.as_slice() else { return None };
        (slot == other && self.low.constant == 0 && self.high.constant >= 0)
            .then_some((*slot, self.high.constant))
    }

    /// X + Y: its terms that are not 0, and its constant.
    pub(crate) fn sum(&self) -> (Vec<(u32, i128)>, i128) {
        let wide = |(slot, factor): &(u32, i64)| (*slot, i128::from(*factor));
        let mut terms: Vec<(u32, i128)> = self.low.terms.iter().chain(&self.high.terms).map(wide).collect();
        terms.sort_unstable_by_key(|(slot, _)| *slot);
        terms.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0 };
            same
        });
        terms.retain(|(_, factor)| *factor != 0);
        (terms, i128::from(self.low.constant) + i128::from(self.high.constant))
    }
}
