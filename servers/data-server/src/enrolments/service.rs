//! Binds here first, then at the computation server; both confirmations are the answer.

use protocol::{Enrolled, Enrolment, Hex, Problem};

use crate::app::{App, internal};
use crate::peer::PeerFailure;
use crate::store::Enrol;

/// Enrols, or finds the same enrolment.
pub(crate) async fn enrol(app: &App, id: Hex<32>, enrolment: Enrolment) -> Result<Enrolled, Problem> {
    let survey = app.survey(id).await?;
    let fingerprint = survey.manifest.fingerprint();
    enrolment.verify(fingerprint).map_err(|_| Problem::WrongSignature)?;
    let computation_server =
        match app.store.enrol(id, enrolment.clone(), app.now_s()).await.map_err(internal)? {
            Enrol::Bound(Some(confirmation)) => confirmation,
            Enrol::Bound(None) => forward(app, id, &enrolment).await?,
            Enrol::Unknown => return Err(Problem::InvitationUnknown),
            Enrol::Taken => return Err(Problem::AlreadyEnrolled),
            Enrol::CredentialInUse => return Err(Problem::CredentialInUse),
            Enrol::Closed => return Err(Problem::SurveyClosed),
        };
    Ok(Enrolled { data_server: enrolment.confirm(fingerprint, &app.keys.signing), computation_server })
}

/// Hands a kept enrolment on; also in the background.
pub(crate) async fn forward(app: &App, id: Hex<32>, enrolment: &Enrolment) -> Result<Hex<64>, Problem> {
    let survey = app.survey(id).await?;
    match app.peer.enrol(&survey.manifest, enrolment).await {
        Ok(signature) => {
            let key = enrolment.invitation_key;
            app.store.confirm_enrolment(id, key, signature).await.map_err(internal)?;
            Ok(signature)
        }
        Err(PeerFailure::Refused(problem)) => {
            app.store.drop_enrolment(id, enrolment.invitation_key).await.map_err(internal)?;
            Err(problem)
        }
        Err(failure) => Err(failure.into()),
    }
}
