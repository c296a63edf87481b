//! What is released of a cell: the slots that all its figures are made of.

use crate::{Band, Level};
use survey::{CellTotals, Measure, MeasureTotals, Schema};

/// What is released of one measure in one cell. What the schema does not ask for is absent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReleasedMeasure {
    /// Of the amounts, in minor units.
    pub sum_minor: Option<i128>,
    /// Of their squares over employees, in minor units squared.
    pub squares: Option<i128>,
    /// Employees with more than nothing.
    pub receiving: Option<i128>,
    /// Employees by bands, merged until enough stand in each; none where that cannot be.
    pub bands: Vec<Band>,
}

/// The slots of a released cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleasedCell {
    /// Reporters with employees in the cell.
    pub reporters: i128,
    /// Employees in the cell.
    pub employees: i128,
    /// One per measure of the schema.
    pub measures: Vec<ReleasedMeasure>,
}

impl ReleasedMeasure {
    fn of(totals: &MeasureTotals, bands: Vec<Band>) -> Self {
        let MeasureTotals { sum_minor, squares, receiving, .. } = *totals;
        Self { sum_minor, squares, receiving, bands }
    }

    /// Whether amounts inside the measure's hard limits could add up to this over so many employees.
    fn within_limits(&self, measure: &Measure, employees: i128) -> bool {
        let ends = |power: u32| {
            let at = |minor: u64| i128::from(minor).checked_pow(power)?.checked_mul(employees);
            Some((at(measure.hard().min_minor())?, at(measure.hard().max_minor())?))
        };
        let inside = |total: Option<i128>, ends: Option<(i128, i128)>| {
            total.is_none_or(|total| ends.is_some_and(|(low, high)| (low..=high).contains(&total)))
        };
        let spread = self.sum_minor.zip(self.squares);
        let spread = spread.is_none_or(|(sum_minor, squares)| {
            Level { employees, sum_minor }.variance_minor(squares).is_some() || employees == 0
        });
        let counted = self.bands.iter().try_fold(0i128, |sum, band| sum.checked_add(band.employees));
        inside(self.sum_minor, ends(1))
            && inside(self.squares, ends(2))
            && inside(self.receiving, Some((0, employees)))
            && spread
            && (self.bands.is_empty() || counted == Some(employees))
    }
}

impl ReleasedCell {
    /// The totals of a cell with its bands as they may be shown, one list per measure.
    pub(crate) fn of(totals: &CellTotals, bands: Vec<Vec<Band>>) -> Self {
        let measures = totals.measures.iter().zip(bands);
        Self {
            reporters: totals.reporters,
            employees: totals.employees,
            measures: measures.map(|(totals, bands)| ReleasedMeasure::of(totals, bands)).collect(),
        }
    }

    /// Whether honest reporters could have sent this: at least one employee per reporter, and every amount
    /// inside the hard limits. A cell of which this is not true is published with a warning.
    #[must_use]
    pub fn within_limits(&self, schema: &Schema) -> bool {
        let mut measures = self.measures.iter().zip(schema.measures());
        (0..=self.employees).contains(&self.reporters)
            && measures.all(|(released, measure)| released.within_limits(measure, self.employees))
    }

    /// The level of a measure; `None` if it has no sum.
    #[must_use]
    pub fn level(&self, measure: usize) -> Option<Level> {
        let sum_minor = self.measures.get(measure)?.sum_minor?;
        Some(Level { employees: self.employees, sum_minor })
    }
}
