//! A figure that is known to lie between two ends.

use crate::{Decimal, Gap, Ratio};

/// Ends that surely hold the figure, and an estimate between them. Exact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interval {
    /// The figure is not below.
    pub low: Ratio,
    /// The figure is not above.
    pub high: Ratio,
    /// Between the two.
    pub estimate: Ratio,
}

/// An interval as it is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Rounded down.
    pub low: Decimal,
    /// Rounded up.
    pub high: Decimal,
    /// Rounded half away from zero.
    pub estimate: Decimal,
}

impl Interval {
    /// The same in other units; `change` must not turn greater into smaller.
    #[must_use]
    pub fn map(&self, change: impl Fn(&Ratio) -> Ratio) -> Self {
        Self { low: change(&self.low), high: change(&self.high), estimate: change(&self.estimate) }
    }

    /// Rounds once and outwards, so that the figure stays inside.
    #[must_use]
    pub fn rounded(&self, decimals: u8) -> Bounds {
        Bounds {
            low: Decimal::floor(&self.low, decimals),
            high: Decimal::ceil(&self.high, decimals),
            estimate: Decimal::round(&self.estimate, decimals),
        }
    }
}

/// The gap between two figures of which only intervals are known: of their medians, say. Each as in
/// [`Gap::between`]; the widest gap is that between the reference's upper and the group's lower end. `None`
/// if the reference's lower end is not above zero.
///
/// The median gap of EU directive 2023/970 Art. 9(1)(c) and of the UK's SI 2017/172 reg. 9, pooled.
#[must_use]
pub fn gap_of_intervals(reference: &Interval, group: &Interval) -> Option<GapInterval> {
    let widest = Gap::between(&reference.high, &group.low)?;
    let narrowest = Gap::between(&reference.low, &group.high)?;
    let estimate = Gap::between(&reference.estimate, &group.estimate)?;
    Some(GapInterval {
        percent: Interval { low: narrowest.percent, high: widest.percent, estimate: estimate.percent },
        cents_per_unit: Interval {
            low: widest.cents_per_unit,
            high: narrowest.cents_per_unit,
            estimate: estimate.cents_per_unit,
        },
    })
}

/// See [`gap_of_intervals`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapInterval {
    /// See [`Gap::percent`].
    pub percent: Interval,
    /// See [`Gap::cents_per_unit`].
    pub cents_per_unit: Interval,
}
