//! `PUT /v1/surveys/{survey}/submissions/{credential}/{version}`.

use actix_web::{HttpRequest, HttpResponse, web};
use kit::Refusal;
use protocol::{Hex, Problem};

use super::Acknowledged;
use crate::app::App;
use crate::intake::http::{announced, read_body, survey_id};
use crate::store::VersionKey;

#[tracing::instrument(skip_all)]
pub(crate) async fn put(
    app: web::Data<App>,
    request: HttpRequest,
    path: web::Path<(String, String, u32)>,
    body: web::Payload,
) -> Result<HttpResponse, actix_web::Error> {
    let (survey, credential, version) = path.into_inner();
    let credential = Hex::parse(&credential).ok_or(Refusal::from(Problem::CredentialUnknown))?;
    let key = VersionKey { survey: survey_id(&survey)?, credential, version };
    let limit = super::limit(&app, key).await.map_err(Refusal::from)?;
    // A body has its room before a byte of it is read, until it is checked.
    let room = app.bodies.room(announced(&request, limit)).await.map_err(Refusal::from)?;
    let body = read_body(&request, body, limit).await?;
    let answer = super::submit(&app, key, (body, room)).await.map_err(Refusal::from)?;
    die_after_answer();
    Ok(match answer {
        Acknowledged::Now(receipt) => HttpResponse::Created().json(receipt),
        Acknowledged::Before(receipt) => HttpResponse::Ok().json(receipt),
    })
}

/// Where a test may let the process die once the answer is most likely out.
#[cfg(feature = "fail-points")]
fn die_after_answer() {
    tokio::spawn(async {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        kit::fail_point!("data-server/submission/after-answer");
    });
}

#[cfg(not(feature = "fail-points"))]
const fn die_after_answer() {}
