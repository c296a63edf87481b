//! `POST /v1/peer/surveys/{survey}/declarations`.

use actix_web::{HttpResponse, web};
use kit::Refusal;

use super::service;
use crate::fault;
use crate::state::State;

/// Stores a declaration, and answers this server's half of the receipt.
#[tracing::instrument(skip_all)]
pub(crate) async fn post_declaration(
    state: web::Data<State>,
    survey: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Refusal> {
    let word = service::declare(&state, fault::survey_id(&survey)?, &body).await?;
    Ok(HttpResponse::Ok().json(word))
}
