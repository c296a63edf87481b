//! Checks the proof of a submission's form, where the survey asks for one.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use commitments::Point;
use packproof::{Refusal, Setting, Statement};
use paillier::{Ciphertext, Encryptor};
use protocol::{AdmittedManifest, Hex, Problem, Submission, Validity};

/// Surveys whose generators and tables are kept at a time: some megabytes each.
const KEPT: usize = 8;

/// What the proofs of the last surveys are checked with; making it takes longer than checking a proof.
#[derive(Default)]
pub(crate) struct Proofs(Mutex<VecDeque<(Hex<32>, Arc<Setting>)>>);

impl Proofs {
    /// Refuses a submission without the proof that its survey asks for, or with one that does not hold; `products`
    /// are those of its ciphertexts, block by block over all groups.
    pub(super) fn check(
        &self,
        manifest: &AdmittedManifest,
        submission: &Submission,
        products: &[Ciphertext],
    ) -> Result<(), Problem> {
        let proof = match (manifest.manifest().validity, &submission.proof) {
            (Validity::None, None) => return Ok(()),
            (Validity::None, Some(_)) => return Err(Problem::SubmissionRefused),
            (Validity::PackProof1, None) => return Err(Problem::ProofMissing),
            (Validity::PackProof1, Some(proof)) => proof,
        };
        let signed = &submission.statement.statement;
        let point = |bytes: Hex<32>| Point::admit(bytes.0).map_err(|_| Problem::WrongSignature);
        let statement = Statement {
            context: &signed.aad(),
            commitment: point(signed.commitment)?,
            share_commitment: point(signed.share_commitment)?,
            data_share: &submission.share,
            ciphertexts: products,
            entries: submission.groups.iter().map(|group| group.entries).max().unwrap_or(0),
        };
        self.setting(manifest)?.verify(&statement, proof).map_err(name)
    }

    fn setting(&self, manifest: &AdmittedManifest) -> Result<Arc<Setting>, Problem> {
        let survey = manifest.manifest().survey;
        if let Some(known) = self.get(&survey) {
            return Ok(known);
        }
        let shape = manifest.proof_shape().and_then(Result::ok).ok_or(Problem::Internal)?;
        let encryptor = Arc::new(Encryptor::new(manifest.paillier(), &survey.0));
        let setting = Setting::new(manifest.fingerprint().0, shape, encryptor);
        let setting = Arc::new(setting.map_err(|_| Problem::Internal)?);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(other, _)| *other != survey);
        kept.push_back((survey, setting.clone()));
        if kept.len() > KEPT {
            kept.pop_front();
        }
        Ok(setting)
    }

    /// A kept one, which is then the last to go.
    fn get(&self, survey: &Hex<32>) -> Option<Arc<Setting>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|(other, _)| other == survey)?;
        let found = kept.remove(at)?;
        let setting = found.1.clone();
        kept.push_back(found);
        Some(setting)
    }
}

/// `docs/PROTOCOL.md` §9: which refusals of `docs/PROOF.md` §5 have one name here.
const fn name(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::Statement
        | Refusal::Length
        | Refusal::Version
        | Refusal::Point
        | Refusal::Mask
        | Refusal::Scalar => Problem::ProofMalformed,
        Refusal::ProjectionRange | Refusal::AnswerRange | Refusal::Products => Problem::ProofOutOfRange,
        Refusal::Projection | Refusal::Commitment | Refusal::Roots | Refusal::Rows => Problem::ProofForeign,
        Refusal::Facts => Problem::ProofFacts,
        Refusal::Share => Problem::ShareMismatch,
        Refusal::Ciphertexts => Problem::ProofCiphertexts,
    }
}
