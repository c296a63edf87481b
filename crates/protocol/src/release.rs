//! What is published.

use crate::{Document, Ended, Hex, Signed, Validity};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One published or suppressed cell. Numbers are decimal texts in units of the measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseCell {
    /// Dimension to category, spelled as in the schema.
    #[serde(deserialize_with = "crate::canonical::texts")]
    pub categories: BTreeMap<String, String>,
    /// Reporters with employees in the cell.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub reporters: Option<u32>,
    /// Employees in the cell.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub employees: Option<u64>,
    /// Sum of the measure.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub sum: Option<String>,
    /// Mean of the measure.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub mean: Option<String>,
    /// Why nothing else stands here.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub suppressed: Option<String>,
}

/// The gap between one group and the reference group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseGap {
    /// The measure.
    pub measure: String,
    /// The category compared.
    pub compared: String,
    /// The category it is compared with.
    pub reference: String,
    /// (reference mean − mean) / reference mean, in per cent.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub percent: Option<String>,
    /// mean / reference mean, in hundredths: cents for each unit of currency.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub cents_per_unit: Option<String>,
    /// Why nothing else stands here.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub suppressed: Option<String>,
}

/// The result of a survey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// `sealed-pay/release/1`.
    pub format: String,
    /// Which survey.
    pub fingerprint: Hex<32>,
    /// Hash of the agreed set.
    pub agreed: Hex<32>,
    /// Reporters counted.
    pub counted: u32,
    /// One per cell, in the schema's order.
    pub cells: Vec<ReleaseCell>,
    /// One per category that is not the reference.
    pub gaps: Vec<ReleaseGap>,
    /// `outside-limits` where a published figure lies outside what honest reporters could have sent.
    pub warnings: Vec<String>,
    /// How honest form was known.
    pub validity: Validity,
}

impl Release {
    /// The value of `format`.
    pub const FORMAT: &'static str = "sealed-pay/release/1";
}

impl Document for Release {
    const DOMAIN: &'static str = "sealed-pay/v1/release";
    fn survey(&self) -> Hex<32> {
        self.fingerprint
    }
}

/// What both servers answer to whoever asks for the result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case", deny_unknown_fields)]
#[cfg_attr(target_pointer_width = "64", expect(clippy::large_enum_variant, reason = "read once, held once"))]
pub enum ReleasedDocument {
    /// Published, signed by both.
    Released {
        /// Signed by the computation server.
        release: Signed<Release>,
        /// The data server's signature over the same.
        countersignature: Hex<64>,
        /// The agreed set, signed by the computation server.
        agreed: Signed<crate::AgreedSet>,
        /// The data server's signature over the same.
        agreed_countersignature: Hex<64>,
    },
    /// Ended without a result.
    Ended {
        /// Signed by the computation server.
        ended: Signed<Ended>,
        /// The agreed set, signed by the computation server.
        agreed: Signed<crate::AgreedSet>,
    },
}
