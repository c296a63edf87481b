//! Making a rest proof.

use alloc::vec::Vec;
use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::MultiscalarMul;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::codec::RestProof;
use super::{RestRefusal, RestStatement};
use crate::{Generators, Point, Share, signed_scalar};

impl Generators {
    /// Shows that the totals of unpublished slots open what the published ones leave of the commitments, and add
    /// up to the margins. In constant time, masks wiped.
    ///
    /// `totals` are those of all slots, `opening` is Σ s_D + Σ s_C. **Made once and stored**: whoever sees two
    /// proofs with the same masks learns the totals, and randomness that repeats itself makes such.
    ///
    /// # Errors
    /// [`RestRefusal::Statement`] if the statement does not fit the slots, or there are not as many totals;
    /// [`RestRefusal::Margins`] if the totals do not add up to a margin: then there is nothing to prove. Whether
    /// they open the commitments is the caller's to have checked, with [`Generators::opens`].
    pub fn prove_rest(
        &self,
        statement: &RestStatement<'_>,
        totals: &[i128],
        opening: &Share,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, RestRefusal> {
        let slots = self.slots().len();
        let unpublished = statement.unpublished(slots)?;
        if totals.len() != slots {
            return Err(RestRefusal::Statement);
        }
        let total = |slot: &u32| totals.get(*slot as usize).map(|total| signed_scalar(*total));
        // With room for all of them, so that growing leaves no copies behind.
        let mut secrets = Zeroizing::new(Vec::with_capacity(unpublished.len()));
        secrets.extend(unpublished.iter().filter_map(total));
        if statement.margins.iter().any(|margin| margin.sum(&unpublished, &secrets) != margin.target()) {
            return Err(RestRefusal::Margins);
        }
        let masks = Zeroizing::new(secrets.iter().map(|_| Scalar::random(rng)).collect::<Vec<_>>());
        let blind = Zeroizing::new(Scalar::random(rng));
        let points = self.slots_of(&unpublished);
        let points = points.iter().chain([self.blind()]);
        let sum = RistrettoPoint::multiscalar_mul(masks.iter().chain([&*blind]), points);
        let commitment = Point::from_element(sum);
        let sums: Vec<Scalar> =
            statement.margins.iter().map(|margin| margin.sum(&unpublished, &masks)).collect();
        let challenge = statement.challenge(slots, &commitment, &sums);
        let answers = masks.iter().zip(secrets.iter()).map(|(mask, secret)| mask + challenge * secret);
        let proof = RestProof {
            commitment,
            sums,
            answers: answers.collect(),
            blind: *blind + challenge * opening.expose_scalar(),
        };
        Ok(proof.to_bytes())
    }

    /// The generators of some slots.
    pub(super) fn slots_of(&self, slots: &[u32]) -> Vec<RistrettoPoint> {
        slots.iter().filter_map(|slot| self.slots().get(*slot as usize).copied()).collect()
    }
}
