//! A version is finished by the computation server's word; both words are the receipt.

use protocol::{Kind, Problem, Receipt};

use crate::app::{App, internal};
use crate::peer::{NotDeclared, PeerFailure};
use crate::store::{Declare, Version};

/// Hands a kept version on, unless that is done; also in the background.
pub(crate) async fn finish(app: &App, version: &Version) -> Result<Receipt, Problem> {
    if let Some(declared) = version.declared {
        return Ok(Receipt { held: version.held, declared });
    }
    let survey = app.survey(version.key.survey).await?;
    kit::fail_point!("data-server/declaration/before-forward");
    let asked = match (version.statement.statement.kind, &version.declaration) {
        (Kind::Withdrawal, _) => {
            app.peer.withdraw(&survey.manifest, version).await.map_err(NotDeclared::from)
        }
        (Kind::Submission, Some(sealed)) => app.peer.declare(&survey.manifest, version, sealed).await,
        (Kind::Submission, None) => return Err(Problem::Internal),
    };
    kit::fail_point!("data-server/declaration/after-forward");
    let declared = match asked {
        Ok(word) => word,
        Err(refusal) => return Err(refused(app, version, refusal).await?),
    };
    // What is not here any more gets no receipt, whatever the computation server says of it.
    match app.store.declare(version.message(), declared).await.map_err(internal)? {
        Declare::Kept(declared) => Ok(Receipt { held: version.held, declared }),
        Declare::Used => Err(Problem::VersionUsed),
        Declare::Gone => Err(Problem::PeerUnavailable),
    }
}

/// Forgets a version that will never be declared, so that its number may be used again. The refusal is kept:
/// this server's word was handed over with it.
async fn refused(app: &App, version: &Version, not: NotDeclared) -> Result<Problem, Problem> {
    let NotDeclared { failure, refusal } = not;
    // A survey that is closed there may still be open here for a moment: that is no word about the version.
    if let PeerFailure::Refused(problem) = failure
        && problem != Problem::SurveyClosed
    {
        match refusal {
            Some(refusal) => app.store.refuse_version(version.clone(), refusal).await,
            None => app.store.drop_version(version.message()).await,
        }
        .map_err(internal)?;
    }
    Ok(failure.into())
}
