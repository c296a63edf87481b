//! What all submissions of a survey are committed to and proven with, and how one of them is.

use crate::SealRefusal;
use crate::job::exponent_bytes;
use commitments::{Generators, Point, Shares};
use packproof::{Setting, Statement as Proven, Witness};
use paillier::{Aggregator, Ciphertext, Encryptor, ExponentSum, PublicKey};
use protocol::{AdmittedManifest, GroupCiphertexts, Hex, Statement};
use rand_core::CryptoRng;
use std::fmt;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The longest sum of exponents: those of 2^32 entries.
const CARRY_BITS: u32 = 32;

/// The generators of a survey's commitments, and what its proofs share if it asks for any. Takes some hundred
/// milliseconds in a browser; whoever submits for several reporters makes it once.
pub struct Prover {
    fingerprint: Hex<32>,
    kind: Kind,
}

enum Kind {
    /// `validity: none`.
    Unproven(Box<Generators>),
    /// `validity: packproof-1`.
    PackProof(Box<Setting>),
}

/// The ciphertexts of one group with their exponents, entry by entry, block by block.
pub(crate) struct SealedGroup {
    pub(crate) ciphertexts: GroupCiphertexts,
    pub(crate) spent: Zeroizing<Vec<u8>>,
}

impl Prover {
    /// For a survey, with tables of its own.
    ///
    /// # Errors
    /// [`SealRefusal::Proof`] if the survey has no statement to prove, which no server opens.
    pub fn new(survey: &AdmittedManifest) -> Result<Self, SealRefusal> {
        Self::make(survey, || Arc::new(Encryptor::new(survey.paillier(), &survey.manifest().survey.0)))
    }

    /// For a survey whose tables are there already.
    ///
    /// # Errors
    /// [`SealRefusal::Proof`], also if they are another survey's.
    pub fn with(survey: &AdmittedManifest, encryptor: &Arc<Encryptor>) -> Result<Self, SealRefusal> {
        Self::make(survey, || encryptor.clone())
    }

    fn make(
        survey: &AdmittedManifest,
        encryptor: impl FnOnce() -> Arc<Encryptor>,
    ) -> Result<Self, SealRefusal> {
        let fingerprint = *survey.fingerprint();
        let kind = match survey.proof_shape() {
            None => {
                let slots = u32::try_from(survey.layout().slot_count()).map_err(|_| SealRefusal::Proof)?;
                Kind::Unproven(Box::new(Generators::derive(&fingerprint.0, slots)))
            }
            Some(shape) => {
                let shape = shape.map_err(|_| SealRefusal::Proof)?;
                let setting = Setting::new(fingerprint.0, shape, encryptor());
                Kind::PackProof(Box::new(setting.map_err(|_| SealRefusal::Proof)?))
            }
        };
        Ok(Self { fingerprint, kind })
    }

    pub(crate) const fn fingerprint(&self) -> &Hex<32> {
        &self.fingerprint
    }

    pub(crate) const fn generators(&self) -> &Generators {
        match &self.kind {
            Kind::Unproven(generators) => generators,
            Kind::PackProof(setting) => setting.generators(),
        }
    }

    /// The proof of a submission, if the survey asks for one.
    pub(crate) fn prove(
        &self,
        statement: &Statement,
        (values, shares): (&[u64], &Shares),
        groups: &[SealedGroup],
        rng: &mut impl CryptoRng,
    ) -> Result<Option<Vec<u8>>, SealRefusal> {
        let Kind::PackProof(setting) = &self.kind else { return Ok(None) };
        let mut products = Products::default();
        groups.iter().try_for_each(|group| products.add(setting.key(), group)).ok_or(SealRefusal::Entries)?;
        let point = |bytes: Hex<32>| Point::admit(bytes.0).map_err(|_| SealRefusal::Proof);
        let proven = Proven {
            context: &statement.aad(),
            commitment: point(statement.commitment)?,
            share_commitment: point(statement.share_commitment)?,
            data_share: &shares.data,
            ciphertexts: &products.ciphertexts,
            entries: products.entries,
        };
        let witness = Witness {
            values,
            computation_share: &shares.computation,
            check_share: &shares.check,
            exponents: &products.exponents,
        };
        let proof = setting.prove(&proven, &witness, rng).map_err(|_| SealRefusal::Proof)?;
        Ok(Some(proof.into_bytes()))
    }
}

impl fmt::Debug for Prover {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Prover({})", self.fingerprint)
    }
}

/// Per block of every group the product of its entries' ciphertexts and the sum of their exponents.
#[derive(Default)]
struct Products {
    ciphertexts: Vec<Ciphertext>,
    exponents: Vec<ExponentSum>,
    /// The most entries of a group.
    entries: u32,
}

impl Products {
    /// `None` if the group is not whole or its ciphertexts are none.
    fn add(&mut self, key: &PublicKey, group: &SealedGroup) -> Option<()> {
        let entries = group.ciphertexts.entries as usize;
        self.entries = self.entries.max(group.ciphertexts.entries);
        let columns = Columns::of(&group.ciphertexts.bytes, key.ciphertext_bytes(), entries)?;
        let exponents = Columns::of(&group.spent, exponent_bytes(key), entries)?;
        if columns.count != exponents.count {
            return None;
        }
        for block in 0..columns.count {
            let ciphertexts: Vec<&[u8]> = columns.column(block).collect();
            let product = Aggregator::new(key).take(&ciphertexts).ok()?.finish().ok()?;
            self.ciphertexts.push(product.into_ciphertext());
            let mut sum = ExponentSum::zero(key.bits().exponent_bits() + CARRY_BITS);
            exponents.column(block).for_each(|one| sum.add_multiple(&ExponentSum::from_be_bytes(one), 1));
            self.exponents.push(sum);
        }
        Some(())
    }
}

/// Pieces of equal length, entry by entry, of which those of one block are asked for.
struct Columns<'a> {
    bytes: &'a [u8],
    piece: usize,
    /// How many blocks an entry has.
    count: usize,
}

impl<'a> Columns<'a> {
    fn of(bytes: &'a [u8], piece: usize, entries: usize) -> Option<Self> {
        let row = piece.checked_mul(entries)?;
        (row > 0 && bytes.len().is_multiple_of(row)).then(|| Self { bytes, piece, count: bytes.len() / row })
    }

    fn column(&self, block: usize) -> impl Iterator<Item = &'a [u8]> {
        self.bytes.chunks_exact(self.piece).skip(block).step_by(self.count.max(1))
    }
}
