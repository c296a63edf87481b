//! Provers that lie, each as well as it can; each is refused, by name.

use alloc::vec::Vec;
use commitments::{Point, Shares, signed_scalar};
use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::traits::MultiscalarMul;
use paillier::{ExponentSum, Natural, Plaintext};
use proptest::prelude::*;
use zeroize::Zeroizing;

use super::*;
use crate::common::{FULL, FULL_VALUES, Submission, bounded, encrypted, full_shape, rng, setting, shape};
use crate::{Form, Range, Refusal, SlotKind};

/// C for any integers.
fn committed(setting: &Setting, values: &[i128], shares: &Shares) -> Point {
    let blind = shares.data.expose_scalar() + shares.computation.expose_scalar();
    let scalars = values.iter().map(|value| signed_scalar(*value)).chain([blind]);
    let points = setting.generators().slots().iter().chain([setting.generators().blind()]);
    Point::from_element(RistrettoPoint::multiscalar_mul(scalars, points))
}

/// Σ v·2^o mod n of every block, for any integers.
fn packed(setting: &Setting, values: &[i128]) -> Vec<Plaintext> {
    let key = setting.key();
    let fold = |block: u32| {
        let slots = setting.shape().slots().iter().zip(values).filter(|(slot, _)| slot.block == block);
        // Negative numbers are taken from n·2^k, which is 0 modulo n.
        let (mut plus, mut minus) = (Natural::zero(3000), Natural::zero(3000));
        for (slot, value) in slots {
            let mut bytes = [0; 32];
            bytes[..16].copy_from_slice(&value.unsigned_abs().to_le_bytes());
            if *value < 0 { &mut minus } else { &mut plus }.add_shifted(&bytes, slot.offset);
        }
        let (plus, minus) = (plus.modulo(key).to_biguint(), minus.modulo(key).to_biguint());
        Plaintext::from_biguint(key, &((plus + key.n() - minus) % key.n())).unwrap()
    };
    (0..setting.shape().blocks()).map(fold).collect()
}

/// A submission of any integers in which commitment and ciphertexts agree.
fn submission(setting: &Setting, values: &[i128], seed: u64) -> Submission {
    let mut rng = rng(seed);
    let mut submission = Submission::new(setting, &alloc::vec![0; values.len()], 1, &mut rng);
    let (ciphertexts, exponents) = encrypted(setting, &packed(setting, values), 1, &mut rng);
    submission.commitment = committed(setting, values, &submission.shares);
    (submission.ciphertexts, submission.exponents) = (ciphertexts, exponents);
    submission
}

/// A proof of these values and roots for this submission, as far as one can be made.
fn proven(
    setting: &Setting,
    submission: &Submission,
    values: &[i128],
    roots: &[i128],
) -> Result<Proof, CannotProve> {
    let (values, roots) = (Zeroizing::new(values.to_vec()), Zeroizing::new(roots.to_vec()));
    let secrets = Secrets::new(values, roots, &submission.witness());
    prove_anything(setting, &submission.statement(), &secrets, &mut rng(77))
}

/// What is answered to it.
fn answered(setting: &Setting, submission: &Submission, values: &[i128], roots: &[i128]) -> Option<Refusal> {
    let proof = proven(setting, submission, values, roots).unwrap();
    setting.verify(&submission.statement(), proof.as_bytes()).err()
}

fn full_values() -> Vec<i128> {
    FULL_VALUES.map(i128::from).to_vec()
}

/// Roots that fit the honest values of the full survey: 12 of 100, 43,210 between 12,000 and 119,988.
fn full_roots() -> Vec<i128> {
    let submission = Submission::new(&FULL, &FULL_VALUES, 1, &mut rng(1));
    Secrets::of_honest(FULL.shape(), &submission.witness(), &mut rng(2)).unwrap().roots.to_vec()
}

fn lie_about(slot: usize, value: i128) -> Option<Refusal> {
    let mut values = full_values();
    values[slot] = value;
    let submission = submission(&FULL, &values, 3);
    answered(&FULL, &submission, &values, &full_roots())
}

#[test]
fn the_truth_told_by_the_same_means_is_accepted() {
    let values = full_values();
    assert_eq!(answered(&FULL, &submission(&FULL, &values, 3), &values, &full_roots()), None);
}

#[test]
fn indicator_five() {
    for value in [5, 2, -1] {
        assert_eq!(lie_about(0, value), Some(Refusal::Products), "{value}");
    }
}

#[test]
fn a_value_within_the_slack_is_accepted_where_no_range_forbids_it() {
    assert_eq!(lie_about(5, -1), None);
    assert_eq!(lie_about(5, 1 << 33), None);
}

#[test]
fn negative_or_too_large_where_the_range_is_exact() {
    let setting = setting(shape(&[bounded(10)], 1, alloc::vec![], alloc::vec![Range::exact(0, 1000)]));
    for value in [-1, 1001, 1023] {
        let values = [value];
        let submission = submission(&setting, &values, 4);
        for roots in [[1, 0, 0], [0, 0, 0], [500, 500, 1]] {
            assert_eq!(answered(&setting, &submission, &values, &roots), Some(Refusal::Products));
        }
    }
}

#[test]
fn a_sum_beyond_what_its_employees_may_earn() {
    // 12 employees between 1,000 and 9,999 each.
    assert_eq!(lie_about(4, 11_999), Some(Refusal::Products));
    assert_eq!(lie_about(4, 119_989), Some(Refusal::Products));
}

#[test]
fn bands_that_do_not_add_up() {
    assert_eq!(lie_about(2, 6), Some(Refusal::Facts));
}

#[test]
fn wrong_roots() {
    let (values, mut roots) = (full_values(), full_roots());
    roots[0] += 2;
    assert_eq!(answered(&FULL, &submission(&FULL, &values, 3), &values, &roots), Some(Refusal::Products));
}

#[test]
fn a_commitment_to_other_values_than_those_proven() {
    let (values, mut others) = (full_values(), full_values());
    others[5] += 1;
    let mut submission = submission(&FULL, &values, 3);
    submission.commitment = committed(&FULL, &others, &submission.shares);
    assert_eq!(answered(&FULL, &submission, &values, &full_roots()), Some(Refusal::Commitment));
}

#[test]
fn ciphertexts_of_other_values_than_those_committed_to() {
    let values = full_values();
    let mut submission = submission(&FULL, &values, 3);
    let mut others = values.clone();
    others[5] += 1;
    (submission.ciphertexts, submission.exponents) =
        encrypted(&FULL, &packed(&FULL, &others), 1, &mut rng(8));
    assert_eq!(answered(&FULL, &submission, &values, &full_roots()), Some(Refusal::Ciphertexts));
}

#[test]
fn wrong_block() {
    let values = full_values();
    let mut submission = submission(&FULL, &values, 3);
    submission.ciphertexts.swap(0, 1);
    submission.exponents.swap(0, 1);
    assert_eq!(answered(&FULL, &submission, &values, &full_roots()), Some(Refusal::Ciphertexts));
}

#[test]
fn borrow_in_suppressed_slot() {
    // The plaintext of (−1, x) is that of (2^w − 1, x − 1): as these digits it is far beyond any slack.
    let setting = setting(shape(&[bounded(20), bounded(20)], 2, alloc::vec![], alloc::vec![]));
    let width = setting.shape().slots()[1].offset;
    let (honest, digits) = ([-1, 700], [(1 << width) - 1, 699]);
    assert_eq!(packed(&setting, &honest)[0].to_biguint(), packed(&setting, &digits)[0].to_biguint());
    let submission = submission(&setting, &digits, 5);
    let refused = proven(&setting, &submission, &digits, &[]);
    assert_eq!(refused.map(|_| ()), Err(CannotProve::Randomness), "no projection is ever within bounds");
    // Nor may the commitment be to (−1, x − 1) or the like.
    let mut other = self::submission(&setting, &honest, 5);
    other.commitment = committed(&setting, &[-1, 699], &other.shares);
    assert_eq!(answered(&setting, &other, &[-1, 699], &[]), Some(Refusal::Ciphertexts));
}

#[test]
fn share_mismatch_refused_at_intake() {
    let values = full_values();
    let mut submission = submission(&FULL, &values, 3);
    let other = Shares::generate(&mut rng(10));
    submission.share_commitment =
        FULL.generators().commit_share(&other.computation, &submission.shares.check);
    assert_eq!(answered(&FULL, &submission, &values, &full_roots()), Some(Refusal::Share));
    submission.share_commitment =
        FULL.generators().commit_share(&submission.shares.computation, &other.check);
    assert_eq!(answered(&FULL, &submission, &values, &full_roots()), Some(Refusal::Share));
}

#[test]
fn an_exponent_that_is_not_the_ciphertexts() {
    let values = full_values();
    let mut submission = submission(&FULL, &values, 3);
    submission.exponents[1] = ExponentSum::zero(64);
    submission.exponents[1].add_mask(&Natural::from_be_bytes(&[1]));
    assert_eq!(answered(&FULL, &submission, &values, &full_roots()), Some(Refusal::Ciphertexts));
}

#[test]
fn values_far_beyond_the_slack_find_no_projection() {
    let mut values = full_values();
    values[5] = 1 << 60;
    let submission = submission(&FULL, &values, 3);
    let refused = proven(&FULL, &submission, &values, &full_roots());
    assert_eq!(refused.map(|_| ()), Err(CannotProve::Randomness));
}

/// Honest provers notice before they prove anything.
#[test]
fn the_prover_refuses_what_is_not_true() {
    let cannot = |change: &dyn Fn(&mut Submission)| {
        let mut submission = Submission::new(&FULL, &FULL_VALUES, 1, &mut rng(1));
        change(&mut submission);
        FULL.prove(&submission.statement(), &submission.witness(), &mut rng(2)).map(|_| ()).unwrap_err()
    };
    assert_eq!(cannot(&|s| s.values[0] = 2), CannotProve::Value);
    assert_eq!(cannot(&|s| s.values[5] = 1 << 33), CannotProve::Value);
    assert_eq!(cannot(&|s| s.values[2] = 6), CannotProve::Fact);
    assert_eq!(cannot(&|s| s.values[4] = 11_999), CannotProve::Range);
    assert_eq!(cannot(&|s| s.values.truncate(1)), CannotProve::Count);
    assert_eq!(cannot(&|s| s.exponents.truncate(1)), CannotProve::Count);
    assert_eq!(cannot(&|s| s.ciphertexts.truncate(1)), CannotProve::Count);
    assert_eq!(
        cannot(&|s| s.values[1..4].copy_from_slice(&[101, 100, 1])),
        CannotProve::Range,
        "more employees than there may be"
    );
}

#[test]
fn debug_output_shows_no_value() {
    let submission = Submission::new(&FULL, &FULL_VALUES, 1, &mut rng(1));
    assert_eq!(alloc::format!("{:?}", submission.witness()), "Witness(<private>)");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// One slot is lied about: that is accepted only for another indicator, or within a slack that nothing else
    /// forbids.
    #[test]
    fn a_lie_is_accepted_only_where_the_slack_allows_it(
        slot in 0usize..6, off in prop_oneof![-3i128..0, 1i128..4, Just(1 << 25), Just(-(1 << 25))],
    ) {
        let mut values = full_values();
        values[slot] += off;
        let submission = submission(&FULL, &values, 3);
        // Where nothing can be made to look like a proof there is nothing to refuse.
        if let Ok(proof) = proven(&FULL, &submission, &values, &full_roots()) {
            let expected = match slot {
                0 if values[0] == 0 => Ok(()),
                1..=3 => Err(Refusal::Facts),
                0 | 4 => Err(Refusal::Products),
                _ => Ok(()),
            };
            prop_assert_eq!(FULL.verify(&submission.statement(), proof.as_bytes()), expected);
        } else {
            prop_assert!(off.abs() > 3 && (1..=4).contains(&slot));
        }
    }

    /// In any proof any byte may be changed: it is not accepted.
    #[test]
    fn no_byte_of_a_proof_can_be_changed(place in any::<prop::sample::Index>(), bit in 0u8..8) {
        let submission = Submission::new(&FULL, &FULL_VALUES, 1, &mut rng(1));
        let proof = FULL.prove(&submission.statement(), &submission.witness(), &mut rng(2)).unwrap();
        let mut bytes = proof.into_bytes();
        let place = place.index(bytes.len());
        bytes[place] ^= 1 << bit;
        prop_assert!(FULL.verify(&submission.statement(), &bytes).is_err());
    }

    /// Nor any part of the statement.
    #[test]
    fn a_proof_serves_one_statement(part in 0usize..6, seed: u64) {
        let mut submission = Submission::new(&FULL, &FULL_VALUES, 2, &mut rng(1));
        let proof = FULL.prove(&submission.statement(), &submission.witness(), &mut rng(2)).unwrap();
        let other = Submission::new(&FULL, &FULL_VALUES, 2, &mut rng(seed.max(2)));
        match part {
            0 => submission.context.push(0),
            1 => submission.commitment = other.commitment,
            2 => submission.share_commitment = other.share_commitment,
            3 => submission.shares = other.shares,
            4 => submission.ciphertexts = other.ciphertexts,
            _ => submission.entries = 1,
        }
        prop_assert!(FULL.verify(&submission.statement(), proof.as_bytes()).is_err());
    }
}

#[test]
fn a_proof_serves_one_shape_and_one_survey() {
    let submission = Submission::new(&FULL, &FULL_VALUES, 1, &mut rng(1));
    let proof = FULL.prove(&submission.statement(), &submission.witness(), &mut rng(2)).unwrap();
    let same = setting(full_shape());
    assert_eq!(same.verify(&submission.statement(), proof.as_bytes()), Ok(()));
    let other = Setting::new([8; 32], full_shape(), crate::common::ENCRYPTOR.clone()).unwrap();
    assert_eq!(other.verify(&submission.statement(), proof.as_bytes()), Err(Refusal::Projection));
    let kinds = [SlotKind::Indicator, bounded(7), bounded(7), bounded(7), bounded(20), bounded(33)];
    // The same sizes, another fact.
    let fact = Form::new(alloc::vec![(2, 1), (3, 1), (1, -2)], 0);
    let ranges = alloc::vec![Range::exact(1, 100), Range::between(&[(4, 1)], 1, 1_000, 9_999)];
    let other = setting(shape(&kinds, 4, alloc::vec![fact], ranges));
    assert_eq!(other.verify(&submission.statement(), proof.as_bytes()), Err(Refusal::Projection));
}
