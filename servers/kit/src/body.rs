//! A body that trickles in for ever must not hold a connection for ever.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, ResponseError, web};
use futures_util::{StreamExt, stream};
use tokio::time::{Instant, timeout_at};

use crate::problem::TOO_SLOW;
use crate::{Refusal, Settings};

/// Gives the body of a request a time by which all of it must be here.
pub(crate) async fn limit_time(
    settings: web::Data<Settings>,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let body = request.take_payload();
    let late = Rc::new(Cell::new(false));
    request.set_payload(until_deadline(body, settings.body_timeout, late.clone()));
    let answer = next.call(request).await?;
    // To the extractors a late body is a broken one: tell what it really was.
    if late.get() && answer.status().is_client_error() {
        return Ok(answer.into_response(Refusal::new(TOO_SLOW).error_response()).map_into_right_body());
    }
    Ok(answer.map_into_left_body())
}

fn until_deadline(body: Payload, limit: Duration, late: Rc<Cell<bool>>) -> Payload {
    let deadline = Instant::now() + limit;
    let bytes = stream::unfold(Some((body, late)), move |state| async move {
        let (mut body, late) = state?;
        match timeout_at(deadline, body.next()).await {
            Ok(next) => next.map(|piece| (piece, Some((body, late)))),
            Err(_) => {
                late.set(true);
                Some((Err(PayloadError::Io(std::io::ErrorKind::TimedOut.into())), None))
            }
        }
    });
    Payload::Stream { payload: Box::pin(bytes) }
}
