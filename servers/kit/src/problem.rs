//! Which problem of the protocol's table a bare HTTP status stands for.

use protocol::{Problem, ProblemRow};

/// The body did not arrive in time. Arises below the protocol, so it is not in its table.
pub(crate) const TOO_SLOW: ProblemRow = ProblemRow {
    uri: "urn:sealed-pay:problem:request-too-slow",
    status: 408,
    title: "The request did not arrive in time.",
    advice: "Send it again over a steadier connection. Nothing was stored.",
};

/// Explains a status that no handler has explained.
///
/// Only statuses that actix answers by itself get here; any other one is told
/// as the nearest thing that is true of it.
pub(crate) const fn for_status(status: u16) -> ProblemRow {
    match status {
        404 => Problem::NotFound.row(),
        405 => Problem::MethodNotAllowed.row(),
        408 => TOO_SLOW,
        413 => Problem::BodyTooLarge.row(),
        429 => Problem::TooManyRequests.row(),
        500.. => Problem::Internal.row(),
        _ => Problem::MalformedRequest.row(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_actix_answers_by_itself_keeps_it() {
        for status in [400, 404, 405, 408, 413, 429, 500] {
            assert_eq!(for_status(status).status, status);
        }
    }

    #[test]
    fn any_other_status_still_has_a_row() {
        assert_eq!(for_status(418), Problem::MalformedRequest.row());
        assert_eq!(for_status(503), Problem::Internal.row());
    }

    #[test]
    fn rows_of_our_own_take_no_name_of_the_protocol() {
        assert_eq!(Problem::from_uri(TOO_SLOW.uri), None);
    }
}
