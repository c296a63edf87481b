//! What all proofs of one survey share.

use alloc::sync::Arc;
use commitments::Generators;
use core::fmt;
use paillier::{Encryptor, Masker, PublicKey};
use rand_core::CryptoRng;

use crate::bases::Bases;
use crate::{CannotProve, Proof, Refusal, Shape, Statement, Witness, prove, verify};

/// The shape was made for keys of another size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the shape was made for keys of another size")]
pub struct ForeignShape;

/// A shape with its generators and a key. Made once per survey: it takes some hundred milliseconds in a
/// browser, mostly for the generators, and may be shared by threads.
pub struct Setting {
    fingerprint: [u8; 32],
    shape: Shape,
    bases: Bases,
    masker: Masker,
}

impl Setting {
    /// Derives all generators from the survey's fingerprint, h_s being the encryptor's.
    ///
    /// # Errors
    /// [`ForeignShape`] if the key has another size.
    pub fn new(fingerprint: [u8; 32], shape: Shape, encryptor: Arc<Encryptor>) -> Result<Self, ForeignShape> {
        if encryptor.key().bits() != shape.key_bits() {
            return Err(ForeignShape);
        }
        let bases = Bases::derive(&fingerprint, &shape);
        Ok(Self { fingerprint, shape, bases, masker: Masker::new(encryptor) })
    }

    /// Proves the statement.
    ///
    /// Takes time that depends on the witness only where three squares are sought (`docs/PROOF.md` §6), and
    /// wipes every mask.
    ///
    /// # Errors
    /// [`CannotProve`] if the values do not fit the shape; then there is nothing true to prove.
    pub fn prove(
        &self,
        statement: &Statement<'_>,
        witness: &Witness<'_>,
        rng: &mut impl CryptoRng,
    ) -> Result<Proof, CannotProve> {
        prove::prove(self, statement, witness, rng)
    }

    /// Proves without looking whether it is true, as a cheat does: values and roots (three for every range) may be
    /// any. For tests of whoever verifies.
    ///
    /// # Errors
    /// [`CannotProve`] for other numbers of them, and for values so large that nothing looks like a proof.
    #[cfg(feature = "lies")]
    pub fn prove_unchecked(
        &self,
        statement: &Statement<'_>,
        values_and_roots: (&[i128], &[i128]),
        witness: &Witness<'_>,
        rng: &mut impl CryptoRng,
    ) -> Result<Proof, CannotProve> {
        prove::prove_unchecked(self, statement, values_and_roots, witness, rng)
    }

    /// Checks a proof as it arrived.
    ///
    /// # Errors
    /// [`Refusal`] names the first check that failed.
    pub fn verify(&self, statement: &Statement<'_>, proof: &[u8]) -> Result<(), Refusal> {
        verify::verify(self, statement, proof)
    }

    /// How many bytes a proof must have, for whoever limits sizes before reading.
    #[must_use]
    pub fn proof_bytes(&self, entries: u32) -> usize {
        self.shape.proof_bytes(entries)
    }

    /// What the proofs are about.
    #[must_use]
    pub const fn shape(&self) -> &Shape {
        &self.shape
    }

    /// The survey's true name, which all generators are hashed from.
    #[must_use]
    pub const fn fingerprint(&self) -> &[u8; 32] {
        &self.fingerprint
    }

    /// The key of the ciphertexts.
    #[must_use]
    pub fn key(&self) -> &PublicKey {
        self.encryptor().key()
    }

    /// What the ciphertexts were made with.
    #[must_use]
    pub fn encryptor(&self) -> &Encryptor {
        self.masker.encryptor()
    }

    /// The generators of the commitments.
    #[must_use]
    pub const fn generators(&self) -> &Generators {
        self.bases.commitments()
    }

    pub(crate) const fn bases(&self) -> &Bases {
        &self.bases
    }

    pub(crate) const fn masker(&self) -> &Masker {
        &self.masker
    }
}

impl fmt::Debug for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Setting({} slots, {} bits)", self.shape.slots().len(), self.key().bits().bits())
    }
}
