//! Signed documents: a body and one signature over its canonical encoding.

use crate::{BadSignature, Hex, SigningKey, VerifyingKey, canonical, digest};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A JSON document that somebody signs.
pub trait Document: Serialize + DeserializeOwned {
    /// The domain of its hash and its signature.
    const DOMAIN: &'static str;
    /// The survey's fingerprint (its id where there is no fingerprint yet), as the document itself says it.
    fn survey(&self) -> Hex<32>;
    /// SHA-256 of LP(domain) ‖ LP(survey) ‖ LP(canonical encoding).
    fn hash(&self) -> Hex<32> {
        Hex(digest(Self::DOMAIN, &[&self.survey().0, &canonical::encode(self)]))
    }
}

/// A document with its signature over LP(domain) ‖ LP(survey) ‖ LP(canonical encoding of the body).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed<T> {
    /// What is said.
    pub body: T,
    /// By whom, is known from the place where it stands.
    pub signature: Hex<64>,
}

impl<T: Document> Signed<T> {
    /// Signs a document.
    #[must_use]
    pub fn sign(body: T, key: &SigningKey) -> Self {
        let signature = key.sign(T::DOMAIN, &[&body.survey().0, &canonical::encode(&body)]);
        Self { body, signature }
    }

    /// Checks who signed, and for which survey.
    ///
    /// # Errors
    /// [`BadSignature`], also for a good signature about another survey.
    pub fn verify(&self, survey: &Hex<32>, key: &VerifyingKey) -> Result<&T, BadSignature> {
        if self.body.survey() != *survey {
            return Err(BadSignature);
        }
        key.verify(T::DOMAIN, &[&survey.0, &canonical::encode(&self.body)], &self.signature)?;
        Ok(&self.body)
    }
}
