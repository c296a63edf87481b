//! Everything that is checked of a submission before it is kept, every ciphertext included.

use commitments::Share;
use paillier::{CiphertextRefusal, PublicKey};
use protocol::{AdmittedManifest, Problem, SealingKey, SignedStatement, Submission, SubmissionRefusal};
use rand_core::CryptoRng;
use rayon::prelude::*;

use super::shuffle::shuffle;
use crate::store::VersionKey;

/// Ciphertexts that share one gcd; more of them would leave a core idle.
const BATCH: usize = 64;

/// A submission that may be kept; its entries are in an order drawn here.
pub(super) struct Admitted {
    pub(super) statement: SignedStatement,
    pub(super) share: Share,
    pub(super) sealed_declaration: Vec<u8>,
    pub(super) groups: Vec<Vec<u8>>,
}

/// Opens and checks an upload.
pub(super) fn admit(
    manifest: &AdmittedManifest,
    key: VersionKey,
    sealing: &SealingKey,
    upload: &[u8],
    mut rng: impl CryptoRng,
) -> Result<Admitted, Problem> {
    let version = key.version.to_be_bytes();
    let aad = [&manifest.fingerprint().0[..], &key.credential.0, &version].concat();
    let submission = Submission::admit(upload, &aad, sealing, manifest.layout()).map_err(name)?;
    let Submission { statement, share, sealed_declaration, groups } = submission;
    let paillier = manifest.paillier();
    let mut shuffled = Vec::with_capacity(groups.len());
    for (group, layout) in groups.into_iter().zip(manifest.layout().groups()) {
        admit_ciphertexts(paillier, &group.bytes)?;
        let mut bytes = group.bytes;
        shuffle(&mut bytes, layout.blocks * paillier.ciphertext_bytes(), &mut rng);
        shuffled.push(bytes);
    }
    Ok(Admitted { statement, share, sealed_declaration, groups: shuffled })
}

fn admit_ciphertexts(key: &PublicKey, bytes: &[u8]) -> Result<(), Problem> {
    bytes
        .par_chunks(BATCH * key.ciphertext_bytes())
        .try_for_each(|batch| key.admit_ciphertexts(batch).map(drop))
        .map_err(|(_, refusal)| match refusal {
            CiphertextRefusal::WrongLength => Problem::SubmissionRefused,
            CiphertextRefusal::NotReduced => Problem::CiphertextNotReduced,
            CiphertextRefusal::Zero => Problem::CiphertextZero,
            CiphertextRefusal::SharesFactor => Problem::CiphertextSharesFactor,
        })
}

fn name(refusal: SubmissionRefusal) -> Problem {
    match refusal {
        SubmissionRefusal::Unsealable => Problem::SubmissionUnsealable,
        SubmissionRefusal::Statement => Problem::WrongSignature,
        SubmissionRefusal::Malformed | SubmissionRefusal::Shape | SubmissionRefusal::Share => {
            Problem::SubmissionRefused
        }
    }
}
