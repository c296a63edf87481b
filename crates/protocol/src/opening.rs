//! The one opening of a survey, and its end without a result.

use crate::{Document, Hex, HexBytes};
use serde::{Deserialize, Serialize};

/// What the data server sends, once: the product of exactly the agreed submissions and the sum of its shares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// Which survey.
    pub fingerprint: Hex<32>,
    /// Hash of the agreed set.
    pub agreed: Hex<32>,
    /// Per group, per block: c₀ ‖ c₁ of the product, re-randomized.
    pub aggregates: Vec<Vec<HexBytes>>,
    /// Σ s_D over the agreed set.
    pub share_sum: Hex<32>,
}

impl Document for Opening {
    const DOMAIN: &'static str = "sealed-pay/v1/opening";
    fn survey(&self) -> Hex<32> {
        self.fingerprint
    }
}

/// Why a survey ended without a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EndedReason {
    /// Fewer counted reporters than the minimum.
    TooFewReporters,
    /// More acknowledged submissions lost than tolerated.
    TooManyMissing,
    /// The opening failed. There is no other word for any cause.
    Inconsistent,
}

/// The end of a survey without a release; keys, shares and ciphertexts are destroyed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ended {
    /// Which survey.
    pub fingerprint: Hex<32>,
    /// Hash of the agreed set.
    pub agreed: Hex<32>,
    /// Why.
    pub reason: EndedReason,
}

impl Document for Ended {
    const DOMAIN: &'static str = "sealed-pay/v1/ended";
    fn survey(&self) -> Hex<32> {
        self.fingerprint
    }
}
