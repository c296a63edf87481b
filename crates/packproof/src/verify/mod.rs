//! Checking: `docs/PROOF.md` §5.

mod equations;

use curve25519_dalek::scalar::Scalar;

use crate::codec;
use crate::fold::fold_blocks;
use crate::proof::Proof;
use crate::transcript::{self, Digest};
use crate::weights::Weights;
use crate::{MAX_ENTRIES, Refusal, Setting, Statement};

/// A proof that was read, with everything hashed from it.
struct Checked<'a> {
    setting: &'a Setting,
    statement: &'a Statement<'a>,
    proof: &'a Proof,
    /// h₁.
    rows_state: Digest,
    weights: Weights,
    /// e.
    challenge: u128,
}

/// Reads and checks a proof.
pub(crate) fn verify(setting: &Setting, statement: &Statement<'_>, bytes: &[u8]) -> Result<(), Refusal> {
    check_statement(setting, statement)?;
    let proof = codec::read(setting, statement.entries, bytes)?;
    let start = transcript::statement(setting, statement);
    let rows_state = transcript::roots(&start, &proof.roots);
    let classes = setting.shape().classes().iter().zip(&proof.masks).zip(&proof.projections);
    let classes: alloc::vec::Vec<_> = classes
        .map(|((class, masks), projections)| (*masks, codec::projection_bytes(class, projections)))
        .collect();
    let state = transcript::projection(&rows_state, &classes);
    let weights = Weights::draw(setting.shape(), &state);
    let challenge = transcript::challenge(&state, &proof.first);
    let checked = Checked { setting, statement, proof: &proof, rows_state, weights, challenge };
    checked.projection()?;
    checked.facts()?;
    equations::hold(&checked, &state)?;
    checked.ciphertexts()
}

fn check_statement(setting: &Setting, statement: &Statement<'_>) -> Result<(), Refusal> {
    let fits = statement.ciphertexts.len() == setting.shape().blocks() as usize
        && statement.ciphertexts.iter().all(|ciphertext| ciphertext.key() == setting.key())
        && (1..=MAX_ENTRIES).contains(&statement.entries);
    if fits { Ok(()) } else { Err(Refusal::Statement) }
}

fn require(holds: bool, refusal: Refusal) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(refusal) }
}

impl Checked<'_> {
    fn e(&self) -> Scalar {
        Scalar::from(self.challenge)
    }

    /// Σ d·z + Σ η·n = τ + e·Σ η·u.
    fn projection(&self) -> Result<(), Refusal> {
        let answers = &self.proof.answers;
        let line = self.weights.of_members(self.setting, &self.rows_state, &self.proof.masks);
        let left = line.times(&answers.slots, &answers.roots) + self.weights.of_rows(&answers.rows);
        let projected = self.weights.of_projections(&self.proof.projections);
        require(left == self.proof.first.projection + self.e() * projected, Refusal::Projection)
    }

    /// Σ Φ_j·z_j + e·Φ = φ.
    fn facts(&self) -> Result<(), Refusal> {
        let facts = self.setting.shape().facts();
        let (terms, constant) = self.weights.of_facts(facts, &self.proof.answers.slots);
        require(terms + self.e() * constant == self.proof.first.facts, Refusal::Facts)
    }

    /// (1 + Z·n)·h_s^T = P·(Π c_k^{x_k})^e mod n².
    fn ciphertexts(&self) -> Result<(), Refusal> {
        let key = self.setting.key();
        let answers = &self.proof.answers;
        let folded = fold_blocks(self.setting, &self.weights.blocks, &answers.slots);
        let left = self.setting.masker().mask(&folded, &answers.exponent);
        let right = key
            .product_of_powers(self.statement.ciphertexts, &self.weights.blocks)
            .and_then(|product| key.product_of_powers(&[product], &[self.challenge]))
            .and_then(|power| key.add(&self.proof.first.ciphertext, &power));
        require(right.is_ok_and(|right| left == right), Refusal::Ciphertexts)
    }
}
