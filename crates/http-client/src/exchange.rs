//! One message and its answer.

use crate::{ClientError, Http, ServerUrl};
use protocol::Problem;
use reqwest::{Method, Response, StatusCode, header};
use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

/// The longest answer of any server: a large survey's agreed set.
const MAX_ANSWER_BYTES: usize = 64 * 1024 * 1024;

/// What is sent with a request.
#[derive(Clone)]
pub(crate) enum Body {
    None,
    Json(Vec<u8>),
    Bytes(Vec<u8>),
}

impl Body {
    pub(crate) fn json<T: Serialize>(value: &T) -> Self {
        // Our documents hold string keys only; none of them fails to encode.
        Self::Json(serde_json::to_vec(value).unwrap_or_default())
    }
}

/// A request that has not been sent.
pub(crate) struct Exchange<'a> {
    pub(crate) http: &'a Http,
    pub(crate) server: &'a ServerUrl,
    pub(crate) method: Method,
    pub(crate) address: String,
    pub(crate) body: Body,
    pub(crate) sign_in: Option<&'a Zeroizing<String>>,
    /// Whether the same message twice is the same as once.
    pub(crate) repeatable: bool,
}

impl Exchange<'_> {
    /// Sends and reads a JSON answer.
    pub(crate) async fn json<T: DeserializeOwned>(self) -> Result<T, ClientError> {
        let host = self.server.host();
        let answer = self.bytes().await?;
        serde_json::from_slice(&answer).map_err(|_| ClientError::Malformed { host })
    }

    /// Sends; the answer's content is of no interest.
    pub(crate) async fn done(self) -> Result<(), ClientError> {
        self.bytes().await.map(|_| ())
    }

    async fn bytes(self) -> Result<Vec<u8>, ClientError> {
        let mut attempt = 1;
        loop {
            let failed = match self.attempt().await {
                Ok(answer) => return Ok(answer),
                Err(failed) => failed,
            };
            let pause = self.http.patience.pause_after(attempt);
            match pause.filter(|_| self.repeatable && failed.is_passing()) {
                Some(pause) => tokio::time::sleep(pause).await,
                None => return Err(failed),
            }
            attempt += 1;
        }
    }

    async fn attempt(&self) -> Result<Vec<u8>, ClientError> {
        let mut request = self.http.client_for(self.server).request(self.method.clone(), &self.address);
        if let Some(token) = self.sign_in {
            request = request.bearer_auth(token.as_str());
        }
        request = match self.body.clone() {
            Body::None => request,
            Body::Json(body) => request.header(header::CONTENT_TYPE, "application/json").body(body),
            Body::Bytes(body) => request.header(header::CONTENT_TYPE, "application/octet-stream").body(body),
        };
        let response = request.send().await.map_err(|error| self.unreachable(&error))?;
        let status = response.status();
        let answer = self.read(response).await?;
        if status.is_success() { Ok(answer) } else { Err(self.refusal(status, &answer)) }
    }

    async fn read(&self, mut response: Response) -> Result<Vec<u8>, ClientError> {
        let mut answer = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.unreachable(&error))? {
            if answer.len() + chunk.len() > MAX_ANSWER_BYTES {
                return Err(ClientError::Malformed { host: self.server.host() });
            }
            answer.extend_from_slice(&chunk);
        }
        Ok(answer)
    }

    fn refusal(&self, status: StatusCode, answer: &[u8]) -> ClientError {
        let unnamed = || ClientError::Status { host: self.server.host(), status: status.as_u16() };
        Problem::read_document(answer).map_or_else(unnamed, ClientError::Refused)
    }

    fn unreachable(&self, error: &reqwest::Error) -> ClientError {
        let why = if error.is_timeout() {
            "no answer in time"
        } else if error.is_connect() {
            "no connection"
        } else {
            "the connection broke"
        };
        ClientError::Unreachable { host: self.server.host(), why }
    }
}
