//! The submission: everything that goes to the data server, sealed to it.

use crate::{
    AdmittedManifest, Declaration, SealingKey, SealingPublicKey, SignedStatement, Unsealable, most_entries,
};
use commitments::Share;
use rand_core::CryptoRng;
use survey::{GroupLayout, Layout};
use zeroize::Zeroizing;

const INFO: &str = "sealed-pay/v1/submission";
/// Without a proof.
const FORMAT: u8 = 1;
/// What is left behind the groups is the proof.
const FORMAT_PROVEN: u8 = 2;

/// Why a submission is refused before its ciphertexts are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SubmissionRefusal {
    /// It does not open under this server's key in this context.
    #[error("the submission is not sealed to this server for this credential and version")]
    Unsealable,
    /// Its content cannot be read.
    #[error("the submission is malformed")]
    Malformed,
    /// Signed for another survey, credential or version, or not signed.
    #[error("the submission's statement is refused")]
    Statement,
    /// Groups, entries or blocks are not as the layout has them.
    #[error("the submission does not have the survey's shape")]
    Shape,
    /// s_D is not a canonical scalar.
    #[error("the submission's share is refused")]
    Share,
}

/// The ciphertexts of one group: entries × blocks × (c₀ ‖ c₁), not yet admitted.
#[derive(Clone, PartialEq, Eq)]
pub struct GroupCiphertexts {
    /// How many entries.
    pub entries: u32,
    /// Their blocks, entry by entry.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for GroupCiphertexts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "GroupCiphertexts({} entries)", self.entries)
    }
}

/// What the data server reads.
#[derive(Debug)]
pub struct Submission {
    /// The signed statement.
    pub statement: SignedStatement,
    /// s_D.
    pub share: Share,
    /// The sealed declaration, which only the computation server opens.
    pub sealed_declaration: Vec<u8>,
    /// One per group of the layout.
    pub groups: Vec<GroupCiphertexts>,
    /// The proof of its form (`docs/PROOF.md`), not yet checked.
    pub proof: Option<Vec<u8>>,
}

impl Submission {
    /// Seals to the data server: format (1 byte: 1 without a proof, 2 with one) ‖ signed statement ‖ s_D (32) ‖
    /// sealed declaration ‖ for each group: u32_be entries ‖ entries × blocks × (c₀ ‖ c₁) ‖ the proof.
    ///
    /// # Errors
    /// [`Unsealable`] if the server's key is none.
    pub fn seal(&self, server: &SealingPublicKey, rng: &mut impl CryptoRng) -> Result<Vec<u8>, Unsealable> {
        let format = if self.proof.is_some() { FORMAT_PROVEN } else { FORMAT };
        let mut plain = Zeroizing::new(vec![format]);
        plain.extend_from_slice(&self.statement.to_bytes());
        plain.extend_from_slice(&self.share.expose_bytes());
        plain.extend_from_slice(&self.sealed_declaration);
        for group in &self.groups {
            plain.extend_from_slice(&group.entries.to_be_bytes());
            plain.extend_from_slice(&group.bytes);
        }
        plain.extend_from_slice(self.proof.as_deref().unwrap_or_default());
        server.seal(INFO, &self.statement.statement.aad(), &plain, rng)
    }

    /// Opens what was uploaded for (fingerprint, credential, version) in `aad`, and checks everything but
    /// the ciphertexts and the proof themselves.
    ///
    /// # Errors
    /// [`SubmissionRefusal`].
    pub fn admit(
        sealed: &[u8],
        aad: &[u8],
        key: &SealingKey,
        layout: &Layout,
    ) -> Result<Self, SubmissionRefusal> {
        let plain = key.open(INFO, aad, sealed).map_err(|_| SubmissionRefusal::Unsealable)?;
        let mut rest = plain.as_slice();
        let is_proven = match take(&mut rest, 1)? {
            [FORMAT] => false,
            [FORMAT_PROVEN] => true,
            _ => return Err(SubmissionRefusal::Malformed),
        };
        let statement = SignedStatement::admit(take(&mut rest, SignedStatement::BYTES)?)
            .map_err(|_| SubmissionRefusal::Statement)?;
        if statement.statement.aad() != aad || statement.statement.kind != crate::Kind::Submission {
            return Err(SubmissionRefusal::Statement);
        }
        let share = take(&mut rest, 32)?.try_into().map_err(|_| SubmissionRefusal::Malformed)?;
        let share = Share::admit(share).map_err(|_| SubmissionRefusal::Share)?;
        let sealed_declaration = take(&mut rest, Declaration::SEALED_BYTES)?.to_vec();
        let groups: Result<Vec<_>, _> =
            layout.groups().iter().map(|group| take_group(&mut rest, group, layout)).collect();
        let groups = groups?;
        let proof = is_proven.then(|| rest.to_vec());
        if rest.is_empty() || is_proven {
            Ok(Self { statement, share, sealed_declaration, groups, proof })
        } else {
            Err(SubmissionRefusal::Shape)
        }
    }

    /// The largest upload that a manifest allows, in bytes: the most ciphertexts, and the longest proof.
    #[must_use]
    pub fn max_sealed_bytes(manifest: &AdmittedManifest) -> usize {
        let layout = manifest.layout();
        let shape = manifest.proof_shape().and_then(Result::ok);
        let proof = shape.map_or(0, |shape| shape.proof_bytes(most_entries(layout)));
        let employees = layout.capacity().max_employees_per_reporter() as usize;
        let lists =
            || layout.groups().iter().filter(|group| group.category.is_some()).map(|group| group.blocks);
        let single =
            layout.groups().iter().filter(|group| group.category.is_none()).map(|group| group.blocks);
        // All employees may be in the group with the longest entries, and no list is padded by more than 256.
        let padded = employees * lists().max().unwrap_or(0) + 256 * lists().sum::<usize>();
        let ciphertexts = (padded + single.sum::<usize>()) * 2 * layout.block_bytes();
        let fixed = 1 + SignedStatement::BYTES + 32 + Declaration::SEALED_BYTES;
        fixed + 4 * layout.groups().len() + ciphertexts + proof + crate::sealing::OVERHEAD_BYTES
    }
}

fn take<'a>(rest: &mut &'a [u8], len: usize) -> Result<&'a [u8], SubmissionRefusal> {
    let (head, tail) = rest.split_at_checked(len).ok_or(SubmissionRefusal::Malformed)?;
    *rest = tail;
    Ok(head)
}

fn take_group(
    rest: &mut &[u8],
    group: &GroupLayout,
    layout: &Layout,
) -> Result<GroupCiphertexts, SubmissionRefusal> {
    let entries = take(rest, 4)?.try_into().map_err(|_| SubmissionRefusal::Malformed)?;
    let entries = u32::from_be_bytes(entries);
    if !layout.takes_len(group, entries as usize) {
        return Err(SubmissionRefusal::Shape);
    }
    let len = (entries as usize).saturating_mul(group.blocks).saturating_mul(2 * layout.block_bytes());
    let bytes = take(rest, len).map_err(|_| SubmissionRefusal::Shape)?.to_vec();
    Ok(GroupCiphertexts { entries, bytes })
}
