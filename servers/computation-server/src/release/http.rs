//! `POST /v1/peer/surveys/{survey}/countersignature` and `GET /v1/surveys/{survey}/release`.

use actix_web::{HttpResponse, web};
use kit::Refusal;

use super::service;
use crate::fault;
use crate::state::State;

/// Publishes what both servers have signed.
#[tracing::instrument(skip_all)]
pub(crate) async fn post_countersignature(
    state: web::Data<State>,
    survey: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Refusal> {
    service::publish(&state, fault::survey_id(&survey)?, fault::parse(&body)?).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Shows what is published.
#[tracing::instrument(skip_all)]
pub(crate) async fn get_release(
    state: web::Data<State>,
    survey: web::Path<String>,
) -> Result<HttpResponse, Refusal> {
    let document = service::document(&state, fault::survey_id(&survey)?).await?;
    Ok(HttpResponse::Ok().json(document))
}
