//! Checking a rest proof.

use alloc::vec::Vec;
use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::{IsIdentity, VartimeMultiscalarMul};

use super::codec::RestProof;
use super::{RestRefusal, RestStatement};
use crate::{Generators, Point, signed_scalar};

impl Generators {
    /// Checks a rest proof. Everything here is public.
    ///
    /// # Errors
    /// [`RestRefusal`] names the first check that failed.
    pub fn verify_rest(&self, statement: &RestStatement<'_>, proof: &[u8]) -> Result<(), RestRefusal> {
        let slots = self.slots().len();
        let unpublished = statement.unpublished(slots)?;
        let proof = RestProof::read(proof, statement.margins.len(), unpublished.len())?;
        let challenge = statement.challenge(slots, &proof.commitment, &proof.sums);
        let adds_up = statement.margins.iter().zip(&proof.sums).all(|(margin, sum)| {
            margin.sum(&unpublished, &proof.answers) == sum + challenge * margin.target()
        });
        if !adds_up {
            return Err(RestRefusal::Margins);
        }
        if self.rest_opens(statement, &unpublished, &proof, &challenge) {
            Ok(())
        } else {
            Err(RestRefusal::Rest)
        }
    }

    /// Σ_U z·G + z_H·H − A − c·(Σ C − Σ_published M·G) = 0
    fn rest_opens(
        &self,
        statement: &RestStatement<'_>,
        unpublished: &[u32],
        proof: &RestProof,
        challenge: &Scalar,
    ) -> bool {
        let committed: RistrettoPoint = statement.commitments.iter().map(Point::element).sum();
        let published: Vec<u32> = statement.published.iter().map(|(slot, _)| *slot).collect();
        let totals = statement.published.iter().map(|(_, total)| challenge * signed_scalar(*total));
        let scalars = proof.answers.iter().copied().chain(totals);
        let scalars = scalars.chain([proof.blind, -Scalar::ONE, -challenge]);
        let others = [*self.blind(), proof.commitment.element(), committed];
        let points = [self.slots_of(unpublished), self.slots_of(&published), others.to_vec()].concat();
        let scalars: Vec<Scalar> = scalars.collect();
        RistrettoPoint::vartime_multiscalar_mul(&scalars, &points).is_identity()
    }
}
