//! What happens to requests that no handler ever sees: unreadable, too large,
//! nowhere, wrong method.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::CONTENT_TYPE;
use actix_web::middleware::Next;
use actix_web::{Error, ResponseError, web};
use protocol::Problem;

use crate::refusal::{PROBLEM_JSON, Refusal};
use crate::{Settings, problem};

/// Limits for actix's own extractors, and refusals without their error texts,
/// which repeat what was sent.
pub(crate) fn limits(settings: &Settings) -> impl FnOnce(&mut web::ServiceConfig) + use<> {
    let max = settings.max_body_bytes;
    move |app| {
        app.app_data(web::PayloadConfig::new(max))
            .app_data(web::JsonConfig::default().limit(max).error_handler(|error, _| bare(&error)))
            .app_data(web::FormConfig::default().limit(max).error_handler(|error, _| bare(&error)))
            .app_data(
                web::PathConfig::default().error_handler(|_, _| Refusal::from(Problem::NotFound).into()),
            )
            .app_data(
                web::QueryConfig::default()
                    .error_handler(|_, _| Refusal::from(Problem::MalformedRequest).into()),
            );
    }
}

/// Keeps of an error its status and nothing else.
fn bare(error: &impl ResponseError) -> Error {
    Refusal::new(problem::for_status(error.status_code().as_u16())).into()
}

/// Refuses a body whose announced length is over the limit, before a byte of it is read.
pub(crate) async fn refuse_too_large(
    settings: web::Data<Settings>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    use actix_web::http::header::CONTENT_LENGTH;
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: usize| length > settings.max_body_bytes) {
        let refusal = Refusal::from(Problem::BodyTooLarge).error_response();
        return Ok(request.into_response(refusal).map_into_right_body());
    }
    next.call(request).await.map(ServiceResponse::map_into_left_body)
}

/// Replaces every error answer that is not yet a problem document by one.
pub(crate) async fn explain_errors(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let answer = next.call(request).await?;
    let status = answer.status();
    let explained = answer.headers().get(CONTENT_TYPE).is_some_and(|value| value == PROBLEM_JSON);
    if explained || !(status.is_client_error() || status.is_server_error()) {
        return Ok(answer.map_into_left_body());
    }
    let refusal = Refusal::new(problem::for_status(status.as_u16()));
    Ok(answer.into_response(refusal.error_response()).map_into_right_body())
}
