//! `POST /v1/peer/surveys/{survey}/opening`.

use actix_web::{HttpResponse, web};
use kit::Refusal;

use super::service;
use crate::fault;
use crate::state::State;

/// Takes the product over the agreed set, answers the release or the end.
#[tracing::instrument(skip_all)]
pub(crate) async fn post_opening(
    state: web::Data<State>,
    survey: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Refusal> {
    let answer = service::open(&state, fault::survey_id(&survey)?, fault::parse(&body)?).await?;
    Ok(HttpResponse::Ok().json(answer))
}
