//! `POST /v1/surveys`, `GET /v1/surveys/{survey}`, and what only the organizer may ask.

use actix_web::{HttpRequest, HttpResponse, web};
use kit::Refusal;

use crate::app::App;
use crate::intake::http::{ROSTER, organizer, read_json, survey_id};

#[tracing::instrument(skip_all)]
pub(crate) async fn post(
    app: web::Data<App>,
    request: HttpRequest,
    body: web::Payload,
) -> Result<HttpResponse, actix_web::Error> {
    organizer(&app, &request).await?;
    let wanted = read_json(&request, body, ROSTER).await?;
    let survey = super::open(&app, wanted).await.map_err(Refusal::from)?;
    Ok(HttpResponse::Ok().json(survey))
}

#[tracing::instrument(skip_all)]
pub(crate) async fn get(app: web::Data<App>, survey: web::Path<String>) -> Result<HttpResponse, Refusal> {
    Ok(HttpResponse::Ok().json(super::show(&app, survey_id(&survey)?).await?))
}

#[tracing::instrument(skip_all)]
pub(crate) async fn get_status(
    app: web::Data<App>,
    request: HttpRequest,
    survey: web::Path<String>,
) -> Result<HttpResponse, Refusal> {
    organizer(&app, &request).await?;
    Ok(HttpResponse::Ok().json(super::status(&app, survey_id(&survey)?).await?))
}

#[tracing::instrument(skip_all)]
pub(crate) async fn put_labels(
    app: web::Data<App>,
    request: HttpRequest,
    survey: web::Path<String>,
    body: web::Payload,
) -> Result<HttpResponse, actix_web::Error> {
    organizer(&app, &request).await?;
    let labels = read_json(&request, body, ROSTER).await?;
    super::put_labels(&app, survey_id(&survey)?, labels).await.map_err(Refusal::from)?;
    Ok(HttpResponse::NoContent().finish())
}
