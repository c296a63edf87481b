//! The figures of a measure as scripts read them: numbers, written exactly as they were released.

use protocol::{ReleaseBand, ReleaseBounds, ReleaseMeasure};
use serde::Serialize;
use serde_json::value::RawValue;

type Number = Box<RawValue>;

/// A quantile.
#[derive(Serialize)]
struct Bounds {
    low: Option<Number>,
    high: Option<Number>,
    estimate: Option<Number>,
}

/// A band.
#[derive(Serialize)]
struct Band {
    from: Option<Number>,
    to: Option<Number>,
    employees: u64,
}

/// All figures of one measure.
#[derive(Serialize)]
pub(super) struct Figures {
    #[serde(skip_serializing_if = "Option::is_none")]
    sum: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mean: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    squares: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    std: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    receiving: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    receiving_percent: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lower_quartile: Option<Bounds>,
    #[serde(skip_serializing_if = "Option::is_none")]
    median: Option<Bounds>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upper_quartile: Option<Bounds>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bands: Option<Vec<Band>>,
}

impl Figures {
    /// Of a measure.
    pub(super) fn of(released: &ReleaseMeasure) -> Self {
        Self {
            sum: number(released.sum.as_ref()),
            mean: number(released.mean.as_ref()),
            squares: number(released.squares.as_ref()),
            std: number(released.std.as_ref()),
            receiving: released.receiving,
            receiving_percent: number(released.receiving_percent.as_ref()),
            lower_quartile: released.lower_quartile.as_ref().map(bounds),
            median: released.median.as_ref().map(bounds),
            upper_quartile: released.upper_quartile.as_ref().map(bounds),
            bands: released.bands.as_ref().map(|bands| bands.iter().map(band).collect()),
        }
    }
}

/// The number that a decimal text is.
pub(super) fn number(text: Option<&String>) -> Option<Number> {
    text.and_then(|text| RawValue::from_string(text.clone()).ok())
}

fn bounds(of: &ReleaseBounds) -> Bounds {
    Bounds { low: number(Some(&of.low)), high: number(Some(&of.high)), estimate: number(Some(&of.estimate)) }
}

fn band(of: &ReleaseBand) -> Band {
    Band { from: number(Some(&of.from)), to: number(Some(&of.to)), employees: of.employees }
}
