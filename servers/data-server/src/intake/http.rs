//! Bodies up to a limit, addresses, tokens. Nothing that was sent is repeated in a refusal.

use actix_web::http::header::{AUTHORIZATION, CONTENT_LENGTH};
use actix_web::{HttpRequest, web};
use futures_util::StreamExt;
use kit::Refusal;
use protocol::{Hex, Problem};
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::identity::require_sign_in;

/// The largest document that is not a submission or a roster.
pub(crate) const SMALL: usize = 64 * 1024;
/// The largest document with a key per invitation.
pub(crate) const ROSTER: usize = 16 * 1024 * 1024;

/// How large a body says it is: at most `limit`, and `limit` where it says nothing.
pub(crate) fn announced(request: &HttpRequest, limit: usize) -> usize {
    length(request).map_or(limit, |length| length.min(limit))
}

fn length(request: &HttpRequest) -> Option<usize> {
    request.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Reads a body; what is announced or turns out to be larger is refused.
pub(crate) async fn read_body(
    request: &HttpRequest,
    mut body: web::Payload,
    limit: usize,
) -> Result<Vec<u8>, actix_web::Error> {
    let announced = length(request);
    let too_large = || actix_web::Error::from(Refusal::from(Problem::BodyTooLarge));
    if announced.is_some_and(|length: usize| length > limit) {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(announced.unwrap_or(0));
    while let Some(piece) = body.next().await {
        let piece = piece?;
        if bytes.len() + piece.len() > limit {
            return Err(too_large());
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// Reads a JSON document.
pub(crate) async fn read_json<T: DeserializeOwned>(
    request: &HttpRequest,
    body: web::Payload,
    limit: usize,
) -> Result<T, actix_web::Error> {
    let bytes = read_body(request, body, limit).await?;
    serde_json::from_slice(&bytes).map_err(|_| Refusal::from(Problem::MalformedRequest).into())
}

/// Reads a survey's id from an address.
pub(crate) fn survey_id(text: &str) -> Result<Hex<32>, Refusal> {
    Hex::parse(text).ok_or_else(|| Problem::UnknownSurvey.into())
}

/// Lets only the organizer pass.
pub(crate) async fn organizer(app: &App, request: &HttpRequest) -> Result<(), Refusal> {
    let header = request.headers().get(AUTHORIZATION).map(|value| value.as_bytes());
    let token = header.and_then(|value| value.strip_prefix(b"Bearer "));
    Ok(require_sign_in(app, token).await?)
}
