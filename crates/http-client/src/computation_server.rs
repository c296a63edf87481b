//! The computation server as reporters and organizers see it.

use crate::exchange::Body;
use crate::shared::Server;
use crate::{ClientError, Http, ServerUrl};
use protocol::{
    Hex, Identity, Order, ReleasedDocument, Signed, SignedHour, SignedStatement, SurveyDocument, routes,
};
use reqwest::Method;
use std::fmt;

/// The computation server. Reporters fetch the survey and the server's identity from it, which shows that
/// somebody at this address looks at the survey, and no credential; only who withdraws at it directly shows
/// both.
#[derive(Clone)]
pub struct ComputationServer(Server);

impl ComputationServer {
    /// At an address.
    #[must_use]
    pub fn at(http: &Http, url: ServerUrl) -> Self {
        Self(Server::new(http, url))
    }

    /// Where it is.
    #[must_use]
    pub const fn url(&self) -> &ServerUrl {
        &self.0.url
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

    /// Gives an order here, when the data server will not take it.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn order(&self, survey: &Hex<32>, order: &Signed<Order>) -> Result<(), ClientError> {
        self.0.order(survey, order).await
    }

    /// Withdraws here.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn withdraw(
        &self,
        survey: &Hex<32>,
        statement: &SignedStatement,
    ) -> Result<SignedHour, ClientError> {
        let route = routes::of_survey(routes::WITHDRAWALS, survey);
        self.0.exchange(Method::POST, &route, Body::Bytes(statement.to_bytes())).json().await
    }
}

impl fmt::Debug for ComputationServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ComputationServer({})", self.0.url)
    }
}
