//! A gap: how far a figure of a group is from that of the reference group.

use crate::{Decimal, Figure, Level, Ratio, SuppressionReason};
use num_traits::Signed;

/// What is published of a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GapFigures {
    /// See [`gap_percent`].
    pub percent: Decimal,
    /// See [`cents_per_unit`].
    pub cents_per_unit: Decimal,
}

const DECIMALS: u8 = 2;

/// A gap before anything is rounded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// (reference − group) / reference × 100, in per cent; negative where the group has more.
    ///
    /// EU directive 2023/970 Art. 3(1)(c): the difference in average pay levels between female and male
    /// workers as a percentage of the average pay level of male workers; likewise the UK's SI 2017/172
    /// reg. 8 to 11, A being the reference's figure: (A − B) / A × 100.
    pub percent: Ratio,
    /// group / reference × 100: what the group has, in hundredths of a unit, for every unit that the
    /// reference group has.
    pub cents_per_unit: Ratio,
}

impl Gap {
    /// The gap between two figures of the same kind (two means, two medians), in any unit that both share.
    /// `None` if the reference's figure is not above zero: nothing can be a part of it.
    #[must_use]
    pub fn between(reference: &Ratio, group: &Ratio) -> Option<Self> {
        let cents_per_unit = reference.is_positive().then(|| group / reference * hundred())?;
        Some(Self { percent: hundred() - &cents_per_unit, cents_per_unit })
    }

    /// Both figures, each rounded once, half away from zero, to two decimals.
    #[must_use]
    pub fn rounded(&self) -> GapFigures {
        GapFigures {
            percent: Decimal::round(&self.percent, DECIMALS),
            cents_per_unit: Decimal::round(&self.cents_per_unit, DECIMALS),
        }
    }
}

/// gap = (reference mean − mean) / reference mean × 100, in percent, rounded once, half away from zero, to
/// two decimals. Negative where the group earns more. `None` if the reference mean is not above zero or a
/// side has no employees.
#[must_use]
pub fn gap_percent(reference: &Level, group: &Level) -> Option<Decimal> {
    Some(between_means(reference, group)?.rounded().percent)
}

/// cents = mean / reference mean × 100: what the group earns, in hundredths of a unit, for every unit that
/// the reference group earns; rounded once, half away from zero, to two decimals. `None` as for
/// [`gap_percent`].
#[must_use]
pub fn cents_per_unit(reference: &Level, group: &Level) -> Option<Decimal> {
    Some(between_means(reference, group)?.rounded().cents_per_unit)
}

/// The gap between two cells; suppressed if either is.
///
/// Both figures are made from the exact means, not from the rounded ones.
#[must_use]
pub fn gap(reference: &Figure<Level>, group: &Figure<Level>) -> Figure<GapFigures> {
    let (Figure::Released(reference), Figure::Released(group)) = (reference, group) else {
        return Figure::Suppressed(SuppressionReason::SuppressedSide);
    };
    match between_means(reference, group) {
        Some(gap) => Figure::Released(gap.rounded()),
        None => Figure::Suppressed(SuppressionReason::ReferenceMeanZero),
    }
}

/// The gap adjusted for category: what would be left of it if the reference group were spread over the
/// categories as the group is. With n_c the group's employees in category c, r_c and g_c the means there:
///
/// (Σ n_c·r_c − Σ n_c·g_c) / Σ n_c·r_c × 100, in per cent; cents accordingly.
///
/// Over the categories in which both have employees (the common support); what lies outside of it is not
/// compared, and [`AdjustedGap::employees`] says how many were. `None` if there is no such category, or
/// nothing to divide by.
///
/// Direct standardisation: Kitagawa 1955; the unexplained part of Oaxaca 1973 and Blinder 1973 with the
/// reference group's means and one indicator per category; the common support after Ñopo 2008.
#[must_use]
pub fn adjusted_gap(categories: &[(Level, Level)]) -> Option<AdjustedGap> {
    let mut reweighted = Ratio::from_integer(0.into());
    let (mut sum_minor, mut employees) = (0i128, 0i128);
    for (reference, group) in categories {
        let (Some(mean), Some(_)) = (reference.mean_minor(), group.mean_minor()) else { continue };
        reweighted += mean * Ratio::from_integer(group.employees.into());
        sum_minor = sum_minor.checked_add(group.sum_minor)?;
        employees = employees.checked_add(group.employees)?;
    }
    let gap = Gap::between(&reweighted, &Ratio::from_integer(sum_minor.into()))?;
    Some(AdjustedGap { gap, employees })
}

/// See [`adjusted_gap`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdjustedGap {
    /// The gap.
    pub gap: Gap,
    /// The group's employees in the categories that were compared.
    pub employees: i128,
}

fn between_means(reference: &Level, group: &Level) -> Option<Gap> {
    Gap::between(&reference.mean_minor()?, &group.mean_minor()?)
}

fn hundred() -> Ratio {
    Ratio::from_integer(100.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn level(employees: i128, sum_minor: i128) -> Level {
        Level { employees, sum_minor }
    }

    #[test]
    fn equal_pay_in_each_category_leaves_no_adjusted_gap() {
        // Both earn 10 and 30; women work where 10 is paid. Raw: 25 against 15.
        let categories = [(level(1, 10), level(3, 30)), (level(3, 90), level(1, 30))];
        let adjusted = adjusted_gap(&categories).unwrap();
        assert_eq!(adjusted.gap.rounded().percent.to_string(), "0.00");
        assert_eq!(adjusted.employees, 4);
    }

    #[test]
    fn categories_of_one_group_alone_are_left_out() {
        let categories =
            [(level(0, 0), level(5, 50)), (level(5, 100), level(5, 90)), (level(9, 900), level(0, 0))];
        let adjusted = adjusted_gap(&categories).unwrap();
        assert_eq!(adjusted.gap.rounded().percent.to_string(), "10.00");
        assert_eq!(adjusted.gap.rounded().cents_per_unit.to_string(), "90.00");
        assert_eq!(adjusted.employees, 5);
    }

    #[test]
    fn nothing_to_compare_is_no_gap_of_zero() {
        assert_eq!(adjusted_gap(&[]), None);
        assert_eq!(adjusted_gap(&[(level(5, 0), level(5, 10))]), None);
        assert_eq!(adjusted_gap(&[(level(5, 10), level(0, 0))]), None);
    }
}
