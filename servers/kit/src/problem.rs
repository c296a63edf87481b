//! Problems that arise before any of a server's own rules is asked.

/// One row of a table of problems: what went wrong and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProblemRow {
    /// The name that never changes.
    pub uri: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What went wrong, the same words every time.
    pub title: &'static str,
    /// What the caller can do now.
    pub advice: &'static str,
}

macro_rules! rows {
    ($($name:ident = $status:literal $uri:literal, $title:literal, $advice:literal;)+) => {
        $(pub(crate) const $name: ProblemRow = ProblemRow {
            uri: concat!("urn:sealedpay:problem:", $uri),
            status: $status,
            title: $title,
            advice: $advice,
        };)+
        /// Every row of this table.
        pub(crate) const ALL: &[ProblemRow] = &[$($name),+];
    };
}

rows! {
    MALFORMED = 400 "malformed-request", "the request cannot be read",
        "Check the request against the description of the interface and send it again.";
    UNAUTHORIZED = 401 "not-signed-in", "this needs a credential",
        "Sign in, or send the credential you were given.";
    FORBIDDEN = 403 "not-allowed", "this credential does not allow that",
        "Use the credential that belongs to what you ask for.";
    NOT_FOUND = 404 "not-found", "there is nothing at this address",
        "Check the address for missing or extra characters.";
    METHOD = 405 "method-not-allowed", "this address does not take that method",
        "Look up which methods the address takes.";
    TIMEOUT = 408 "request-too-slow", "the request did not arrive in time",
        "Send it again over a steadier connection.";
    TOO_LARGE = 413 "request-too-large", "the request is larger than this address takes",
        "Send less at once; the description of the interface names the limits.";
    MEDIA_TYPE = 415 "unsupported-media-type", "the content type does not fit this address",
        "Send the content type the description of the interface names.";
    TOO_MANY = 429 "too-many-requests", "too many requests from one address",
        "Wait for the seconds named in Retry-After and go on more slowly.";
    INTERNAL = 500 "internal", "the server failed",
        "Try again later; nothing you sent is at fault. If it stays so, tell the operator the time.";
}

/// The row for a bare status that no handler has explained.
pub(crate) fn for_status(status: u16) -> ProblemRow {
    let fallback = if status < 500 { MALFORMED } else { INTERNAL };
    ALL.iter().find(|row| row.status == status).copied().unwrap_or(fallback)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_named_once_and_says_what_to_do() {
        for (at, row) in ALL.iter().enumerate() {
            assert!(!row.title.is_empty() && row.advice.ends_with('.'));
            assert!(ALL[..at].iter().all(|other| other.uri != row.uri && other.status != row.status));
        }
    }

    #[test]
    fn an_unlisted_status_still_has_a_row() {
        assert_eq!(for_status(413), TOO_LARGE);
        assert_eq!(for_status(418), MALFORMED);
        assert_eq!(for_status(503), INTERNAL);
    }
}
