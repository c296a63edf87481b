//! A version is finished by the computation server's word; both words are the receipt.

use protocol::{Kind, Problem, Receipt};

use crate::app::{App, internal};
use crate::peer::PeerFailure;
use crate::store::Version;

/// Hands a kept version on, unless that is done; also in the background.
pub(crate) async fn finish(app: &App, version: &Version) -> Result<Receipt, Problem> {
    if let Some(declared) = version.declared {
        return Ok(Receipt { held: version.held, declared });
    }
    let survey = app.survey(version.key.survey).await?;
    kit::fail_point!("data-server/declaration/before-forward");
    let asked = match (version.statement.statement.kind, &version.declaration) {
        (Kind::Withdrawal, _) => app.peer.withdraw(&survey.manifest, version).await,
        (Kind::Submission, Some(sealed)) => app.peer.declare(&survey.manifest, version, sealed).await,
        (Kind::Submission, None) => return Err(Problem::Internal),
    };
    kit::fail_point!("data-server/declaration/after-forward");
    let declared = match asked {
        Ok(word) => word,
        Err(failure) => return Err(refused(app, version, failure).await?),
    };
    app.store.declare(version.key, declared).await.map_err(internal)?;
    Ok(Receipt { held: version.held, declared })
}

/// Forgets a version that will never be declared, so that its number may be used again.
async fn refused(app: &App, version: &Version, failure: PeerFailure) -> Result<Problem, Problem> {
    // A survey that is closed there may still be open here for a moment: that is no word about the version.
    if let PeerFailure::Refused(problem) = failure
        && problem != Problem::SurveyClosed
    {
        app.store.drop_version(version.key).await.map_err(internal)?;
    }
    Ok(failure.into())
}
