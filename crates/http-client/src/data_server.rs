//! The data server as reporters and organizers see it.

use crate::exchange::{Body, Exchange};
use crate::shared::Server;
use crate::{ClientError, Http, ServerUrl};
use protocol::{
    Bundle, Draft, DraftRequest, Enrolled, Enrolment, Hex, Identity, OpenRequest, Order, Receipt,
    ReleasedDocument, Signed, SignedStatement, Statement, SurveyDocument, SurveyStatus, routes,
};
use reqwest::Method;
use std::collections::BTreeMap;
use std::fmt;
use zeroize::Zeroizing;

/// The data server. `Debug` shows no sign-in.
#[derive(Clone)]
pub struct DataServer(Server);

impl DataServer {
    /// At an address.
    #[must_use]
    pub fn at(http: &Http, url: ServerUrl) -> Self {
        Self(Server::new(http, url))
    }

    /// As an organizer who signs in.
    #[must_use]
    pub fn signed_in(mut self, token: Zeroizing<String>) -> Self {
        self.0.sign_in = Some(token);
        self
    }

    /// Where it is.
    #[must_use]
    pub const fn url(&self) -> &ServerUrl {
        &self.0.url
    }

    fn as_organizer(&self, method: Method, route: &str, body: Body) -> Exchange<'_> {
        Exchange { sign_in: self.0.sign_in.as_ref(), ..self.0.exchange(method, route, body) }
    }

    /// Who it says it is, at its own host.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn identity(&self) -> Result<Identity, ClientError> {
        self.0.identity().await
    }

    /// The survey as it shows it.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn survey(&self, survey: &Hex<32>) -> Result<SurveyDocument, ClientError> {
        self.0.survey(survey).await
    }

    /// The result as it shows it.
    ///
    /// # Errors
    /// [`ClientError`], refused as not released while there is none.
    pub async fn release(&self, survey: &Hex<32>) -> Result<ReleasedDocument, ClientError> {
        self.0.release(survey).await
    }

    /// Everything public about a released survey.
    ///
    /// # Errors
    /// [`ClientError`], refused as not released while there is no result.
    pub async fn bundle(&self, survey: &Hex<32>) -> Result<Bundle, ClientError> {
        self.0.get(&routes::of_survey(routes::BUNDLE, survey)).json().await
    }

    /// Asks for an id and a key. Not repeated by itself: every draft uses a key up.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn draft(&self, key_bits: u32) -> Result<Draft, ClientError> {
        let body = Body::json(&DraftRequest { key_bits });
        let exchange = self.as_organizer(Method::POST, routes::DRAFTS, body);
        Exchange { repeatable: false, ..exchange }.json().await
    }

    /// Opens a survey.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn open(&self, request: &OpenRequest) -> Result<SurveyDocument, ClientError> {
        self.as_organizer(Method::POST, routes::SURVEYS, Body::json(request)).json().await
    }

    /// Tells the labels of invitations.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn labels(
        &self,
        survey: &Hex<32>,
        labels: &BTreeMap<Hex<32>, String>,
    ) -> Result<(), ClientError> {
        let labels: BTreeMap<String, &String> =
            labels.iter().map(|(key, label)| (key.to_string(), label)).collect();
        let route = routes::of_survey(routes::LABELS, survey);
        self.as_organizer(Method::PUT, &route, Body::json(&labels)).done().await
    }

    /// Who was invited, has enrolled, has submitted.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn status(&self, survey: &Hex<32>) -> Result<SurveyStatus, ClientError> {
        let route = routes::of_survey(routes::STATUS, survey);
        self.as_organizer(Method::GET, &route, Body::None).json().await
    }

    /// Gives an order.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn order(&self, survey: &Hex<32>, order: &Signed<Order>) -> Result<(), ClientError> {
        self.0.order(survey, order).await
    }

    /// Enrols. The answer is checked by the caller.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn enrol(&self, survey: &Hex<32>, enrolment: &Enrolment) -> Result<Enrolled, ClientError> {
        let route = routes::of_survey(routes::ENROLMENTS, survey);
        self.0.exchange(Method::POST, &route, Body::json(enrolment)).json().await
    }

    /// Uploads a sealed submission. The same bytes again get the same receipt.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn submit(
        &self,
        survey: &Hex<32>,
        statement: &Statement,
        sealed: Vec<u8>,
    ) -> Result<Receipt, ClientError> {
        let route = routes::of_survey(routes::SUBMISSION, survey)
            .replace("{credential}", &statement.credential.to_string())
            .replace("{version}", &statement.version.to_string());
        self.0.exchange(Method::PUT, &route, Body::Bytes(sealed)).json().await
    }

    /// Withdraws.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn withdraw(
        &self,
        survey: &Hex<32>,
        statement: &SignedStatement,
    ) -> Result<Receipt, ClientError> {
        let route = routes::of_survey(routes::WITHDRAWALS, survey);
        self.0.exchange(Method::POST, &route, Body::Bytes(statement.to_bytes())).json().await
    }
}

impl fmt::Debug for DataServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DataServer({})", self.0.url)
    }
}
