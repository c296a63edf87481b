//! `POST /v1/peer/surveys/{survey}/agreement`.

use actix_web::{HttpResponse, web};
use kit::Refusal;

use super::service;
use crate::fault;
use crate::state::State;

/// Takes the data server's list, answers this server's list and the set.
#[tracing::instrument(skip_all)]
pub(crate) async fn post_agreement(
    state: web::Data<State>,
    survey: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Refusal> {
    let agreement = service::agree(&state, fault::survey_id(&survey)?, fault::parse(&body)?).await?;
    Ok(HttpResponse::Ok().json(agreement))
}
