//! What is thrown: an `Error` with a `code` that stays the same, and a text for people.

use crate::{CheckFailure, SealingFailure, ServerFailure};
use ::reporter::{JobRefusal, PreparationRefusal, SealRefusal, StateRefusal};
use js_sys::{Array, Error, Object, Reflect};
use payfile::{ColumnProblem, FileProblem, RowProblem, RowProblems};
use protocol::{CodeRefusal, EnrolledRefusal, InvitationRefusal, ReceiptRefusal, UrlRefusal};
use std::fmt::Display;
use wasm_bindgen::JsValue;

/// Something to throw.
pub(super) struct Thrown(JsValue);

impl Thrown {
    pub(super) fn new(code: &str, message: impl Display) -> Self {
        let error = Error::new(&message.to_string());
        error.set_name("SealedPayError");
        Self(error.into()).with("code", &code.into())
    }

    fn with(self, name: &str, value: &JsValue) -> Self {
        set(&self.0, name, value);
        self
    }
}

/// Sets a property of an object made here, which always succeeds.
pub(super) fn set(object: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}

impl From<Thrown> for JsValue {
    fn from(thrown: Thrown) -> Self {
        thrown.0
    }
}

macro_rules! codes {
    ($($refusal:ty => $code:literal),+ $(,)?) => {
        $(impl From<$refusal> for Thrown {
            fn from(refusal: $refusal) -> Self {
                Self::new($code, refusal)
            }
        })+
    };
}

codes! {
    CodeRefusal => "code",
    ColumnProblem => "column",
    EnrolledRefusal => "enrolment-untrusted",
    FileProblem => "file",
    InvitationRefusal => "link",
    JobRefusal => "sealing",
    PreparationRefusal => "records",
    ReceiptRefusal => "receipt-untrusted",
    SealRefusal => "sealing",
    StateRefusal => "state",
    UrlRefusal => "address",
    serde_json::Error => "malformed",
}

impl From<SealingFailure> for Thrown {
    fn from(failure: SealingFailure) -> Self {
        let blocked = failure == SealingFailure::WorkersBlocked;
        Self::new(if blocked { "workers-blocked" } else { "sealing" }, failure)
    }
}

impl From<ServerFailure> for Thrown {
    /// `problem` is the URI of the protocol's table, `mayRetry` whether the same again may succeed later.
    fn from(failure: ServerFailure) -> Self {
        let (problem, may_retry) = (failure.problem(), failure.is_passing());
        let thrown = Self::new("server", failure).with("mayRetry", &may_retry.into());
        match problem {
            Some(problem) => thrown.with("problem", &problem.row().uri.into()),
            None => thrown,
        }
    }
}

impl From<CheckFailure> for Thrown {
    fn from(failure: CheckFailure) -> Self {
        match failure {
            CheckFailure::Server(failure) => failure.into(),
            CheckFailure::Distrust(distrust) => Self::new("survey-untrusted", distrust),
            CheckFailure::Worker(failure) => failure.into(),
        }
    }
}

impl From<::reporter::SurveyDistrust> for Thrown {
    fn from(distrust: ::reporter::SurveyDistrust) -> Self {
        CheckFailure::from(distrust).into()
    }
}

impl From<RowProblems> for Thrown {
    /// `problems` lists the rows to mend: row, column, message, and a category as entered.
    fn from(problems: RowProblems) -> Self {
        let listed: Array = problems.listed().iter().map(row).collect();
        let text = format!("{} rows must be mended. Nothing was sent.", problems.total());
        Self::new("rows", text)
            .with("problems", &listed)
            .with("total", &JsValue::from_f64(count(problems.total())))
    }
}

fn row(problem: &RowProblem) -> JsValue {
    let object: JsValue = Object::new().into();
    set(&object, "row", &problem.row.into());
    set(&object, "column", &problem.column.as_str().into());
    set(&object, "message", &problem.to_string().into());
    if let Some(entered) = problem.category_as_entered() {
        set(&object, "entered", &entered.into());
    }
    object
}

/// A count as JavaScript has numbers; exact below 2⁵³.
#[expect(clippy::cast_precision_loss, reason = "counts of people and rows")]
pub(super) const fn count(number: usize) -> f64 {
    number as f64
}
