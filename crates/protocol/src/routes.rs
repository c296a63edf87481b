//! Every address, once. `{survey}` and `{credential}` are 64 hexadecimal digits, `{version}` is decimal.

/// Both servers: [`Identity`](crate::Identity).
pub const IDENTITY: &str = "/.well-known/sealed-pay.json";
/// Both servers: 200 when serving.
pub const HEALTH: &str = "/health";
/// Data server, `POST`, organizer: [`DraftRequest`](crate::DraftRequest) → [`Draft`](crate::Draft).
pub const DRAFTS: &str = "/v1/drafts";
/// Data server, `POST`, organizer: [`OpenRequest`](crate::OpenRequest) → [`SurveyDocument`](crate::SurveyDocument).
pub const SURVEYS: &str = "/v1/surveys";
/// Both servers, `GET`: [`SurveyDocument`](crate::SurveyDocument).
pub const SURVEY: &str = "/v1/surveys/{survey}";
/// Data server, `GET`, organizer: [`SurveyStatus`](crate::SurveyStatus).
pub const STATUS: &str = "/v1/surveys/{survey}/status";
/// Data server, `PUT`, organizer: invitation key → label.
pub const LABELS: &str = "/v1/surveys/{survey}/labels";
/// Both servers, `POST`: [`Signed`](crate::Signed)<[`Order`](crate::Order)>.
pub const ORDERS: &str = "/v1/surveys/{survey}/orders";
/// Both servers, `POST`: [`Enrolment`](crate::Enrolment) → [`Enrolled`](crate::Enrolled) from the data server,
/// its own signature from the computation server.
pub const ENROLMENTS: &str = "/v1/surveys/{survey}/enrolments";
/// Data server, `PUT`: a sealed [`Submission`](crate::Submission) → [`Receipt`](crate::Receipt).
pub const SUBMISSION: &str = "/v1/surveys/{survey}/submissions/{credential}/{version}";
/// Both servers, `POST`: the 197 bytes of a signed withdrawal → [`SignedHour`](crate::SignedHour) of that
/// server; from the data server, which forwards, a [`Receipt`](crate::Receipt).
pub const WITHDRAWALS: &str = "/v1/surveys/{survey}/withdrawals";
/// Both servers, `GET`: [`ReleasedDocument`](crate::ReleasedDocument).
pub const RELEASE: &str = "/v1/surveys/{survey}/release";

/// Data server, `GET`: [`Bundle`](crate::Bundle) of a released survey.
pub const BUNDLE: &str = "/v1/surveys/{survey}/bundle";

/// Computation server, from the data server only, all of them signed over both keys (module
/// [`peer`](crate::peer)).
pub mod peer {
    /// `POST` [`PeerDraftRequest`](crate::PeerDraftRequest) → [`PeerDraft`](crate::PeerDraft).
    pub const DRAFTS: &str = "/v1/peer/drafts";
    /// `POST` [`OpenRequest`](crate::OpenRequest) with the data server's signature in it → the server's own.
    pub const SURVEYS: &str = "/v1/peer/surveys";
    /// `POST` signed statement ‖ held (u64_be hour ‖ 64 bytes) ‖ sealed declaration →
    /// [`SignedHour`](crate::SignedHour).
    pub const DECLARATIONS: &str = "/v1/peer/surveys/{survey}/declarations";
    /// `POST` [`Signed`](crate::Signed)<[`HeldList`](crate::HeldList)> → the server's own list and the agreed
    /// set, signed.
    pub const AGREEMENT: &str = "/v1/peer/surveys/{survey}/agreement";
    /// `POST` [`Signed`](crate::Signed)<[`Opening`](crate::Opening)> → release or end, signed.
    pub const OPENING: &str = "/v1/peer/surveys/{survey}/opening";
    /// `POST` the data server's signature over the release.
    pub const COUNTERSIGNATURE: &str = "/v1/peer/surveys/{survey}/countersignature";
}

/// Fills a route's survey in.
#[must_use]
pub fn of_survey(route: &str, survey: &crate::Hex<32>) -> String {
    route.replace("{survey}", &survey.to_string())
}
