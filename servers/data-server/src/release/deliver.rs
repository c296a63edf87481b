//! The last step: the countersignature is handed over, then ciphertexts and shares are deleted and the
//! result is public.

use protocol::{Hex, ReleasedDocument, SurveyState};

use super::Halt;
use super::agreement::read;
use crate::app::App;
use crate::store::Ending;

pub(super) async fn deliver(app: &App, id: Hex<32>, ending: &Ending) -> Result<(), Halt> {
    let state = match read(ending.result.as_deref().unwrap_or_default())? {
        ReleasedDocument::Released { countersignature, .. } => {
            kit::fail_point!("data-server/countersignature/before-send");
            app.peer.countersign(&id, countersignature).await?;
            SurveyState::Released
        }
        ReleasedDocument::Ended { .. } => SurveyState::Ended,
    };
    app.store.finish(id, state).await?;
    if app.store.scrub().await.is_err() {
        // Readers were in the way; the log is emptied when the server stops, at the latest.
        tracing::info!("what was deleted is still in the log");
    }
    Ok(())
}
