//! The first reporter key that an invitation signs is its own for good.

use protocol::peer::SignatureDocument;
use protocol::{Enrolment, Hex, Problem};

use crate::fault::Fault;
use crate::state::State;
use crate::store::Enrol;
use crate::surveys;

/// Enrols a reporter key; the same request again gets the same answer.
pub(crate) async fn enrol(
    state: &State,
    id: Hex<32>,
    enrolment: Enrolment,
) -> Result<SignatureDocument, Fault> {
    let survey = surveys::service::find(state, id).await?;
    let fingerprint = survey.fingerprint();
    enrolment.verify(fingerprint).map_err(|_| Problem::WrongSignature)?;
    let (key, credential) = (enrolment.invitation_key, enrolment.reporter_key);
    match state.store.enrol(id, key, credential, state.now_s()).await? {
        Enrol::Bound => {
            Ok(SignatureDocument { signature: enrolment.confirm(fingerprint, &state.identity.signing) })
        }
        Enrol::Other => Err(Problem::AlreadyEnrolled.into()),
        Enrol::CredentialInUse => Err(Problem::CredentialInUse.into()),
        Enrol::Unknown => Err(Problem::InvitationUnknown.into()),
        Enrol::Closed => Err(Problem::SurveyClosed.into()),
    }
}
