//! The gate before everything under `/v1/peer`.

use actix_web::body::{MessageBody, to_bytes_limited};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::{self, Bytes};
use actix_web::{Error, HttpResponse, ResponseError};
use kit::Refusal;
use protocol::peer::{self, Envelope, Request};
use protocol::{Problem, routes};

use crate::state::State;

/// Lists and manifests of the largest surveys, in hexadecimal.
const LARGE_BODY: usize = 48 * 1024 * 1024;
/// Everything else.
const SMALL_BODY: usize = 16 * 1024;

/// Lets in what the data server signed, now and once, and signs every answer over its request.
pub(crate) async fn only_the_peer(
    state: web::Data<State>,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse, Error> {
    let Some(envelope) = envelope_of(&request) else {
        return Ok(request.into_response(Refusal::from(Problem::NotThePeer).error_response()));
    };
    let body = match read_body(&mut request).await {
        Ok(body) => body,
        Err(refusal) => return Ok(request.into_response(refusal.error_response())),
    };
    let (method, path) = (request.method().to_string(), request.path().to_owned());
    let own = state.identity.signing.verifying_key();
    let asked = Request { from: &state.peer, to: &own, method: &method, path: &path, body: &body };
    let now = state.now_s();
    let welcome =
        asked.verify(&envelope, now).is_ok() && state.nonces.take(envelope.nonce, envelope.time, now);
    let answer = if welcome {
        request.set_payload(Payload::from(body.clone()));
        next.call(request).await?.map_into_boxed_body()
    } else {
        request.into_response(Refusal::from(Problem::NotThePeer).error_response())
    };
    signed(answer, |status, content| {
        let signature = asked.sign_answer(&envelope, status, content, &state.identity.signing);
        peer::answer_header(&signature)
    })
    .await
}

fn envelope_of(request: &ServiceRequest) -> Option<Envelope> {
    Envelope::parse(request.headers().get(peer::HEADER)?.to_str().ok()?)
}

async fn read_body(request: &mut ServiceRequest) -> Result<Bytes, Refusal> {
    let large = [routes::peer::SURVEYS, routes::peer::AGREEMENT, routes::peer::OPENING];
    let pattern = request.match_pattern();
    let limit =
        if pattern.is_some_and(|route| large.contains(&route.as_str())) { LARGE_BODY } else { SMALL_BODY };
    let Ok(payload) = request.extract::<web::Payload>().await else {
        return Err(Problem::MalformedRequest.into());
    };
    match payload.to_bytes_limited(limit).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(_)) => Err(Problem::MalformedRequest.into()),
        Err(_) => Err(Problem::BodyTooLarge.into()),
    }
}

/// Reads an answer's body, signs status and body, and puts them together again.
async fn signed(
    answer: ServiceResponse,
    sign: impl FnOnce(u16, &[u8]) -> String,
) -> Result<ServiceResponse, Error> {
    let (request, response) = answer.into_parts();
    let (head, body) = response.into_parts();
    let (head, content) = match to_bytes_limited(body, LARGE_BODY).await {
        Ok(Ok(content)) => (head, content),
        _ => failed().await,
    };
    let header = HeaderValue::from_str(&sign(head.status().as_u16(), &content)).map_err(|_| failure())?;
    let mut response = head.set_body(content).map_into_boxed_body();
    response.headers_mut().insert(HeaderName::from_static(peer::HEADER), header);
    Ok(ServiceResponse::new(request, response))
}

/// What is answered in place of an answer that cannot be read.
async fn failed() -> (HttpResponse<()>, Bytes) {
    let (head, body) = failure().error_response().into_parts();
    (head, to_bytes_limited(body, SMALL_BODY).await.ok().and_then(Result::ok).unwrap_or_default())
}

fn failure() -> Refusal {
    Problem::Internal.into()
}

/// An address that is none.
pub(crate) async fn nowhere() -> Result<HttpResponse, Refusal> {
    Err(Problem::NotFound.into())
}

/// An address that does not take this method.
pub(crate) async fn wrong_method() -> Result<HttpResponse, Refusal> {
    Err(Problem::MethodNotAllowed.into())
}
