//! Answers to the challenge: every secret times e, behind its mask.

use alloc::vec::Vec;
use curve25519_dalek::scalar::Scalar;
use paillier::{ExponentSum, Natural};

use super::Secrets;
use super::commit::{Masks, Roots};
use super::projections::Projected;
use crate::Setting;
use crate::proof::Answers;

/// What was committed to besides the statement.
pub(super) struct Committed<'a> {
    pub(super) roots: &'a Roots,
    pub(super) projected: &'a [Projected],
    /// ω of every class.
    pub(super) blinds: &'a [Scalar],
}

pub(super) fn answer(
    setting: &Setting,
    secrets: &Secrets<'_>,
    masks: &Masks,
    committed: &Committed<'_>,
    (challenge, block_weights): (u128, &[u128]),
) -> Answers {
    let e = Scalar::from(challenge);
    let one = |mask: &Scalar, secret: &Scalar| mask + e * secret;
    let all = |masks: &[Scalar], secrets: &[Scalar]| -> Vec<Scalar> {
        masks.iter().zip(secrets).map(|(mask, secret)| one(mask, secret)).collect()
    };
    let row_secrets = committed.projected.iter().flat_map(|class| class.mask_scalars.iter());
    let [share, check, root_blind, linear_blind, constant_blind] = &*masks.single;
    Answers {
        // Below 2^(b + 209) < ℓ: the scalars are the integers.
        slots: all(&masks.slots, &secrets.value_scalars),
        roots: all(&masks.roots, &secrets.root_scalars),
        rows: masks.rows.iter().zip(row_secrets).map(|(mask, secret)| one(mask, secret)).collect(),
        share: one(share, &secrets.share),
        check: one(check, &secrets.check),
        root_blind: one(root_blind, &committed.roots.blind),
        row_blinds: all(&masks.row_blinds, committed.blinds),
        product_blind: one(constant_blind, linear_blind),
        exponent: exponent(setting, secrets, &masks.exponent, challenge, block_weights),
    }
}

/// T = α + e·Σ x·a, over the integers.
fn exponent(
    setting: &Setting,
    secrets: &Secrets<'_>,
    mask: &Natural,
    challenge: u128,
    block_weights: &[u128],
) -> Natural {
    // α is above e·Σ x·a by 80 bits; one more word holds any sum.
    let room = 2 * setting.key().bits().bits();
    let mut sum = ExponentSum::zero(room);
    for (exponent, weight) in secrets.exponents.iter().zip(block_weights) {
        sum.add_multiple(exponent, *weight);
    }
    let mut answer = ExponentSum::zero(room);
    answer.add_mask(mask);
    answer.add_multiple(&sum, challenge);
    // The mask hides the sum: T is public from here on, and is what verifiers read.
    Natural::from_be_bytes(&answer.to_be_bytes(2 * setting.key().bits().bytes()))
}
