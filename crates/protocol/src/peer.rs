//! Between the two servers: every request is signed over both keys, every answer over its request.
//!
//! A request carries `sealed-pay-peer: 1 {unix seconds} {nonce} {signature}`, an answer
//! `sealed-pay-peer: 1 {signature}`, all but the numbers in lower-case hexadecimal. TLS stands besides.

use crate::{BadSignature, Hex, Identity, SigningKey, VerifyingKey, canonical, digest};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The header's name.
pub const HEADER: &str = "sealed-pay-peer";
/// Seconds by which the two servers' clocks may differ, and for which a nonce is remembered.
pub const MAX_SKEW_SECONDS: u64 = 300;
const REQUEST: &str = "sealed-pay/v1/peer-request";
const ANSWER: &str = "sealed-pay/v1/peer-answer";

/// What is signed of a request besides its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Seconds since 1970.
    pub time: u64,
    /// Sixteen random bytes.
    pub nonce: Hex<16>,
    /// Over (from key, to key, method, path, SHA-256 of the body, u64_be time, nonce).
    pub signature: Hex<64>,
}

/// What a request is about.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Who asks.
    pub from: &'a VerifyingKey,
    /// Who is asked.
    pub to: &'a VerifyingKey,
    /// `POST`.
    pub method: &'a str,
    /// The path, survey id included.
    pub path: &'a str,
    /// The body.
    pub body: &'a [u8],
}

impl Request<'_> {
    fn hash(&self, time: u64, nonce: &Hex<16>) -> [u8; 32] {
        let body: [u8; 32] = Sha256::digest(self.body).into();
        digest(
            REQUEST,
            &[
                &self.from.to_hex().0,
                &self.to.to_hex().0,
                self.method.as_bytes(),
                self.path.as_bytes(),
                &body,
                &time.to_be_bytes(),
                &nonce.0,
            ],
        )
    }

    /// Signs the request.
    #[must_use]
    pub fn sign(&self, time: u64, nonce: Hex<16>, key: &SigningKey) -> Envelope {
        let signature = key.sign(REQUEST, &[&self.hash(time, &nonce)]);
        Envelope { time, nonce, signature }
    }

    /// Checks who asks and that it was asked now. That the nonce is new, the caller checks.
    ///
    /// # Errors
    /// [`BadSignature`], also where the clocks differ by more than [`MAX_SKEW_SECONDS`].
    pub fn verify(&self, envelope: &Envelope, now: u64) -> Result<(), BadSignature> {
        if now.abs_diff(envelope.time) > MAX_SKEW_SECONDS {
            return Err(BadSignature);
        }
        self.from.verify(REQUEST, &[&self.hash(envelope.time, &envelope.nonce)], &envelope.signature)
    }

    /// Signs an answer to this request: over (hash of the request, u16_be status, SHA-256 of the body).
    #[must_use]
    pub fn sign_answer(&self, envelope: &Envelope, status: u16, body: &[u8], key: &SigningKey) -> Hex<64> {
        let (request, body) = (self.hash(envelope.time, &envelope.nonce), Sha256::digest(body));
        key.sign(ANSWER, &[&request, &status.to_be_bytes(), &body])
    }

    /// Checks an answer.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify_answer(
        &self,
        envelope: &Envelope,
        status: u16,
        body: &[u8],
        signature: &Hex<64>,
    ) -> Result<(), BadSignature> {
        let (request, body) = (self.hash(envelope.time, &envelope.nonce), Sha256::digest(body));
        self.to.verify(ANSWER, &[&request, &status.to_be_bytes(), &body], signature)
    }
}

impl Envelope {
    /// The header's value.
    #[must_use]
    pub fn to_header(&self) -> String {
        format!("1 {} {} {}", self.time, self.nonce, self.signature)
    }

    /// Reads a header's value.
    #[must_use]
    pub fn parse(header: &str) -> Option<Self> {
        let mut parts = header.split(' ');
        if parts.next()? != "1" {
            return None;
        }
        let time = parts.next()?.parse().ok()?;
        let nonce = Hex::parse(parts.next()?)?;
        let signature = Hex::parse(parts.next()?)?;
        parts.next().is_none().then_some(Self { time, nonce, signature })
    }
}

/// The value of an answer's header.
#[must_use]
pub fn answer_header(signature: &Hex<64>) -> String {
    format!("1 {signature}")
}

/// Reads the value of an answer's header.
#[must_use]
pub fn parse_answer_header(header: &str) -> Option<Hex<64>> {
    Hex::parse(header.strip_prefix("1 ")?)
}

/// Opening, as the data server forwards it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForwardedOpenRequest {
    /// As the organizer sent it.
    pub request: crate::OpenRequest,
    /// The data server's signature over the manifest.
    pub data_server_signature: Hex<64>,
}

/// A signature alone: the computation server's answer to an opened survey, and the body of a
/// countersignature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignatureDocument {
    /// Sixty-four bytes.
    pub signature: Hex<64>,
}

/// The computation server's answer to the data server's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// Its own list.
    pub list: crate::Signed<crate::HeldList>,
    /// The set that follows from both.
    pub agreed: crate::Signed<crate::AgreedSet>,
    /// Present where the outcome is not to proceed.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub ended: Option<crate::Signed<crate::Ended>>,
}

/// The opening, with the data server's signature over the agreed set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpeningRequest {
    /// Signed by the data server.
    pub opening: crate::Signed<crate::Opening>,
    /// The data server's signature over the agreed set.
    pub agreed_signature: Hex<64>,
}

/// The computation server's answer to an opening.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case", deny_unknown_fields)]
pub enum OpeningAnswer {
    /// What it would publish.
    Release {
        /// Signed by the computation server.
        release: crate::Signed<crate::Release>,
    },
    /// The end.
    Ended {
        /// Signed by the computation server.
        ended: crate::Signed<crate::Ended>,
    },
}

/// The body of a declaration: signed statement (197) ‖ u64_be hour ‖ held signature (64) ‖ sealed declaration.
#[must_use]
pub fn declaration_body(
    statement: &crate::SignedStatement,
    held: &crate::SignedHour,
    sealed: &[u8],
) -> Vec<u8> {
    [&statement.to_bytes()[..], &held.hour.to_be_bytes(), &held.signature.0, sealed].concat()
}

/// Splits the body of a declaration; `None` if it is too short, its statement is refused, or its hour is none.
#[must_use]
pub fn split_declaration_body(body: &[u8]) -> Option<(crate::SignedStatement, crate::SignedHour, &[u8])> {
    let (statement, rest) = body.split_at_checked(crate::SignedStatement::BYTES)?;
    let (hour, rest) = rest.split_first_chunk::<8>()?;
    let (signature, sealed) = rest.split_first_chunk::<64>()?;
    let statement = crate::SignedStatement::admit(statement).ok()?;
    let hour = u64::from_be_bytes(*hour);
    // Beyond, the hour could not stand in a list as it was signed.
    if hour > canonical::MAX_INTEGER {
        return None;
    }
    let held = crate::SignedHour { hour, signature: Hex(*signature) };
    Some((statement, held, sealed))
}

/// SHA-256 of a document's canonical bytes, for callers that compare what they stored with what came again.
#[must_use]
pub fn fingerprint_of<T: Serialize>(document: &T) -> [u8; 32] {
    Sha256::digest(canonical::encode(document)).into()
}

/// Whether an identity is the pinned peer.
#[must_use]
pub fn is_pinned(identity: &Identity, pinned: &VerifyingKey) -> bool {
    identity.signing_key == pinned.to_hex()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> (SigningKey, SigningKey) {
        (SigningKey::from_seed(&[1; 32]), SigningKey::from_seed(&[2; 32]))
    }

    #[test]
    fn a_request_holds_for_its_body_path_time_and_direction_only() {
        let (data, computation) = keys();
        let (from, to) = (data.verifying_key(), computation.verifying_key());
        let request = Request { from: &from, to: &to, method: "POST", path: "/p", body: b"b" };
        let envelope = request.sign(1000, Hex([9; 16]), &data);
        let read = Envelope::parse(&envelope.to_header()).unwrap();
        assert_eq!(read, envelope);
        assert!(request.verify(&read, 1000 + MAX_SKEW_SECONDS).is_ok());
        assert!(request.verify(&read, 1001 + MAX_SKEW_SECONDS).is_err());
        assert!(Request { path: "/q", ..request }.verify(&read, 1000).is_err());
        assert!(Request { body: b"c", ..request }.verify(&read, 1000).is_err());
        assert!(Request { from: &to, to: &from, ..request }.verify(&read, 1000).is_err());
    }

    #[test]
    fn an_answer_belongs_to_its_request_and_status() {
        let (data, computation) = keys();
        let (from, to) = (data.verifying_key(), computation.verifying_key());
        let request = Request { from: &from, to: &to, method: "POST", path: "/p", body: b"b" };
        let envelope = request.sign(1000, Hex([9; 16]), &data);
        let signature = request.sign_answer(&envelope, 200, b"answer", &computation);
        let header = answer_header(&signature);
        assert_eq!(parse_answer_header(&header), Some(signature));
        assert!(request.verify_answer(&envelope, 200, b"answer", &signature).is_ok());
        assert!(request.verify_answer(&envelope, 409, b"answer", &signature).is_err());
        assert!(request.verify_answer(&envelope, 200, b"other", &signature).is_err());
        let again = request.sign(1000, Hex([8; 16]), &data);
        assert!(request.verify_answer(&again, 200, b"answer", &signature).is_err());
    }
}
