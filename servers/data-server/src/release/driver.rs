//! Goes from step to step as far as possible; what is kept says where to go on.

use std::sync::Arc;

use protocol::{AdmittedManifest, Hex};
use sqlite::StoreError;

use super::{Halt, agreement, deliver, opening};
use crate::app::{App, internal};
use crate::submissions::finish;

impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Self {
        Self::Later(internal(error))
    }
}

/// Every survey on its way to the end, as far as it goes now.
pub(crate) async fn advance_all(app: &App) -> Result<(), StoreError> {
    for survey in app.store.opening_surveys().await? {
        if app.halted.contains(&survey) {
            continue;
        }
        match advance(app, survey).await {
            Ok(()) => tracing::info!("a survey has ended"),
            Err(Halt::Later(problem)) => tracing::info!(problem = problem.row().uri, "release waits"),
            Err(Halt::ForGood(why)) => {
                tracing::error!(why, "release stopped");
                app.halted.add(survey);
            }
        }
    }
    Ok(())
}

/// Takes every step that is left.
#[tracing::instrument(skip_all)]
async fn advance(app: &App, id: Hex<32>) -> Result<(), Halt> {
    let survey = app.survey(id).await.map_err(Halt::Later)?;
    let manifest: Arc<AdmittedManifest> = survey.manifest;
    loop {
        match app.store.ending(id).await? {
            None => {
                finish_what_can_be(app, id).await?;
                agreement::freeze(app, id, &manifest).await?;
            }
            Some(ending) if ending.result.is_some() => return deliver::deliver(app, id, &ending).await,
            Some(ending) => match (&ending.agreement, ending.opening) {
                (None, _) => agreement::settle(app, id, &manifest, &ending.list).await?,
                (Some(agreed), None) => opening::make(app, id, &manifest, agreed).await?,
                (Some(agreed), Some(bytes)) => opening::send(app, id, &manifest, agreed, bytes).await?,
            },
        }
    }
}

/// Before the list is frozen: versions that the other server does not have yet, one last time.
async fn finish_what_can_be(app: &App, id: Hex<32>) -> Result<(), StoreError> {
    for version in app.store.pending_versions(Some(id)).await? {
        if finish(app, &version).await.is_err() {
            tracing::info!("a version stays unfinished");
        }
    }
    Ok(())
}
