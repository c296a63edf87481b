//! After the release: was this receipt's version counted?

use crate::{CheckedReceipt, CheckedSurvey};
use protocol::{AgreedSet, Discrepancy, Document, Outcome, ReleasedDocument, Side, Signed};

/// What became of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// It is among the counted.
    Yes,
    /// Another version of the same credential is among the counted.
    OtherVersion(u32),
    /// This version is among the counted with another commitment. Members are those whose statement carries the
    /// reporter's signature, so somebody else signed with the reporter's key.
    OtherCommitment,
    /// Not counted: this server signed for it and lost it. The receipt proves it.
    Lost(Side),
    /// Not counted, although both servers signed the receipt and named no reason: it was withdrawn since, or
    /// the receipt convicts the two servers together.
    No,
    /// The survey ended without a result.
    Ended,
}

/// Why a result is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResultDistrust {
    /// The computation server's signature does not hold, or is about another survey.
    #[error("the computation server did not sign this result for this survey")]
    ComputationServer,
    /// The data server's signature does not hold.
    #[error("the data server did not sign this result")]
    DataServer,
    /// The result is about another set than the one beside it, or the set's outcome is another.
    #[error("the result does not belong to the agreed set")]
    OtherSet,
}

/// Checks the signatures of a result and looks the receipt's version up in the agreed set.
///
/// # Errors
/// [`ResultDistrust`].
pub fn was_counted(
    survey: &CheckedSurvey,
    document: &ReleasedDocument,
    receipt: &CheckedReceipt,
) -> Result<Counted, ResultDistrust> {
    let manifest = survey.manifest();
    let (data, computation) = (manifest.data_server(), manifest.computation_server());
    let fingerprint = manifest.fingerprint();
    match document {
        ReleasedDocument::Ended { ended, agreed } => {
            let ended =
                ended.verify(fingerprint, computation).map_err(|_| ResultDistrust::ComputationServer)?;
            check_set(survey, agreed, ended.agreed)?;
            Ok(Counted::Ended)
        }
        ReleasedDocument::Released { release, countersignature, agreed, agreed_countersignature } => {
            let body =
                release.verify(fingerprint, computation).map_err(|_| ResultDistrust::ComputationServer)?;
            check_set(survey, agreed, body.agreed)?;
            let by_data = |signature| Signed { body: body.clone(), signature };
            by_data(*countersignature).verify(fingerprint, data).map_err(|_| ResultDistrust::DataServer)?;
            let set = Signed { body: agreed.body.clone(), signature: *agreed_countersignature };
            set.verify(fingerprint, data).map_err(|_| ResultDistrust::DataServer)?;
            if agreed.body.outcome == Outcome::Proceed {
                Ok(look_up(&agreed.body, receipt))
            } else {
                Err(ResultDistrust::OtherSet)
            }
        }
    }
}

fn check_set(
    survey: &CheckedSurvey,
    agreed: &Signed<AgreedSet>,
    hash: protocol::Hex<32>,
) -> Result<(), ResultDistrust> {
    let manifest = survey.manifest();
    let set = agreed
        .verify(manifest.fingerprint(), manifest.computation_server())
        .map_err(|_| ResultDistrust::ComputationServer)?;
    if set.hash() == hash { Ok(()) } else { Err(ResultDistrust::OtherSet) }
}

fn look_up(set: &AgreedSet, receipt: &CheckedReceipt) -> Counted {
    let statement = &receipt.statement().statement;
    let (ours, version) = (statement.credential, statement.version);
    if let Some(member) = set.members.iter().find(|member| member.credential == ours) {
        return match member.version == version {
            true if member.commitment == statement.commitment => Counted::Yes,
            true => Counted::OtherCommitment,
            false => Counted::OtherVersion(member.version),
        };
    }
    let lost = set.discrepancies.iter().find_map(|found| match found {
        Discrepancy::Lost { credential, version: v, by } if (*credential, *v) == (ours, version) => Some(*by),
        _ => None,
    });
    lost.map_or(Counted::No, Counted::Lost)
}
