//! What can be seen of an opening without opening anything.

use commitments::Share;
use paillier::Ciphertext;
use protocol::peer::OpeningRequest;
use protocol::{AgreedSet, Document, Opening, Outcome, Problem, Signed};

use crate::fault::Fault;
use crate::surveys::Survey;
use crate::surveys::service::data_server;

/// An opening that is signed over the agreed set and has the survey's shape.
#[derive(Debug)]
pub(super) struct AdmittedOpening {
    /// One product per group and block, in order.
    pub(super) products: Vec<Ciphertext>,
    /// Σ s_D.
    pub(super) data_share: Share,
}

/// Checks both signatures, and that the opening is over the agreed set.
pub(super) fn check_signed(
    survey: &Survey,
    agreed: &AgreedSet,
    request: &OpeningRequest,
) -> Result<(), Fault> {
    let peer = data_server(survey);
    let opening = request.opening.verify(survey.fingerprint(), peer).map_err(|_| Problem::WrongSignature)?;
    let countersigned = Signed { body: agreed.clone(), signature: request.agreed_signature };
    countersigned.verify(survey.fingerprint(), peer).map_err(|_| Problem::WrongSignature)?;
    if opening.agreed == agreed.hash() && agreed.outcome == Outcome::Proceed {
        Ok(())
    } else {
        Err(Problem::OpeningRefused.into())
    }
}

/// Admits products and share; `None` unless the shape is the survey's.
pub(super) fn admit(survey: &Survey, opening: &Opening) -> Option<AdmittedOpening> {
    let layout = survey.manifest.layout();
    let shape = layout.groups().iter().map(|group| group.blocks);
    if !shape.eq(opening.aggregates.iter().map(Vec::len)) {
        return None;
    }
    let key = survey.manifest.paillier();
    let products = opening.aggregates.iter().flatten().map(|product| key.admit_ciphertext(&product.0).ok());
    Some(AdmittedOpening {
        products: products.collect::<Option<_>>()?,
        data_share: Share::admit(opening.share_sum.0).ok()?,
    })
}
