//! Random weights, drawn when everything they weigh is fixed.

use alloc::vec::Vec;
use commitments::{Point, signed_scalar};
use curve25519_dalek::scalar::Scalar;

use crate::rows::{Columns, Projections, ROWS, RowWeights};
use crate::transcript::{Digest, numbers};
use crate::{Form, Setting, Shape};

/// η, θ, γ, x.
pub(crate) struct Weights {
    rows: Vec<u128>,
    facts: Vec<u128>,
    products: Vec<u128>,
    /// x of every block.
    pub(crate) blocks: Vec<u128>,
}

impl Weights {
    pub(crate) fn draw(shape: &Shape, state: &Digest) -> Self {
        Self {
            rows: numbers("row-weights", state, ROWS * shape.classes().len()),
            facts: numbers("fact-weights", state, shape.facts().len()),
            products: numbers("product-weights", state, shape.indicators().count() + shape.ranges().len()),
            blocks: numbers("block-weights", state, shape.blocks() as usize),
        }
    }

    /// The d of every slot and of every root: 0 for indicators.
    pub(crate) fn of_members(&self, setting: &Setting, state: &Digest, masks: &[Point]) -> LineOf {
        let shape = setting.shape();
        let mut line = LineOf {
            slots: alloc::vec![Scalar::ZERO; shape.slots().len()],
            roots: alloc::vec![Scalar::ZERO; shape.root_count()],
        };
        let classes = shape.classes().iter().zip(masks).zip(self.rows.chunks_exact(ROWS));
        for (number, ((class, masks), weights)) in (0u32..).zip(classes) {
            let weights = RowWeights::new(weights);
            let columns = Columns::of(state, number, masks);
            class.put(columns.map(|column| weights.fold(column)), &mut line.slots, &mut line.roots);
        }
        line
    }

    /// Σ η·(what belongs to the rows), class after class.
    pub(crate) fn of_rows(&self, values: &[Scalar]) -> Scalar {
        self.rows.iter().zip(values).map(|(weight, value)| Scalar::from(*weight) * value).sum()
    }

    /// Σ η·u.
    pub(crate) fn of_projections(&self, projections: &[Projections]) -> Scalar {
        let all = projections.iter().flatten().map(|one| signed_scalar(*one));
        self.rows.iter().zip(all).map(|(weight, one)| Scalar::from(*weight) * one).sum()
    }

    /// Σ θ·fact, its terms for these values and its constant.
    pub(crate) fn of_facts(&self, facts: &[Form], values: &[Scalar]) -> (Scalar, Scalar) {
        let weighed = || self.facts.iter().map(|weight| Scalar::from(*weight)).zip(facts);
        let terms = weighed().map(|(weight, fact)| weight * fact.linear(values)).sum();
        (terms, weighed().map(|(weight, fact)| weight * fact.constant()).sum())
    }

    /// The γ of the indicators, and those of the ranges.
    pub(crate) fn of_products(&self, shape: &Shape) -> (Vec<Scalar>, Vec<Scalar>) {
        let all = || self.products.iter().map(|weight| Scalar::from(*weight));
        let indicators = shape.indicators().count();
        (all().take(indicators).collect(), all().skip(indicators).collect())
    }
}

/// A factor of every slot and of every root.
pub(crate) struct LineOf {
    slots: Vec<Scalar>,
    roots: Vec<Scalar>,
}

impl LineOf {
    /// Σ factor·value.
    pub(crate) fn times(&self, slots: &[Scalar], roots: &[Scalar]) -> Scalar {
        let product = |(factor, value): (&Scalar, &Scalar)| factor * value;
        let of_slots: Scalar = self.slots.iter().zip(slots).map(product).sum();
        of_slots + self.roots.iter().zip(roots).map(product).sum::<Scalar>()
    }
}
