//! Everything that is checked of a submission before it is kept, every ciphertext and the proof included.

use commitments::Share;
use protocol::{AdmittedManifest, Problem, SealingKey, SignedStatement, Submission, SubmissionRefusal};
use rand_core::CryptoRng;

use super::products;
use super::proofs::Proofs;
use super::shuffle::shuffle;
use crate::store::VersionKey;

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
    proofs: &Proofs,
    key: VersionKey,
    (sealing, upload): (&SealingKey, &[u8]),
    mut rng: impl CryptoRng,
) -> Result<Admitted, Problem> {
    let version = key.version.to_be_bytes();
    let aad = [&manifest.fingerprint().0[..], &key.credential.0, &version].concat();
    let submission = Submission::admit(upload, &aad, sealing, manifest.layout()).map_err(name)?;
    let (paillier, layouts) = (manifest.paillier(), manifest.layout().groups());
    let mut all = Vec::new();
    for (group, layout) in submission.groups.iter().zip(layouts) {
        all.extend(products::admit(paillier, &group.bytes, layout.blocks)?);
    }
    proofs.check(manifest, &submission, &all)?;
    let Submission { statement, share, sealed_declaration, groups, .. } = submission;
    let mut shuffled = Vec::with_capacity(groups.len());
    for (group, layout) in groups.into_iter().zip(layouts) {
        let mut bytes = group.bytes;
        shuffle(&mut bytes, layout.blocks * paillier.ciphertext_bytes(), &mut rng);
        shuffled.push(bytes);
    }
    Ok(Admitted { statement, share, sealed_declaration, groups: shuffled })
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
