//! `POST /v1/surveys/{survey}/orders`.

use actix_web::{HttpRequest, HttpResponse, web};
use kit::Refusal;

use crate::app::App;
use crate::intake::http::{read_json, survey_id};

#[tracing::instrument(skip_all)]
pub(crate) async fn post(
    app: web::Data<App>,
    request: HttpRequest,
    survey: web::Path<String>,
    body: web::Payload,
) -> Result<HttpResponse, actix_web::Error> {
    let survey = survey_id(&survey)?;
    let limit = super::limit(&app, survey).await.map_err(Refusal::from)?;
    let order = read_json(&request, body, limit).await?;
    super::take(&app, survey, order).await.map_err(Refusal::from)?;
    Ok(HttpResponse::NoContent().finish())
}
