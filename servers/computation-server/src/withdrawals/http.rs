//! `POST /v1/surveys/{survey}/withdrawals`.

use actix_web::{HttpResponse, web};
use kit::Refusal;

use super::service;
use crate::fault;
use crate::state::State;

/// Stores a withdrawal, and answers this server's word.
#[tracing::instrument(skip_all)]
pub(crate) async fn post_withdrawal(
    state: web::Data<State>,
    survey: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Refusal> {
    let word = service::withdraw(&state, fault::survey_id(&survey)?, &body).await?;
    Ok(HttpResponse::Ok().json(word))
}
