//! A mean as it is shown.

use crate::{Decimal, Level, in_units};
use survey::Measure;

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
pub fn mean(measure: &Measure, level: &Level) -> Option<Decimal> {
    let mean = level.mean_minor()?;
    Some(Decimal::round(&in_units(&mean, measure.decimals()), mean_decimals(measure)))
}
