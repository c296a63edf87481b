//! What both servers answer alike.

use crate::exchange::{Body, Exchange};
use crate::{ClientError, Http, ServerUrl};
use protocol::{Hex, Identity, Order, ReleasedDocument, Signed, SurveyDocument, routes};
use reqwest::Method;
use zeroize::Zeroizing;

/// One server and how to reach it.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) http: Http,
    pub(crate) url: ServerUrl,
    pub(crate) sign_in: Option<Zeroizing<String>>,
}

impl Server {
    pub(crate) fn new(http: &Http, url: ServerUrl) -> Self {
        Self { http: http.clone(), url, sign_in: None }
    }

    pub(crate) fn exchange(&self, method: Method, route: &str, body: Body) -> Exchange<'_> {
        Exchange {
            http: &self.http,
            server: &self.url,
            method,
            address: self.url.at(route),
            body,
            sign_in: None,
            repeatable: true,
        }
    }

    pub(crate) fn get(&self, route: &str) -> Exchange<'_> {
        self.exchange(Method::GET, route, Body::None)
    }

    /// The identity at the server's own host.
    pub(crate) async fn identity(&self) -> Result<Identity, ClientError> {
        let address = self.url.at_root(routes::IDENTITY);
        Exchange { address, ..self.get(routes::IDENTITY) }.json().await
    }

    pub(crate) async fn survey(&self, survey: &Hex<32>) -> Result<SurveyDocument, ClientError> {
        self.get(&routes::of_survey(routes::SURVEY, survey)).json().await
    }

    pub(crate) async fn release(&self, survey: &Hex<32>) -> Result<ReleasedDocument, ClientError> {
        self.get(&routes::of_survey(routes::RELEASE, survey)).json().await
    }

    pub(crate) async fn order(&self, survey: &Hex<32>, order: &Signed<Order>) -> Result<(), ClientError> {
        let route = routes::of_survey(routes::ORDERS, survey);
        self.exchange(Method::POST, &route, Body::json(order)).done().await
    }
}
