//! Proving: `docs/PROOF.md` §4.

mod answer;
mod commit;
mod projections;
mod secrets;

use alloc::vec::Vec;
use commitments::Share;
use core::fmt;
use curve25519_dalek::scalar::Scalar;
use paillier::ExponentSum;
use rand_core::CryptoRng;

use crate::proof::Proof;
use crate::transcript;
use crate::weights::Weights;
use crate::{Setting, Statement, codec};

pub(crate) use secrets::Secrets;

/// What the reporter knows besides the statement.
#[derive(Clone, Copy)]
pub struct Witness<'a> {
    /// v, one for every slot, in the order of the shape.
    pub values: &'a [u64],
    /// s_C.
    pub computation_share: &'a Share,
    /// t.
    pub check_share: &'a Share,
    /// Per block the sum of its entries' exponents.
    pub exponents: &'a [ExponentSum],
}

impl fmt::Debug for Witness<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Witness(<private>)")
    }
}

/// Why there is nothing to prove. Says nothing of the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotProve {
    /// Not as many ciphertexts, values or exponents as the shape asks for.
    #[error("the numbers of ciphertexts, values and exponents do not match the shape")]
    Count,
    /// A value has more bits than its slot.
    #[error("a value does not fit its slot")]
    Value,
    /// A form that must be 0 is not.
    #[error("figures that must add up do not")]
    Fact,
    /// A range does not hold.
    #[error("a value is outside of its range")]
    Range,
    /// The randomness handed in repeats itself.
    #[error("the randomness is not random")]
    Randomness,
}

pub(crate) fn prove(
    setting: &Setting,
    statement: &Statement<'_>,
    witness: &Witness<'_>,
    rng: &mut impl CryptoRng,
) -> Result<Proof, CannotProve> {
    let blocks = setting.shape().blocks() as usize;
    if [statement.ciphertexts.len(), witness.exponents.len()] != [blocks; 2] {
        return Err(CannotProve::Count);
    }
    let secrets = Secrets::of_honest(setting.shape(), witness, rng)?;
    prove_anything(setting, statement, &secrets, rng)
}

/// The prover without its checks: whatever the secrets are, and whether or not they fit the statement. Tests
/// lie with it.
pub(crate) fn prove_anything(
    setting: &Setting,
    statement: &Statement<'_>,
    secrets: &Secrets<'_>,
    rng: &mut impl CryptoRng,
) -> Result<Proof, CannotProve> {
    let roots = commit::commit_roots(setting, secrets, rng);
    let rows_state = transcript::roots(&transcript::statement(setting, statement), &roots.point);
    let projected = projections::all(setting, secrets, &rows_state, rng)?;
    let points: Vec<_> = projected.iter().map(|class| class.masks).collect();
    let classes: Vec<_> = setting.shape().classes().iter().zip(&projected).collect();
    let hashed: Vec<_> = classes
        .iter()
        .map(|(class, one)| (one.masks, codec::projection_bytes(class, &one.projections)))
        .collect();
    let state = transcript::projection(&rows_state, &hashed);
    let weights = Weights::draw(setting.shape(), &state);
    let line = weights.of_members(setting, &rows_state, &points);
    let masks = commit::Masks::draw(setting, statement.entries, rng);
    let first = commit::commit(setting, secrets, &masks, &weights, &line);
    let challenge = transcript::challenge(&state, &first);
    let blinds: Vec<Scalar> = projected.iter().map(|one| *one.blind).collect();
    let answers = answer::answer(
        setting,
        secrets,
        &masks,
        &answer::Committed { roots: &roots, projected: &projected, blinds: &blinds },
        (challenge, &weights.blocks),
    );
    let projections = projected.iter().map(|one| one.projections).collect();
    Ok(codec::finish(setting, statement.entries, (roots.point, points, projections), first, answers))
}

/// Proves whatever values and roots are handed in, as far as that goes: those of the witness are not looked at.
#[cfg(feature = "lies")]
pub(crate) fn prove_unchecked(
    setting: &Setting,
    statement: &Statement<'_>,
    (values, roots): (&[i128], &[i128]),
    witness: &Witness<'_>,
    rng: &mut impl CryptoRng,
) -> Result<Proof, CannotProve> {
    let counts = [setting.shape().slots().len(), setting.shape().root_count()];
    if counts != [values.len(), roots.len()] {
        return Err(CannotProve::Count);
    }
    let own = |numbers: &[i128]| zeroize::Zeroizing::new(numbers.to_vec());
    prove_anything(setting, statement, &Secrets::new(own(values), own(roots), witness), rng)
}

#[cfg(test)]
mod lies;
