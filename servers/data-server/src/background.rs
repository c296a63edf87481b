//! What could not be finished when it was asked for is tried again: at the start, every few seconds, and
//! when somebody calls.

use std::sync::Arc;

use protocol::Problem;
use sqlite::StoreError;
use tokio::sync::watch;

use crate::app::App;
use crate::{enrolments, orders, release, submissions};

/// Works until told to stop; a step under way is finished first.
pub(crate) async fn run(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = round(&app).await {
            tracing::error!(%error, "background");
        }
        tokio::select! {
            _ = stop.changed() => {}
            () = app.wake.notified() => {}
            () = tokio::time::sleep(app.settings.retry_every) => {}
        }
    }
}

/// Enrolments before versions, versions before orders: each may need the one before it.
#[tracing::instrument(skip_all)]
async fn round(app: &App) -> Result<(), StoreError> {
    for (survey, enrolment) in app.store.pending_enrolments().await? {
        if unreachable(enrolments::forward(app, survey, &enrolment).await) {
            return Ok(());
        }
    }
    for version in app.store.pending_versions(None).await? {
        if unreachable(submissions::finish(app, &version).await) {
            return Ok(());
        }
    }
    for order in app.store.pending_orders().await? {
        if unreachable(orders::forward(app, order).await) {
            return Ok(());
        }
    }
    release::advance_all(app).await
}

/// Whether there is no point in asking on.
fn unreachable<T>(outcome: Result<T, Problem>) -> bool {
    outcome.is_err_and(|problem| problem == Problem::PeerUnavailable)
}
