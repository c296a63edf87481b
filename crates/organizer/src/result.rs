//! A result that can be relied on: both signatures, the agreed set, and every figure.

use protocol::{
    AdmittedManifest, AgreedSet, CountersignRefusal, Document, Ended, Hex, Outcome, Release,
    ReleasedDocument, Signed, countersign_check,
};

/// Why a result is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResultDistrust {
    /// The computation server's signature does not hold, or is about another survey.
    #[error("the computation server did not sign this result for this survey")]
    ComputationServer,
    /// The data server's signature does not hold.
    #[error("the data server did not countersign this result")]
    DataServer,
    /// The result is about another set than the one beside it, or contradicts it.
    #[error("the result does not belong to the agreed set")]
    OtherSet,
    /// A figure breaks a rule, or does not follow from the published slots: the data server should not have
    /// signed.
    #[error("the result breaks a rule: {0}")]
    Figures(#[from] CountersignRefusal),
}

/// A result in which everything holds that can be checked from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VerifiedResult {
    /// Published.
    Released {
        /// The figures.
        release: Release,
        /// Who was counted.
        agreed: AgreedSet,
    },
    /// Ended without a result.
    Ended {
        /// Why.
        ended: Ended,
        /// Who would have been counted.
        agreed: AgreedSet,
    },
}

/// Checks a result against its survey.
///
/// # Errors
/// [`ResultDistrust`] names the first thing that is wrong.
pub fn verify_result(
    manifest: &AdmittedManifest,
    document: &ReleasedDocument,
) -> Result<VerifiedResult, ResultDistrust> {
    let (fingerprint, server) = (manifest.fingerprint(), manifest.computation_server());
    match document {
        ReleasedDocument::Ended { ended, agreed } => {
            let ended = ended.verify(fingerprint, server).map_err(|_| ResultDistrust::ComputationServer)?;
            let agreed = check_set(manifest, agreed, ended.agreed)?;
            Ok(VerifiedResult::Ended { ended: ended.clone(), agreed })
        }
        ReleasedDocument::Released { release, countersignature, agreed, agreed_countersignature } => {
            let body = release.verify(fingerprint, server).map_err(|_| ResultDistrust::ComputationServer)?;
            countersigned(manifest, body, *countersignature)?;
            countersigned(manifest, &agreed.body, *agreed_countersignature)?;
            let agreed = check_set(manifest, agreed, body.agreed)?;
            if agreed.outcome != Outcome::Proceed {
                return Err(ResultDistrust::OtherSet);
            }
            countersign_check(manifest, &agreed, body)?;
            Ok(VerifiedResult::Released { release: body.clone(), agreed })
        }
    }
}

fn countersigned<T: Document + Clone>(
    manifest: &AdmittedManifest,
    body: &T,
    signature: Hex<64>,
) -> Result<(), ResultDistrust> {
    let signed = Signed { body: body.clone(), signature };
    let verified = signed.verify(manifest.fingerprint(), manifest.data_server());
    verified.map(|_| ()).map_err(|_| ResultDistrust::DataServer)
}

fn check_set(
    manifest: &AdmittedManifest,
    agreed: &Signed<AgreedSet>,
    hash: Hex<32>,
) -> Result<AgreedSet, ResultDistrust> {
    let set = agreed
        .verify(manifest.fingerprint(), manifest.computation_server())
        .map_err(|_| ResultDistrust::ComputationServer)?;
    if set.hash() == hash { Ok(set.clone()) } else { Err(ResultDistrust::OtherSet) }
}
