//! `POST /v1/peer/drafts`.

use actix_web::{HttpResponse, web};
use kit::Refusal;

use super::service;
use crate::fault;
use crate::state::State;

/// Takes the data server's half, answers this server's and a key.
#[tracing::instrument(skip_all)]
pub(crate) async fn post_draft(state: web::Data<State>, body: web::Bytes) -> Result<HttpResponse, Refusal> {
    let draft = service::draft(&state, fault::parse(&body)?).await?;
    Ok(HttpResponse::Ok().json(draft))
}
