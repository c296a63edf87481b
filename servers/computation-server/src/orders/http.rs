//! `POST /v1/surveys/{survey}/orders`.

use actix_web::{HttpResponse, web};
use kit::Refusal;

use super::service;
use crate::fault;
use crate::state::State;

/// Carries out a signed order.
#[tracing::instrument(skip_all)]
pub(crate) async fn post_order(
    state: web::Data<State>,
    survey: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Refusal> {
    service::carry_out(&state, fault::survey_id(&survey)?, fault::parse(&body)?).await?;
    Ok(HttpResponse::NoContent().finish())
}
