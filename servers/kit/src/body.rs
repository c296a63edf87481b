//! A body that trickles in for ever must not hold a connection for ever.

use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, web};
use futures_util::{StreamExt, stream};
use tokio::time::{Instant, timeout_at};

use crate::Settings;

/// Gives the body of a request a time by which all of it must be here.
pub(crate) async fn limit_time(
    settings: web::Data<Settings>,
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let body = request.take_payload();
    request.set_payload(until_deadline(body, settings.body_timeout));
    next.call(request).await
}

fn until_deadline(body: Payload, limit: Duration) -> Payload {
    let deadline = Instant::now() + limit;
    let bytes = stream::unfold(Some(body), move |body| async move {
        let mut body = body?;
        match timeout_at(deadline, body.next()).await {
            Ok(next) => next.map(|piece| (piece, Some(body))),
            Err(_) => Some((Err(PayloadError::Io(std::io::ErrorKind::TimedOut.into())), None)),
        }
    });
    Payload::Stream { payload: Box::pin(bytes) }
}
