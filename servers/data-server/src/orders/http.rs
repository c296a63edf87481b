//! `POST /v1/surveys/{survey}/orders`.

use actix_web::{HttpRequest, HttpResponse, web};
use kit::Refusal;

use crate::app::App;
use crate::intake::http::{ROSTER, read_json, survey_id};

#[tracing::instrument(skip_all)]
pub(crate) async fn post(
    app: web::Data<App>,
    request: HttpRequest,
    survey: web::Path<String>,
    body: web::Payload,
) -> Result<HttpResponse, actix_web::Error> {
    let order = read_json(&request, body, ROSTER).await?;
    super::take(&app, survey_id(&survey)?, order).await.map_err(Refusal::from)?;
    Ok(HttpResponse::NoContent().finish())
}
