//! What could not be finished when it was asked for is tried again: at the start, every few seconds, and
//! when somebody calls.

use std::sync::Arc;

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

/// Enrolments before versions, versions before orders: each may need the one before it. One that finds no
/// answer holds up nobody else: the other server may have no answer to this one alone.
#[tracing::instrument(skip_all)]
async fn round(app: &App) -> Result<(), StoreError> {
    let mut waiting = 0_usize;
    for (survey, enrolment) in app.store.pending_enrolments().await? {
        waiting += usize::from(enrolments::forward(app, survey, &enrolment).await.is_err());
    }
    for version in app.store.pending_versions(None).await? {
        waiting += usize::from(submissions::finish(app, &version).await.is_err());
    }
    for order in app.store.pending_orders().await? {
        waiting += usize::from(orders::forward(app, order).await.is_err());
    }
    if waiting > 0 {
        tracing::info!(waiting, "not finished in this round");
    }
    release::advance_all(app).await
}
