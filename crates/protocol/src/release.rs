//! What is published.

use crate::{Document, Ended, Hex, HexBytes, Signed, Validity};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Employees whose amounts lie between two, both included, in units of the measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseBand {
    /// The smallest amount.
    pub from: String,
    /// The largest amount.
    pub to: String,
    /// How many.
    #[serde(deserialize_with = "crate::canonical::integer")]
    pub employees: u64,
}

/// What bands say about a quantile: it surely lies between two numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseBounds {
    /// Not below.
    pub low: String,
    /// Not above.
    pub high: String,
    /// Between the two, if amounts are spread evenly.
    pub estimate: String,
}

/// What is published of one measure in one cell. Numbers are decimal texts in units of the measure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseMeasure {
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
    /// Sum of the squares over employees, in minor units squared.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub squares: Option<String>,
    /// Standard deviation over employees.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub std: Option<String>,
    /// Employees with more than nothing of the measure.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub receiving: Option<u64>,
    /// Their part of the employees, in per cent.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub receiving_percent: Option<String>,
    /// Employees by bands.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub bands: Option<Vec<ReleaseBand>>,
    /// A quarter earns less.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub lower_quartile: Option<ReleaseBounds>,
    /// Half earns less.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub median: Option<ReleaseBounds>,
    /// Three quarters earn less.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub upper_quartile: Option<ReleaseBounds>,
}

/// One published or suppressed cell. The figures of a survey's only measure stand in the cell itself, those of
/// several under `measures`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Sum of the squares over employees, in minor units squared.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub squares: Option<String>,
    /// Standard deviation over employees.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub std: Option<String>,
    /// Employees with more than nothing of the measure.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub receiving: Option<u64>,
    /// Their part of the employees, in per cent.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub receiving_percent: Option<String>,
    /// Employees by bands.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub bands: Option<Vec<ReleaseBand>>,
    /// A quarter earns less.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub lower_quartile: Option<ReleaseBounds>,
    /// Half earns less.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub median: Option<ReleaseBounds>,
    /// Three quarters earn less.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub upper_quartile: Option<ReleaseBounds>,
    /// Name of a measure to its figures.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub measures: Option<BTreeMap<String, ReleaseMeasure>>,
    /// Why nothing else stands here.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub suppressed: Option<String>,
}

impl ReleaseCell {
    /// Puts the figures of a survey's only measure into the cell itself.
    #[must_use]
    pub fn with(self, figures: ReleaseMeasure) -> Self {
        let ReleaseMeasure {
            sum,
            mean,
            squares,
            std,
            receiving,
            receiving_percent,
            bands,
            lower_quartile,
            median,
            upper_quartile,
        } = figures;
        Self {
            sum,
            mean,
            squares,
            std,
            receiving,
            receiving_percent,
            bands,
            lower_quartile,
            median,
            upper_quartile,
            ..self
        }
    }

    /// The figures that stand in the cell itself.
    #[must_use]
    pub fn own_figures(&self) -> ReleaseMeasure {
        let Self {
            sum,
            mean,
            squares,
            std,
            receiving,
            receiving_percent,
            bands,
            lower_quartile,
            median,
            upper_quartile,
            ..
        } = self.clone();
        ReleaseMeasure {
            sum,
            mean,
            squares,
            std,
            receiving,
            receiving_percent,
            bands,
            lower_quartile,
            median,
            upper_quartile,
        }
    }
}

/// The gap between one group and the reference group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseGap {
    /// The measure.
    pub measure: String,
    /// The other dimensions of the two cells, to their categories.
    #[serde(
        default,
        deserialize_with = "crate::canonical::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub within: Option<BTreeMap<String, String>>,
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
    /// One per cell that is not of the reference group and measure that has a mean.
    pub gaps: Vec<ReleaseGap>,
    /// `outside-limits` where a published figure lies outside what honest reporters could have sent.
    pub warnings: Vec<String>,
    /// How honest form was known.
    pub validity: Validity,
    /// Proof that these figures, and what is not published, open the commitments of the agreed set.
    pub rest: HexBytes,
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
