//! `GET /.well-known/sealed-pay.json`.

use actix_web::{HttpResponse, web};

use crate::state::State;

/// Everybody may ask, pages of other hosts too.
#[tracing::instrument(skip_all)]
pub(crate) async fn get_identity(state: web::Data<State>) -> HttpResponse {
    HttpResponse::Ok().json(&state.identity.public)
}
