//! One message and its answer, by the browser's `fetch`.

use crate::ServerFailure;
use crate::proxies::way_to;
use js_sys::{ArrayBuffer, Promise, Uint8Array};
use protocol::{Problem, ServerUrl};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, ReferrerPolicy, Request, RequestCache, RequestCredentials, RequestInit, RequestRedirect,
    Response,
};
use zeroize::Zeroizing;

#[wasm_bindgen]
extern "C" {
    /// Of whatever this runs in: a page or a worker.
    #[wasm_bindgen(catch)]
    fn fetch(request: &Request) -> Result<Promise, JsValue>;
}

/// What goes with a message.
pub(crate) enum Body<'a> {
    None,
    Json(Vec<u8>),
    Bytes(&'a [u8]),
}

impl Body<'_> {
    pub(crate) fn json<T: Serialize>(value: &T) -> Self {
        // Our documents hold string keys only; none of them fails to encode.
        Self::Json(serde_json::to_vec(value).unwrap_or_default())
    }

    const fn kind(&self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Json(_) => Some("application/json"),
            Self::Bytes(_) => Some("application/octet-stream"),
        }
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::None => &[],
            Self::Json(bytes) => bytes,
            Self::Bytes(bytes) => bytes,
        }
    }
}

/// A message that has not been sent.
pub(crate) struct Message<'a> {
    pub(crate) server: &'a ServerUrl,
    pub(crate) method: &'static str,
    pub(crate) address: String,
    pub(crate) body: Body<'a>,
    pub(crate) sign_in: Option<&'a Zeroizing<String>>,
}

/// How long an answer may take; an upload over a slow line takes its time.
const QUICK_MS: u32 = 60_000;
const UPLOAD_MS: u32 = 600_000;

impl Message<'_> {
    /// Sends and reads a JSON answer.
    pub(crate) async fn json<T: DeserializeOwned>(self) -> Result<T, ServerFailure> {
        let host = self.server.host();
        let answer = self.bytes().await?;
        serde_json::from_slice(&answer).map_err(|_| ServerFailure::Malformed { host })
    }

    /// Sends; the answer's content is of no interest.
    pub(crate) async fn done(self) -> Result<(), ServerFailure> {
        self.bytes().await.map(|_| ())
    }

    async fn bytes(self) -> Result<Vec<u8>, ServerFailure> {
        let host = self.server.host();
        // What the browser says about a failure is neither stable nor free of addresses.
        let (status, answer) =
            self.exchange().await.map_err(|_| ServerFailure::Unreachable { host: host.clone() })?;
        if (200..300).contains(&status) { Ok(answer) } else { Err(refusal(host, status, &answer)) }
    }

    async fn exchange(&self) -> Result<(u16, Vec<u8>), JsValue> {
        let response: Response = JsFuture::from(fetch(&self.request()?)?).await?.dyn_into()?;
        let answer: ArrayBuffer = JsFuture::from(response.array_buffer()?).await?.dyn_into()?;
        Ok((response.status(), Uint8Array::new(&answer).to_vec()))
    }

    fn request(&self) -> Result<Request, JsValue> {
        let init = RequestInit::new();
        init.set_method(self.method);
        init.set_cache(RequestCache::NoStore);
        init.set_credentials(RequestCredentials::Omit);
        init.set_redirect(RequestRedirect::Error);
        init.set_referrer_policy(ReferrerPolicy::NoReferrer);
        let patience = if matches!(self.body, Body::Bytes(_)) { UPLOAD_MS } else { QUICK_MS };
        init.set_signal(Some(&AbortSignal::timeout_with_u32(patience)));
        if self.body.kind().is_some() {
            init.set_body(&Uint8Array::from(self.body.bytes()));
        }
        let request = Request::new_with_str_and_init(&way_to(&self.address), &init)?;
        if let Some(kind) = self.body.kind() {
            request.headers().set("content-type", kind)?;
        }
        if let Some(token) = self.sign_in {
            request.headers().set("authorization", &Zeroizing::new(format!("Bearer {}", token.as_str())))?;
        }
        Ok(request)
    }
}

/// The problem that a refusal names, looked up in the protocol's table.
fn refusal(host: String, status: u16, answer: &[u8]) -> ServerFailure {
    let document: Option<serde_json::Value> = serde_json::from_slice(answer).ok();
    let named = document.as_ref().and_then(|document| document.get("type")?.as_str());
    let problem = named.and_then(Problem::from_uri);
    problem.map_or(ServerFailure::Status { host, status }, ServerFailure::Refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_named_by_the_table_or_by_its_status_alone() {
        let host = || "pay.example".to_owned();
        let named = refusal(host(), 409, br#"{"type":"urn:sealed-pay:problem:survey-closed","x":"<b>"}"#);
        assert_eq!(named, ServerFailure::Refused(Problem::SurveyClosed));
        for answer in [&b""[..], b"[]", b"<html>", br#"{"type":"other"}"#, br#"{"type":7}"#] {
            assert_eq!(refusal(host(), 502, answer), ServerFailure::Status { host: host(), status: 502 });
        }
    }
}
