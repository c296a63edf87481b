//! `POST /v1/surveys/{survey}/enrolments`.

use actix_web::{HttpResponse, web};
use kit::Refusal;

use super::service;
use crate::fault;
use crate::state::State;

/// Enrols, and answers this server's signature.
#[tracing::instrument(skip_all)]
pub(crate) async fn post_enrolment(
    state: web::Data<State>,
    survey: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Refusal> {
    let signature = service::enrol(&state, fault::survey_id(&survey)?, fault::parse(&body)?).await?;
    Ok(HttpResponse::Ok().json(signature))
}
