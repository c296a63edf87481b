//! The gate before everything under `/v1/peer`.

use std::time::Duration;

use actix_web::body::{MessageBody, to_bytes_limited};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_LENGTH, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::{self, Bytes};
use actix_web::{Error, HttpResponse, ResponseError};
use kit::Refusal;
use protocol::peer::{self, Envelope, MAX_SKEW_SECONDS, Request};
use protocol::{Problem, routes};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::state::State;

/// Both lists and the set of the largest surveys, in hexadecimal; also the limit of an answer.
pub(crate) const LARGE_BODY: usize = 96 * 1024 * 1024;
/// Bodies up to here are read at once; for larger ones there are only so many places.
const FREE_BODY: usize = 64 * 1024;
/// How many larger bodies may be in memory before it is known whose they are.
pub(crate) const LARGE_AT_ONCE: usize = 4;
/// How long a larger body may take, so that nobody keeps a place by sending nothing.
const LARGE_TIME: Duration = Duration::from_secs(120);
/// Everything else.
const SMALL_BODY: usize = 16 * 1024;

/// Lets in what the data server signed, now and once, and signs every answer over its request. Nothing is read
/// whose time is not now, and nothing is signed for a stranger.
pub(crate) async fn only_the_peer(
    state: web::Data<State>,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse, Error> {
    let Some(envelope) = envelope_of(&request) else {
        return Ok(refuse(request, Problem::NotThePeer.into()));
    };
    let now = state.now_s();
    if now.abs_diff(envelope.time) > MAX_SKEW_SECONDS {
        return Ok(refuse(request, Problem::NotThePeer.into()));
    }
    let (body, place) = match read_body(&mut request, &state.large_bodies).await {
        Ok(read) => read,
        Err(refusal) => return Ok(refuse(request, refusal)),
    };
    let (method, path) = (request.method().to_string(), request.path().to_owned());
    let own = state.identity.signing.verifying_key();
    let asked = Request { from: &state.peer, to: &own, method: &method, path: &path, body: &body };
    if asked.verify(&envelope, now).is_err() {
        return Ok(refuse(request, Problem::NotThePeer.into()));
    }
    drop(place);
    let answer = if state.nonces.take(envelope.nonce, envelope.time, now) {
        request.set_payload(Payload::from(body.clone()));
        next.call(request).await?.map_into_boxed_body()
    } else {
        refuse(request, Problem::NotThePeer.into())
    };
    signed(answer, |status, content| {
        let signature = asked.sign_answer(&envelope, status, content, &state.identity.signing);
        peer::answer_header(&signature)
    })
    .await
}

/// A refusal that nobody signed yet.
fn refuse(request: ServiceRequest, refusal: Refusal) -> ServiceResponse {
    request.into_response(refusal.error_response())
}

fn envelope_of(request: &ServiceRequest) -> Option<Envelope> {
    Envelope::parse(request.headers().get(peer::HEADER)?.to_str().ok()?)
}

/// Reads a body; a larger one needs a place, which is its own until it is known whose it is.
async fn read_body<'a>(
    request: &mut ServiceRequest,
    places: &'a Semaphore,
) -> Result<(Bytes, Option<SemaphorePermit<'a>>), Refusal> {
    let large = [routes::peer::SURVEYS, routes::peer::AGREEMENT, routes::peer::OPENING];
    let pattern = request.match_pattern();
    let limit =
        if pattern.is_some_and(|route| large.contains(&route.as_str())) { LARGE_BODY } else { SMALL_BODY };
    let announced = announced(request);
    if announced.is_some_and(|length| length > limit) {
        return Err(Problem::BodyTooLarge.into());
    }
    // Without a length it may become as large as the limit.
    if announced.unwrap_or(limit) <= FREE_BODY {
        return Ok((read_up_to(request, limit).await?, None));
    }
    let reading = async {
        let place = places.acquire().await.map_err(|_| failure())?;
        Ok((read_up_to(request, limit).await?, Some(place)))
    };
    tokio::time::timeout(LARGE_TIME, reading).await.unwrap_or_else(|_| Err(Problem::MalformedRequest.into()))
}

/// The length that a request gives its body.
fn announced(request: &ServiceRequest) -> Option<usize> {
    request.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

async fn read_up_to(request: &mut ServiceRequest, limit: usize) -> Result<Bytes, Refusal> {
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
