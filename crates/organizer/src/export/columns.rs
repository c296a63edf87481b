//! The columns of figures in a spreadsheet: a cell's own, and how it compares to others.

use super::{Between, Insights, Shown};
use protocol::{Manifest, Release, ReleaseBounds, ReleaseCell, ReleaseGap, ReleaseMeasure};
use std::collections::BTreeMap;

/// A quantity that lies between two numbers has three columns.
type Three = [&'static str; 3];

const LOWER: Three = ["lower_quartile_low", "lower_quartile_high", "lower_quartile_estimate"];
const MEDIAN: Three = ["median_low", "median_high", "median_estimate"];
const UPPER: Three = ["upper_quartile_low", "upper_quartile_high", "upper_quartile_estimate"];
const MEDIAN_GAP: Three =
    ["median_gap_percent_low", "median_gap_percent_high", "median_gap_percent_estimate"];
const MEDIAN_CENTS: Three =
    ["median_gap_cents_per_unit_low", "median_gap_cents_per_unit_high", "median_gap_cents_per_unit_estimate"];
/// Of the four quarters of pay, from the lowest, what part is the group's.
const QUARTERS: [Three; 4] = [
    ["lowest_quarter_percent_low", "lowest_quarter_percent_high", "lowest_quarter_percent_estimate"],
    ["second_quarter_percent_low", "second_quarter_percent_high", "second_quarter_percent_estimate"],
    ["third_quarter_percent_low", "third_quarter_percent_high", "third_quarter_percent_estimate"],
    ["highest_quarter_percent_low", "highest_quarter_percent_high", "highest_quarter_percent_estimate"],
];

/// All columns of figures, in their order.
pub(super) const COLUMNS: &[&str] = &[
    "sum",
    "mean",
    "std",
    "receiving",
    "receiving_percent",
    LOWER[0],
    LOWER[1],
    LOWER[2],
    MEDIAN[0],
    MEDIAN[1],
    MEDIAN[2],
    UPPER[0],
    UPPER[1],
    UPPER[2],
    "representation_percent",
    "gap_percent",
    "gap_cents_per_unit",
    "gap_adjusted_for",
    MEDIAN_GAP[0],
    MEDIAN_GAP[1],
    MEDIAN_GAP[2],
    MEDIAN_CENTS[0],
    MEDIAN_CENTS[1],
    MEDIAN_CENTS[2],
    QUARTERS[0][0],
    QUARTERS[0][1],
    QUARTERS[0][2],
    QUARTERS[1][0],
    QUARTERS[1][1],
    QUARTERS[1][2],
    QUARTERS[2][0],
    QUARTERS[2][1],
    QUARTERS[2][2],
    QUARTERS[3][0],
    QUARTERS[3][1],
    QUARTERS[3][2],
];

/// Column to text, of what there is.
pub(super) type Figures = BTreeMap<&'static str, String>;

/// Where figures are taken from.
pub(super) struct Sources<'a> {
    pub(super) manifest: &'a Manifest,
    pub(super) release: &'a Release,
    pub(super) insights: &'a Insights,
}

impl Sources<'_> {
    /// Everything that is said of a measure in a released cell.
    pub(super) fn of(&self, cell: &ReleaseCell, measure: &str) -> Figures {
        let own = match &cell.measures {
            Some(measures) => measures.get(measure).cloned().unwrap_or_default(),
            None => cell.own_figures(),
        };
        let mut figures = own_figures(&own);
        if let Some(group) = cell.categories.get(&self.manifest.compared) {
            let mut within = cell.categories.clone();
            within.remove(&self.manifest.compared);
            self.add_gap(&mut figures, (&within, group), measure);
            if let Some(shown) = self.insights.comparisons.iter().find(|shown| shown.within == within) {
                add_comparison(&mut figures, shown, group, measure);
            }
        }
        figures
    }

    fn add_gap(&self, figures: &mut Figures, cell: (&BTreeMap<String, String>, &str), measure: &str) {
        let none = BTreeMap::new();
        let is_its = |gap: &&ReleaseGap| {
            (gap.within.as_ref().unwrap_or(&none), gap.compared.as_str()) == cell && gap.measure == measure
        };
        if let Some(gap) = self.release.gaps.iter().find(is_its) {
            add(figures, "gap_percent", gap.percent.clone());
            add(figures, "gap_cents_per_unit", gap.cents_per_unit.clone());
        }
    }
}

fn own_figures(of: &ReleaseMeasure) -> Figures {
    let mut figures = Figures::new();
    add(&mut figures, "sum", of.sum.clone());
    add(&mut figures, "mean", of.mean.clone());
    add(&mut figures, "std", of.std.clone());
    add(&mut figures, "receiving", of.receiving.map(|receiving| receiving.to_string()));
    add(&mut figures, "receiving_percent", of.receiving_percent.clone());
    let quantiles = [(LOWER, &of.lower_quartile), (MEDIAN, &of.median), (UPPER, &of.upper_quartile)];
    for (names, bounds) in quantiles {
        if let Some(ReleaseBounds { low, high, estimate }) = bounds.clone() {
            figures.extend(names.into_iter().zip([low, high, estimate]));
        }
    }
    figures
}

fn add_comparison(figures: &mut Figures, shown: &Shown, group: &str, measure: &str) {
    let part = shown.representation_percent.get(group);
    add(figures, "representation_percent", part.map(ToString::to_string));
    let Some(bands) = shown.measures.get(measure) else { return };
    if let Some(gap) = bands.median_gaps.get(group) {
        figures.extend(three(MEDIAN_GAP, gap.percent));
        figures.extend(three(MEDIAN_CENTS, gap.cents_per_unit));
    }
    for (names, quarter) in QUARTERS.into_iter().zip(&bands.quarter_percent) {
        figures.extend(quarter.get(group).into_iter().flat_map(|part| three(names, *part)));
    }
}

fn add(figures: &mut Figures, name: &'static str, text: Option<String>) {
    figures.extend(text.map(|text| (name, text)));
}

fn three(names: Three, of: Between) -> impl Iterator<Item = (&'static str, String)> {
    names.into_iter().zip([of.low, of.high, of.estimate].map(|number| number.to_string()))
}
