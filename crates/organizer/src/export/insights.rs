//! What a result says besides its own figures: everything here follows from its released slots, so it needs no
//! signature of its own.

use protocol::{AdmittedManifest, Release};
use serde::{Serialize, Serializer, ser::Error};
use serde_json::value::RawValue;
use statistics::{
    AdjustedComparison, BandComparison, Bounds, Comparison, Decimal, MedianGap, adjusted_gaps, comparisons,
};
use std::collections::BTreeMap;
use std::fmt;
use survey::Schema;

/// A decimal as it is shown, and as the same number in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number(Decimal);

/// Where a figure surely lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Between {
    /// Not below.
    pub low: Number,
    /// Not above.
    pub high: Number,
    /// Between the two.
    pub estimate: Number,
}

/// The gap of two medians.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct MedianGapShown {
    /// In per cent of the reference group's median.
    pub percent: Between,
    /// What the group has, in hundredths of a unit, for every unit of the reference group.
    pub cents_per_unit: Between,
}

/// What bands of a measure say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BandsShown {
    /// Group to gap, of every group that is shown but the reference group.
    pub median_gaps: BTreeMap<String, MedianGapShown>,
    /// Of each quarter of pay, from the lowest, group to per cent.
    pub quarter_percent: [BTreeMap<String, Between>; 4],
}

/// Cells that differ in the compared category alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// Dimension to category of what they have in common.
    pub within: BTreeMap<String, String>,
    /// Group to its part of the employees of the groups that are shown, in per cent.
    pub representation_percent: BTreeMap<String, Number>,
    /// Measure to what its bands say; measures without bands are not here.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub measures: BTreeMap<String, BandsShown>,
}

/// A gap adjusted for other dimensions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AdjustedShown {
    /// The measure.
    pub measure: String,
    /// The dimensions that it is adjusted for.
    pub adjusted_for: Vec<String>,
    /// The group.
    pub compared: String,
    /// The reference group.
    pub reference: String,
    /// In per cent.
    pub percent: Number,
    /// Cents for every unit.
    pub cents_per_unit: Number,
    /// How many of the group's employees were compared.
    pub employees: u64,
}

/// All of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Insights {
    /// Side by side, where anything is shown.
    pub comparisons: Vec<Shown>,
    /// Adjusted gaps.
    pub adjusted_gaps: Vec<AdjustedShown>,
}

impl Insights {
    /// Of a release whose signatures and figures were checked; nothing of one that would not pass.
    #[must_use]
    pub fn of(manifest: &AdmittedManifest, release: &Release) -> Self {
        let names = Names(manifest.schema());
        let slots = release.slots(names.0).unwrap_or_default();
        let comparisons = comparisons(names.0, &slots);
        let shown = comparisons.iter().map(|of| names.comparison(of));
        Self {
            comparisons: shown.filter(|of| !of.representation_percent.is_empty()).collect(),
            adjusted_gaps: adjusted_gaps(names.0, &slots).iter().map(|of| names.adjusted(of)).collect(),
        }
    }
}

/// The names of a schema's positions.
struct Names<'a>(&'a Schema);

impl Names<'_> {
    fn dimension(&self, at: usize) -> String {
        self.0.dimensions().get(at).map(|dimension| dimension.name().to_string()).unwrap_or_default()
    }

    fn category(&self, dimension: usize, at: usize) -> String {
        let dimension = self.0.dimensions().get(dimension);
        dimension.and_then(|of| of.categories().get(at)).map(ToString::to_string).unwrap_or_default()
    }

    fn group(&self, at: usize) -> String {
        self.category(self.0.compared_position(), at)
    }

    fn measure(&self, at: usize) -> String {
        self.0.measures().get(at).map(|measure| measure.name().to_string()).unwrap_or_default()
    }

    /// What is there, by the names of the groups.
    fn by_group<T: Copy, U>(&self, list: &[Option<T>], of: impl Fn(T) -> U) -> BTreeMap<String, U> {
        let groups = list.iter().enumerate();
        groups.filter_map(|(at, value)| Some((self.group(at), of((*value)?)))).collect()
    }

    fn comparison(&self, of: &Comparison) -> Shown {
        let within =
            of.within.iter().map(|(at, category)| (self.dimension(*at), self.category(*at, *category)));
        Shown {
            within: within.collect(),
            representation_percent: self.by_group(&of.representation_percent, Number),
            measures: of.measures.iter().map(|of| (self.measure(of.measure), self.bands(of))).collect(),
        }
    }

    fn bands(&self, of: &BandComparison) -> BandsShown {
        BandsShown {
            median_gaps: self.by_group(&of.median_gaps, MedianGapShown::from),
            quarter_percent: of.quarter_percent.each_ref().map(|of| self.by_group(of, Between::from)),
        }
    }

    fn adjusted(&self, of: &AdjustedComparison) -> AdjustedShown {
        AdjustedShown {
            measure: self.measure(of.measure),
            adjusted_for: of.dimensions.iter().map(|at| self.dimension(*at)).collect(),
            compared: self.group(of.group),
            reference: self.group(self.0.reference()),
            percent: Number(of.percent),
            cents_per_unit: Number(of.cents_per_unit),
            employees: u64::try_from(of.employees).unwrap_or_default(),
        }
    }
}

impl From<Bounds> for Between {
    fn from(of: Bounds) -> Self {
        Self { low: Number(of.low), high: Number(of.high), estimate: Number(of.estimate) }
    }
}

impl From<MedianGap> for MedianGapShown {
    fn from(of: MedianGap) -> Self {
        Self { percent: of.percent.into(), cents_per_unit: of.cents_per_unit.into() }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::from_string(self.to_string()).map_err(S::Error::custom)?.serialize(serializer)
    }
}
