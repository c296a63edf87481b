//! The equations in the group: all at once, and one by one only to find the name.

use alloc::vec;
use alloc::vec::Vec;
use core::iter;
use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::{IsIdentity, VartimeMultiscalarMul};

use super::Checked;
use crate::Refusal;
use crate::products::combined;
use crate::transcript::{Digest, xof};

/// Σ scalar·point = 0, or the proof is refused by this name.
struct Equation {
    refusal: Refusal,
    terms: Vec<(Scalar, RistrettoPoint)>,
}

/// Checks every equation by one multi-scalar multiplication with random weights. Weights are hashed from
/// everything, answers included: who wants to choose answers by weights has to answer first.
pub(super) fn hold(checked: &Checked<'_>, state: &Digest) -> Result<(), Refusal> {
    let equations = all(checked);
    let mut reader = xof("equation-weights", &[state, &checked.proof.bytes]);
    let weights = iter::once(1).chain(iter::repeat_with(|| crate::transcript::number(&mut reader)));
    let weighed = equations.iter().zip(weights).flat_map(|(equation, weight)| {
        let weight = Scalar::from(weight);
        equation.terms.iter().map(move |(scalar, point)| (weight * scalar, point))
    });
    let (scalars, points): (Vec<Scalar>, Vec<&RistrettoPoint>) = weighed.unzip();
    if RistrettoPoint::vartime_multiscalar_mul(scalars, points).is_identity() {
        return Ok(());
    }
    let broken = equations.iter().find(|equation| !equation.holds());
    Err(broken.map_or(Refusal::Commitment, |equation| equation.refusal))
}

impl Equation {
    fn holds(&self) -> bool {
        let (scalars, points): (Vec<_>, Vec<_>) = self.terms.iter().copied().unzip();
        RistrettoPoint::vartime_multiscalar_mul(scalars, points).is_identity()
    }
}

/// In the order of their names.
fn all(checked: &Checked<'_>) -> Vec<Equation> {
    let mut equations = vec![commitment(checked), share(checked), roots(checked)];
    equations.extend(rows(checked));
    equations.push(products(checked));
    equations
}

fn paired<'a>(
    scalars: &'a [Scalar],
    points: &'a [RistrettoPoint],
) -> impl Iterator<Item = (Scalar, RistrettoPoint)> {
    scalars.iter().copied().zip(points.iter().copied())
}

/// (a) Σ z·G + z_s·H = A + e·(C − s_D·H)
fn commitment(checked: &Checked<'_>) -> Equation {
    let (proof, bases, e) = (checked.proof, checked.setting.bases(), checked.e());
    // EXPOSE: the verifier's own share; C − s_D·H is calculated here and never sent.
    let data_share = checked.statement.data_share.expose_scalar();
    let mut terms: Vec<_> = paired(&proof.answers.slots, bases.slots()).collect();
    terms.extend([
        (proof.answers.share + e * data_share, *bases.blind()),
        (-Scalar::ONE, proof.first.commitment.element()),
        (-e, checked.statement.commitment.element()),
    ]);
    Equation { refusal: Refusal::Commitment, terms }
}

/// (b) z_s·H + z_t·H₂ = A_K + e·K
fn share(checked: &Checked<'_>) -> Equation {
    let (proof, bases) = (checked.proof, checked.setting.bases());
    let terms = vec![
        (proof.answers.share, *bases.blind()),
        (proof.answers.check, *bases.share()),
        (-Scalar::ONE, proof.first.share.element()),
        (-checked.e(), checked.statement.share_commitment.element()),
    ];
    Equation { refusal: Refusal::Share, terms }
}

/// (v) Σ w·F + z_V·H = A_V + e·V
fn roots(checked: &Checked<'_>) -> Equation {
    let (proof, bases) = (checked.proof, checked.setting.bases());
    let mut terms: Vec<_> = paired(&proof.answers.roots, &bases.roots).collect();
    terms.extend([
        (proof.answers.root_blind, *bases.blind()),
        (-Scalar::ONE, proof.first.roots.element()),
        (-checked.e(), proof.roots.element()),
    ]);
    Equation { refusal: Refusal::Roots, terms }
}

/// (c) Σ n·E + z_κ·H = A_κ + e·W_κ for every class by itself: were they added up, masks could wander from one
/// class to another after its rows are known.
fn rows(checked: &Checked<'_>) -> impl Iterator<Item = Equation> {
    let (proof, bases, e) = (checked.proof, checked.setting.bases(), checked.e());
    let answers = proof.answers.rows.chunks_exact(crate::rows::ROWS);
    let classes = answers.zip(&proof.answers.row_blinds).zip(&proof.first.rows).zip(&proof.masks);
    classes.enumerate().map(move |(class, (((answers, blind), first), masks))| {
        let mut terms: Vec<_> = paired(answers, bases.masks_of(class)).collect();
        terms.extend([(*blind, *bases.blind()), (-Scalar::ONE, first.element()), (-e, masks.element())]);
        Equation { refusal: Refusal::Rows, terms }
    })
}

/// (q) g·Q + ζ·H = e·C₁ + C₀
fn products(checked: &Checked<'_>) -> Equation {
    let (proof, bases, e) = (checked.proof, checked.setting.bases(), checked.e());
    let (answers, shape) = (&proof.answers, checked.setting.shape());
    let terms = vec![
        (combined(shape, &checked.weights, &e, &answers.slots, &answers.roots), bases.product),
        (answers.product_blind, *bases.blind()),
        (-e, proof.first.product_linear.element()),
        (-Scalar::ONE, proof.first.product_constant.element()),
    ];
    Equation { refusal: Refusal::Products, terms }
}
