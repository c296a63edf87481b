//! Opens surveys and shows them.

use std::sync::Arc;

use protocol::peer::ForwardedOpenRequest;
use protocol::{AdmittedManifest, Hex, Manifest, OpenRequest, Problem, SurveyDocument, canonical};

use super::checks::{check_draft, check_request};
use crate::app::{App, calculate, internal};
use crate::drafts;
use crate::peer::PeerFailure;
use crate::release::marks;
use crate::store::{NewSurvey, Open, Survey};

/// Opens a survey at both servers, or finds it open.
pub(crate) async fn open(app: &App, request: OpenRequest) -> Result<SurveyDocument, Problem> {
    let id = request.manifest.survey;
    if let Some(row) = app.store.survey(id).await.map_err(internal)? {
        return go_on(app, row, request).await;
    }
    let draft = drafts::find(app, &id).await?.ok_or(Problem::ManifestForeign)?;
    let manifest = request.manifest.clone();
    let admitted = calculate(|| manifest.admit()).await?.map_err(|_| Problem::ManifestRefused)?;
    check_draft(&request.manifest, &draft)?;
    check_request(&request, &admitted, &app.settings, app.now_s())?;
    require_mark(app, &id)?;
    let admitted = Arc::new(admitted);
    match app.store.put_survey(new_survey(app, &request, &admitted)).await.map_err(internal)? {
        Open::Other => return Err(Problem::AlreadyOpen),
        Open::Kept | Open::Same => {}
    }
    app.manifests.keep(admitted);
    forward(app, request).await
}

/// The same request again gets the same answer.
async fn go_on(app: &App, row: Survey, request: OpenRequest) -> Result<SurveyDocument, Problem> {
    if row.fingerprint != request.manifest.fingerprint() {
        return Err(Problem::AlreadyOpen);
    }
    if row.organizer_signature != request.organizer_signature {
        return Err(Problem::WrongSignature);
    }
    match row.computation_server_signature {
        Some(_) => document(app, &row),
        None => {
            require_mark(app, &row.id)?;
            forward(app, request).await
        }
    }
}

/// The mark was made with the draft. Where it is lost nothing starts anew: the opening may have begun.
fn require_mark(app: &App, id: &Hex<32>) -> Result<(), Problem> {
    if marks::is_unopened(&app.settings.marks, id) { Ok(()) } else { Err(Problem::ManifestForeign) }
}

fn new_survey(app: &App, request: &OpenRequest, admitted: &AdmittedManifest) -> NewSurvey {
    NewSurvey {
        id: request.manifest.survey,
        fingerprint: *admitted.fingerprint(),
        manifest: canonical::encode(&request.manifest),
        organizer_signature: request.organizer_signature,
        data_server_signature: request.manifest.sign(&app.keys.signing),
        max_reporters: request.manifest.max_reporters,
        closes_at: request.manifest.closes_at,
        roster: request.roster.clone(),
    }
}

async fn forward(app: &App, request: OpenRequest) -> Result<SurveyDocument, Problem> {
    let id = request.manifest.survey;
    let data_server_signature = request.manifest.sign(&app.keys.signing);
    let forwarded = ForwardedOpenRequest { request, data_server_signature };
    match app.peer.open_survey(&forwarded).await {
        Ok(signature) => app.store.confirm_survey(id, signature).await.map_err(internal)?,
        Err(PeerFailure::Refused(problem)) => {
            app.store.drop_survey(id).await.map_err(internal)?;
            return Err(problem);
        }
        Err(failure) => return Err(failure.into()),
    }
    show(app, id).await
}

/// A survey as everybody sees it.
pub(crate) async fn show(app: &App, id: Hex<32>) -> Result<SurveyDocument, Problem> {
    let row = app.store.survey(id).await.map_err(internal)?.ok_or(Problem::UnknownSurvey)?;
    document(app, &row)
}

fn document(app: &App, row: &Survey) -> Result<SurveyDocument, Problem> {
    let manifest: Manifest = serde_json::from_slice(&row.manifest).map_err(|_| Problem::Internal)?;
    Ok(SurveyDocument {
        manifest,
        organizer_signature: row.organizer_signature,
        data_server_signature: row.data_server_signature,
        computation_server_signature: row.computation_server_signature.ok_or(Problem::UnknownSurvey)?,
        state: row.state(app.now_s()),
    })
}
