//! `POST /v1/surveys/{survey}/withdrawals`.

use actix_web::{HttpRequest, HttpResponse, web};
use kit::Refusal;
use protocol::SignedStatement;

use crate::app::App;
use crate::intake::http::{read_body, survey_id};

#[tracing::instrument(skip_all)]
pub(crate) async fn post(
    app: web::Data<App>,
    request: HttpRequest,
    survey: web::Path<String>,
    body: web::Payload,
) -> Result<HttpResponse, actix_web::Error> {
    let body = read_body(&request, body, SignedStatement::BYTES).await?;
    let receipt = super::withdraw(&app, survey_id(&survey)?, &body).await.map_err(Refusal::from)?;
    Ok(HttpResponse::Ok().json(receipt))
}
