//! A server as the page sees it: one method for each message.

use crate::ServerFailure;
use crate::fetch::{Body, Message};
use protocol::{
    Draft, DraftRequest, Enrolled, Enrolment, Hex, Identity, OpenRequest, Order, Receipt, ReleasedDocument,
    ServerUrl, Signed, SignedHour, SignedStatement, Statement, SurveyDocument, SurveyStatus, routes,
};
use std::collections::BTreeMap;
use std::fmt;
use zeroize::Zeroizing;

/// One of the two servers. Nothing is repeated by itself: the page asks the person. `Debug` shows no sign-in.
#[derive(Clone)]
pub struct Server {
    url: ServerUrl,
    sign_in: Option<Zeroizing<String>>,
}

impl Server {
    /// At an address.
    #[must_use]
    pub const fn at(url: ServerUrl) -> Self {
        Self { url, sign_in: None }
    }

    /// As an organizer who signs in.
    #[must_use]
    pub fn signed_in(mut self, token: Zeroizing<String>) -> Self {
        self.sign_in = Some(token);
        self
    }

    /// Where it is.
    #[must_use]
    pub const fn url(&self) -> &ServerUrl {
        &self.url
    }

    fn message<'a>(&'a self, method: &'static str, route: &str, body: Body<'a>) -> Message<'a> {
        Message { server: &self.url, method, address: self.url.at(route), body, sign_in: None }
    }

    fn as_organizer<'a>(&'a self, method: &'static str, route: &str, body: Body<'a>) -> Message<'a> {
        Message { sign_in: self.sign_in.as_ref(), ..self.message(method, route, body) }
    }

    /// Who it says it is, at its own host.
    ///
    /// # Errors
    /// [`ServerFailure`], as of every message.
    pub async fn identity(&self) -> Result<Identity, ServerFailure> {
        let address = self.url.at_root(routes::IDENTITY);
        Message { address, ..self.message("GET", routes::IDENTITY, Body::None) }.json().await
    }

    /// The survey as it shows it.
    ///
    /// # Errors
    /// [`ServerFailure`].
    pub async fn survey(&self, survey: &Hex<32>) -> Result<SurveyDocument, ServerFailure> {
        self.message("GET", &routes::of_survey(routes::SURVEY, survey), Body::None).json().await
    }

    /// The result as it shows it; refused as not released while there is none.
    ///
    /// # Errors
    /// [`ServerFailure`].
    pub async fn release(&self, survey: &Hex<32>) -> Result<ReleasedDocument, ServerFailure> {
        self.message("GET", &routes::of_survey(routes::RELEASE, survey), Body::None).json().await
    }

    /// Enrols, at the data server. The answer is checked by the caller.
    ///
    /// # Errors
    /// [`ServerFailure`].
    pub async fn enrol(&self, survey: &Hex<32>, enrolment: &Enrolment) -> Result<Enrolled, ServerFailure> {
        let route = routes::of_survey(routes::ENROLMENTS, survey);
        self.message("POST", &route, Body::json(enrolment)).json().await
    }

    /// Uploads a sealed submission to the data server. The same bytes again get the same receipt.
    ///
    /// # Errors
    /// [`ServerFailure`].
    pub async fn submit(
        &self,
        survey: &Hex<32>,
        statement: &Statement,
        sealed: &[u8],
    ) -> Result<Receipt, ServerFailure> {
        let route = routes::of_survey(routes::SUBMISSION, survey)
            .replace("{credential}", &statement.credential.to_string())
            .replace("{version}", &statement.version.to_string());
        self.message("PUT", &route, Body::Bytes(sealed)).json().await
    }

    /// Withdraws, at the data server.
    ///
    /// # Errors
    /// [`ServerFailure`].
    pub async fn withdraw(
        &self,
        survey: &Hex<32>,
        statement: &SignedStatement,
    ) -> Result<Receipt, ServerFailure> {
        let route = routes::of_survey(routes::WITHDRAWALS, survey);
        self.message("POST", &route, Body::Bytes(&statement.to_bytes())).json().await
    }

    /// Withdraws at the computation server, where the data server will not.
    ///
    /// # Errors
    /// [`ServerFailure`].
    pub async fn withdraw_declared(
        &self,
        survey: &Hex<32>,
        statement: &SignedStatement,
    ) -> Result<SignedHour, ServerFailure> {
        let route = routes::of_survey(routes::WITHDRAWALS, survey);
        self.message("POST", &route, Body::Bytes(&statement.to_bytes())).json().await
    }

    /// Asks for an id and a key. Every draft uses a key up.
    ///
    /// # Errors
    /// [`ServerFailure`].
    pub async fn draft(&self, key_bits: u32) -> Result<Draft, ServerFailure> {
        self.as_organizer("POST", routes::DRAFTS, Body::json(&DraftRequest { key_bits })).json().await
    }

    /// Opens a survey.
    ///
    /// # Errors
    /// [`ServerFailure`].
    pub async fn open(&self, request: &OpenRequest) -> Result<SurveyDocument, ServerFailure> {
        self.as_organizer("POST", routes::SURVEYS, Body::json(request)).json().await
    }

    /// Tells the labels of invitations.
    ///
    /// # Errors
    /// [`ServerFailure`].
    pub async fn labels(
        &self,
        survey: &Hex<32>,
        labels: &BTreeMap<Hex<32>, String>,
    ) -> Result<(), ServerFailure> {
        let labels: BTreeMap<String, &String> =
            labels.iter().map(|(key, label)| (key.to_string(), label)).collect();
        self.as_organizer("PUT", &routes::of_survey(routes::LABELS, survey), Body::json(&labels)).done().await
    }

    /// Who was invited, has enrolled, has submitted.
    ///
    /// # Errors
    /// [`ServerFailure`].
    pub async fn status(&self, survey: &Hex<32>) -> Result<SurveyStatus, ServerFailure> {
        self.as_organizer("GET", &routes::of_survey(routes::STATUS, survey), Body::None).json().await
    }

    /// Gives an order.
    ///
    /// # Errors
    /// [`ServerFailure`].
    pub async fn order(&self, survey: &Hex<32>, order: &Signed<Order>) -> Result<(), ServerFailure> {
        self.message("POST", &routes::of_survey(routes::ORDERS, survey), Body::json(order)).done().await
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Server({})", self.url)
    }
}
