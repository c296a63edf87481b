//! `POST /v1/drafts`.

use actix_web::{HttpRequest, HttpResponse, web};
use kit::Refusal;

use crate::app::App;
use crate::intake::http::{SMALL, organizer, read_json};

#[tracing::instrument(skip_all)]
pub(crate) async fn post(
    app: web::Data<App>,
    request: HttpRequest,
    body: web::Payload,
) -> Result<HttpResponse, actix_web::Error> {
    organizer(&app, &request).await?;
    let wanted = read_json(&request, body, SMALL).await?;
    let draft = super::create(&app, &wanted).await.map_err(Refusal::from)?;
    Ok(HttpResponse::Created().json(draft))
}
