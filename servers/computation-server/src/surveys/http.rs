//! `POST /v1/peer/surveys` and `GET /v1/surveys/{survey}`.

use actix_web::{HttpResponse, web};
use kit::Refusal;

use super::service;
use crate::fault;
use crate::state::State;

/// Opens a survey for submissions.
#[tracing::instrument(skip_all)]
pub(crate) async fn post_survey(state: web::Data<State>, body: web::Bytes) -> Result<HttpResponse, Refusal> {
    let signature = service::open(&state, fault::parse(&body)?).await?;
    Ok(HttpResponse::Ok().json(signature))
}

/// Shows a survey.
#[tracing::instrument(skip_all)]
pub(crate) async fn get_survey(
    state: web::Data<State>,
    survey: web::Path<String>,
) -> Result<HttpResponse, Refusal> {
    let document = service::document(&state, fault::survey_id(&survey)?).await?;
    Ok(HttpResponse::Ok().json(document))
}
