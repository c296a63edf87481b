//! All figures of one measure in one released cell.

use crate::{
    Bounds, Decimal, Level, Quantile, Ratio, ReleasedMeasure, dispersion, in_units, mean, mean_decimals,
    quantile_of_bands, share,
};
use survey::Measure;

/// What is published of a measure in a cell. What the schema does not ask for, or bands do not give, is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MeasureFigures {
    /// The sum, in the measure's unit with its decimals.
    pub sum: Option<Decimal>,
    /// See [`mean`].
    pub mean: Option<Decimal>,
    /// See [`dispersion`]; with [`mean_decimals`].
    pub std: Option<Decimal>,
    /// The part of the employees who have more than nothing, in per cent with two decimals.
    pub receiving_percent: Option<Decimal>,
    /// A quarter earns less: see [`quantile_of_bands`]; with [`mean_decimals`].
    pub lower_quartile: Option<Bounds>,
    /// Half earns less.
    pub median: Option<Bounds>,
    /// Three quarters earn less.
    pub upper_quartile: Option<Bounds>,
}

impl MeasureFigures {
    /// The figures that follow from what is released.
    #[must_use]
    pub fn of(measure: &Measure, employees: i128, released: &ReleasedMeasure) -> Self {
        let (decimals, shown) = (measure.decimals(), mean_decimals(measure));
        let level = released.sum_minor.map(|sum_minor| Level { employees, sum_minor });
        let variance = level.zip(released.squares).and_then(|(level, squares)| level.variance_minor(squares));
        let hundred = || Ratio::from_integer(100.into());
        let receiving = released.receiving.and_then(|receiving| share(receiving, employees));
        let quantile = |which| {
            let interval = quantile_of_bands(&released.bands, which)?;
            Some(interval.map(|minor| in_units(minor, decimals)).rounded(shown))
        };
        Self {
            sum: released.sum_minor.map(|sum| Decimal::new(sum, decimals)),
            mean: level.and_then(|level| mean(measure, &level)),
            std: variance.map(|variance| dispersion(&variance, decimals, shown)),
            receiving_percent: receiving.map(|share| Decimal::round(&(share * hundred()), 2)),
            lower_quartile: quantile(Quantile::LowerQuartile),
            median: quantile(Quantile::Median),
            upper_quartile: quantile(Quantile::UpperQuartile),
        }
    }
}
