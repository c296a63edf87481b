//! Errors on the wire: RFC 9457 documents that never repeat what was sent.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use actix_web::{HttpResponse, ResponseError};

use protocol::{Problem, ProblemRow};

/// The content type of a problem document.
pub(crate) const PROBLEM_JSON: &str = "application/problem+json";

/// A request that is not carried out, as handlers return it.
///
/// ```
/// use protocol::Problem;
/// async fn handler() -> Result<actix_web::HttpResponse, kit::Refusal> {
///     Err(Problem::SurveyClosed.into())
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{title}", title = row.title)]
pub struct Refusal {
    row: ProblemRow,
    retry_after_s: Option<u64>,
}

impl Refusal {
    /// Refuses with this row.
    #[must_use]
    pub const fn new(row: ProblemRow) -> Self {
        Self { row, retry_after_s: None }
    }

    /// Refuses for now, and says for how long.
    #[must_use]
    pub const fn retry_after(self, seconds: u64) -> Self {
        Self { retry_after_s: Some(seconds), ..self }
    }

    /// The row behind this refusal.
    #[must_use]
    pub const fn row(&self) -> ProblemRow {
        self.row
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::new(problem.row())
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.row.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let mut answer = HttpResponse::build(self.status_code());
        answer.insert_header((CACHE_CONTROL, HeaderValue::from_static("no-store")));
        if let Some(seconds) = self.retry_after_s {
            answer.insert_header((RETRY_AFTER, seconds));
        }
        answer.insert_header((CONTENT_TYPE, PROBLEM_JSON)).body(document(&self.row))
    }
}

/// The document of a row: fixed words only.
pub(crate) fn document(row: &ProblemRow) -> String {
    serde_json::json!({ "type": row.uri, "title": row.title, "status": row.status, "detail": row.advice })
        .to_string()
}
