//! A cell's mean.

use crate::{Decimal, Level, in_units};
use survey::{CellTotals, Measure};

/// The slots of a released cell: all that its figures are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct CellSlots {
    /// Reporters with employees in the cell.
    pub reporters: i128,
    /// Employees in the cell.
    pub employees: i128,
    /// The measure's sum in minor units.
    pub sum_minor: i128,
}

impl From<&CellTotals> for CellSlots {
    fn from(totals: &CellTotals) -> Self {
        let CellTotals { reporters, employees, measures, .. } = totals;
        let sum_minor = measures.iter().find_map(|measure| measure.sum_minor).unwrap_or_default();
        Self { reporters: *reporters, employees: *employees, sum_minor }
    }
}

impl CellSlots {
    /// Whether honest reporters could have sent this: at least one employee per reporter, and every amount
    /// inside the measure's hard limits. A cell of which this is not true is published with a warning.
    #[must_use]
    pub fn within_limits(&self, measure: &Measure) -> bool {
        let at = |minor: u64| self.employees.checked_mul(minor.into());
        let (min, max) = (at(measure.hard().min_minor()), at(measure.hard().max_minor()));
        (0..=self.employees).contains(&self.reporters)
            && min.is_some_and(|min| self.sum_minor >= min)
            && max.is_some_and(|max| self.sum_minor <= max)
    }

    pub(crate) const fn level(&self) -> Level {
        Level { employees: self.employees, sum_minor: self.sum_minor }
    }
}

/// What is published of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellFigures {
    /// The slots themselves.
    pub slots: CellSlots,
    /// The measure's sum, in its unit with its decimals.
    pub sum: Decimal,
    /// The mean, in the measure's unit with [`mean_decimals`].
    pub mean: Decimal,
    /// Whether the slots are what honest reporters could have sent; if not, the cell carries a warning.
    pub within_limits: bool,
}

/// The decimals of a mean: as many as the measure has, and at least two.
#[must_use]
pub const fn mean_decimals(measure: &Measure) -> u8 {
    if measure.decimals() < 2 { 2 } else { measure.decimals() }
}

/// mean = sum / employees, in the measure's unit, rounded once, half away from zero, to [`mean_decimals`].
/// `None` without employees.
///
/// The average pay level of EU directive 2023/970 Art. 3(1)(c), and A and B in reg. 8 of the UK's
/// SI 2017/172, of the workers of all counted reporters.
#[must_use]
pub fn mean(measure: &Measure, slots: &CellSlots) -> Option<Decimal> {
    let mean = slots.level().mean_minor()?;
    Some(Decimal::round(&in_units(&mean, measure.decimals()), mean_decimals(measure)))
}
