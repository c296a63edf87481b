//! Indicators and ranges: what is quadratic.
//!
//! With z = y + e·v for every slot, and with x̂, ŷ for a range's two forms in z, their constants times e,
//!
//! ```text
//! z·(e − z)                  = e²·v(1 − v)            + e·y(1 − 2v)                    − y²
//! 4·x̂·ŷ + e² − Σ w²          = e²·(4XY + 1 − Σ r²)    + e·(4(y_X·Y + y_Y·X) − 2Σ r·ρ)  + 4·y_X·y_Y − Σ ρ²
//! ```
//!
//! so that the coefficient of e² is 0 exactly if the indicator is 0 or 1, or the roots' squares add up.

use curve25519_dalek::scalar::Scalar;
use zeroize::Zeroizing;

use crate::weights::Weights;
use crate::{Range, Shape};

/// The coefficients of e and of 1, weighed and summed.
pub(crate) struct Coefficients {
    /// m₁.
    pub(crate) linear: Zeroizing<Scalar>,
    /// m₀.
    pub(crate) constant: Zeroizing<Scalar>,
}

/// Slots and roots: their values, and what hides them.
pub(crate) struct Hidden<'a> {
    pub(crate) values: &'a [Scalar],
    pub(crate) masks: &'a [Scalar],
    pub(crate) roots: &'a [Scalar],
    pub(crate) root_masks: &'a [Scalar],
}

fn at(values: &[Scalar], place: usize) -> Scalar {
    values.get(place).copied().unwrap_or(Scalar::ZERO)
}

/// m₁ and m₀ of the prover.
pub(crate) fn coefficients(shape: &Shape, weights: &Weights, hidden: &Hidden<'_>) -> Coefficients {
    let (mut linear, mut constant) = (Zeroizing::new(Scalar::ZERO), Zeroizing::new(Scalar::ZERO));
    let (of_indicators, of_ranges) = weights.of_products(shape);
    for (slot, weight) in shape.indicators().zip(of_indicators) {
        let (value, mask) = (at(hidden.values, slot), at(hidden.masks, slot));
        *linear += weight * mask * (Scalar::ONE - value - value);
        *constant -= weight * mask * mask;
    }
    let roots = hidden.roots.as_chunks::<3>().0.iter().zip(hidden.root_masks.as_chunks::<3>().0);
    for ((range, weight), (roots, masks)) in shape.ranges().iter().zip(of_ranges).zip(roots) {
        let [(x, y_x), (y, y_y)] = [&range.low, &range.high]
            .map(|form| (form.linear(hidden.values) + form.constant(), form.linear(hidden.masks)));
        let crossed: Scalar = roots.iter().zip(masks).map(|(root, mask)| root * mask).sum();
        let squares: Scalar = masks.iter().map(|mask| mask * mask).sum();
        *linear += weight * (four(y_x * y + y_y * x) - crossed - crossed);
        *constant += weight * (four(y_x * y_y) - squares);
    }
    Coefficients { linear, constant }
}

/// g of the verifier.
pub(crate) fn combined(
    shape: &Shape,
    weights: &Weights,
    challenge: &Scalar,
    answers: &[Scalar],
    roots: &[Scalar],
) -> Scalar {
    let (of_indicators, of_ranges) = weights.of_products(shape);
    let indicator = |(slot, weight): (usize, Scalar)| {
        let answer = at(answers, slot);
        weight * answer * (challenge - answer)
    };
    let indicators: Scalar = shape.indicators().zip(of_indicators).map(indicator).sum();
    let side = |range: &Range| {
        let [x, y] = [&range.low, &range.high].map(|form| form.linear(answers) + challenge * form.constant());
        four(x * y) + challenge * challenge
    };
    let roots = roots.as_chunks::<3>().0.iter();
    let ranges = shape.ranges().iter().zip(of_ranges).zip(roots).map(|((range, weight), roots)| {
        weight * (side(range) - roots.iter().map(|root| root * root).sum::<Scalar>())
    });
    indicators + ranges.sum::<Scalar>()
}

fn four(scalar: Scalar) -> Scalar {
    let twice = scalar + scalar;
    twice + twice
}
