//! What one reporter's employees of one cell earn.

use crate::{Decimal, Level, Quantile, Ratio, dispersion, in_units, quantile};
use core::fmt;

/// Exact figures over a list of amounts, each rounded once, half away from zero.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Employees.
    pub employees: u64,
    /// Sum, with the measure's decimals.
    pub sum: Decimal,
    /// See [`Level::mean_minor`].
    pub mean: Decimal,
    /// See [`dispersion`].
    pub std: Decimal,
    /// See [`Quantile::LowerQuartile`].
    pub lower_quartile: Decimal,
    /// See [`Quantile::Median`].
    pub median: Decimal,
    /// See [`Quantile::UpperQuartile`].
    pub upper_quartile: Decimal,
}

impl fmt::Debug for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Summary(<private>)")
    }
}

impl Summary {
    /// The figures of amounts in minor units of a measure with `decimals`, shown with as many decimals and
    /// at least two. `None` without amounts.
    #[must_use]
    pub fn of(mut amounts_minor: Vec<u64>, decimals: u8) -> Option<Self> {
        amounts_minor.sort_unstable();
        let (level, squares_minor) = moments(&amounts_minor)?;
        let shown = decimals.max(2);
        let round = |minor: &Ratio| Decimal::round(&in_units(minor, decimals), shown);
        let at = |which| quantile(&amounts_minor, which).map(|minor| round(&minor));
        Some(Self {
            employees: amounts_minor.len().try_into().ok()?,
            sum: Decimal::new(level.sum_minor, decimals),
            mean: round(&level.mean_minor()?),
            std: dispersion(&level.variance_minor(squares_minor)?, decimals, shown),
            lower_quartile: at(Quantile::LowerQuartile)?,
            median: at(Quantile::Median)?,
            upper_quartile: at(Quantile::UpperQuartile)?,
        })
    }
}

/// The figures of each of so many cells, from (cell, amount in minor units); `None` for an empty cell. Rows
/// of cells that there are not are passed over.
#[must_use]
pub fn summaries(cell_count: usize, rows: &[(usize, u64)], decimals: u8) -> Vec<Option<Summary>> {
    let mut amounts = vec![Vec::new(); cell_count];
    for (cell, amount) in rows {
        if let Some(amounts) = amounts.get_mut(*cell) {
            amounts.push(*amount);
        }
    }
    amounts.into_iter().map(|amounts| Summary::of(amounts, decimals)).collect()
}

/// Totals of amounts. `None` if they are beyond `i128`, which no amounts below 2⁴⁸ reach.
fn moments(amounts_minor: &[u64]) -> Option<(Level, i128)> {
    let mut level = Level { employees: amounts_minor.len().try_into().ok()?, sum_minor: 0 };
    let mut squares_minor = 0i128;
    for amount in amounts_minor.iter().map(|amount| i128::from(*amount)) {
        level.sum_minor = level.sum_minor.checked_add(amount)?;
        squares_minor = squares_minor.checked_add(amount.checked_mul(amount)?)?;
    }
    Some((level, squares_minor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_a_few_amounts() {
        let summary = Summary::of(vec![400, 100, 200, 100], 2).unwrap();
        let shown = [summary.sum, summary.mean, summary.std, summary.median].map(|figure| figure.to_string());
        assert_eq!(shown, ["8.00", "2.00", "1.22", "1.50"]);
        assert_eq!(
            (summary.lower_quartile.to_string(), summary.upper_quartile.to_string()),
            ("1.00".into(), "2.50".into())
        );
        assert_eq!(Summary::of(vec![], 2), None);
    }

    #[test]
    fn each_cell_has_its_own() {
        let cells = summaries(3, &[(0, 100), (2, 300), (2, 500), (9, 1)], 2);
        let means: Vec<_> = cells.iter().map(|cell| cell.map(|summary| summary.mean.to_string())).collect();
        assert_eq!(means, [Some("1.00".to_owned()), None, Some("4.00".to_owned())]);
    }

    #[test]
    fn debug_output_shows_no_pay() {
        assert_eq!(format!("{:?}", Summary::of(vec![4_711], 2)), "Some(Summary(<private>))");
    }
}
