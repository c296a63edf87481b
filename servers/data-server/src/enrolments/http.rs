//! `POST /v1/surveys/{survey}/enrolments`.

use actix_web::{HttpRequest, HttpResponse, web};
use kit::Refusal;

use crate::app::App;
use crate::intake::http::{SMALL, read_json, survey_id};

#[tracing::instrument(skip_all)]
pub(crate) async fn post(
    app: web::Data<App>,
    request: HttpRequest,
    survey: web::Path<String>,
    body: web::Payload,
) -> Result<HttpResponse, actix_web::Error> {
    let enrolment = read_json(&request, body, SMALL).await?;
    let enrolled = super::enrol(&app, survey_id(&survey)?, enrolment).await.map_err(Refusal::from)?;
    Ok(HttpResponse::Ok().json(enrolled))
}
