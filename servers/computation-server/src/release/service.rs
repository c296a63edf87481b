//! What is published, and what is destroyed with it.

use protocol::peer::SignatureDocument;
use protocol::{Hex, Problem, Release, ReleasedDocument, Signed};

use crate::fault::{Fault, parse_stored};
use crate::state::State;
use crate::store::{Publish, Released};
use crate::surveys;
use crate::surveys::service::data_server;

/// Publishes, and destroys the key and all shares; the same again changes nothing.
pub(crate) async fn publish(state: &State, id: Hex<32>, document: SignatureDocument) -> Result<(), Fault> {
    let survey = surveys::service::find(state, id).await?;
    let material = state.store.opening_material(id).await?.ok_or(Problem::NotReleased)?;
    let release: Signed<Release> = parse_stored(&material.release.ok_or(Problem::NotReleased)?)?;
    let countersigned = Signed { body: release.body, signature: document.signature };
    countersigned.verify(survey.fingerprint(), data_server(&survey)).map_err(|_| Problem::WrongSignature)?;
    kit::fail_point!("computation-server/countersignature/before-write");
    let published = state.store.publish(id, document.signature).await?;
    kit::fail_point!("computation-server/countersignature/after-write");
    state.scrub().await;
    match published {
        Publish::Published => Ok(()),
        Publish::NoRelease => Err(Problem::NotReleased.into()),
    }
}

/// What everybody may see.
pub(crate) async fn document(state: &State, id: Hex<32>) -> Result<ReleasedDocument, Fault> {
    state.store.survey(id).await?.ok_or(Problem::UnknownSurvey)?;
    Ok(match state.store.released(id).await?.ok_or(Problem::NotReleased)? {
        Released::Release { release, countersignature, agreed, agreed_countersignature } => {
            ReleasedDocument::Released {
                release: parse_stored(&release)?,
                countersignature,
                agreed: parse_stored(&agreed)?,
                agreed_countersignature,
            }
        }
        Released::Ended { ended, agreed } => {
            ReleasedDocument::Ended { ended: parse_stored(&ended)?, agreed: parse_stored(&agreed)? }
        }
    })
}
