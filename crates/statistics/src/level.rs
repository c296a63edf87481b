//! Mean and dispersion of one measure in one cell.

use crate::{Decimal, Ratio};
use num_traits::Zero;

/// A measure's totals over the employees of a cell: what its mean and dispersion are made of.
///
/// Anything may stand here, also what nobody honest sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Level {
    /// Employees.
    pub employees: i128,
    /// Sum of the measure over them, in minor units.
    pub sum_minor: i128,
}

impl Level {
    /// mean = sum / employees, in minor units, exact. `None` without employees.
    ///
    /// The average pay level of EU directive 2023/970 Art. 3(1)(c), and A and B in reg. 8 of the UK's
    /// SI 2017/172.
    #[must_use]
    pub fn mean_minor(&self) -> Option<Ratio> {
        per(self.sum_minor, self.employees)
    }

    /// variance = squares / employees − (sum / employees)², in minor units squared, exact: the mean squared
    /// distance of the employees' amounts from their mean (no correction for a sample: these are all
    /// employees asked about, and not drawn from more of them).
    ///
    /// `squares_minor` is the sum of the squares of the employees' amounts, in minor units squared. `None`
    /// without employees, and where no amounts can have these totals (the variance would be negative).
    #[must_use]
    pub fn variance_minor(&self, squares_minor: i128) -> Option<Ratio> {
        let mean = self.mean_minor()?;
        let variance = per(squares_minor, self.employees)? - &mean * &mean;
        (variance >= Ratio::zero()).then_some(variance)
    }
}

/// Turns an exact ratio of minor units into one of units: cents into dollars for two decimals.
#[must_use]
pub fn in_units(minor: &Ratio, decimals: u8) -> Ratio {
    minor / Ratio::from_integer(10u64.pow(decimals.into()).into())
}

/// dispersion = √variance, in units of the measure, rounded once, half up, to `shown` decimals.
///
/// `variance_minor` is [`Level::variance_minor`] of a measure with `decimals`; it is exact, so nothing is
/// rounded before the root.
#[must_use]
pub fn dispersion(variance_minor: &Ratio, decimals: u8, shown: u8) -> Decimal {
    Decimal::round_sqrt(&in_units(variance_minor, decimals.saturating_mul(2)), shown)
}

/// `part / whole`, exact; `None` unless the whole is above zero.
///
/// As the share of employees who receive a measure (an amount above zero): EU directive 2023/970
/// Art. 9(1)(e), UK SI 2017/172 reg. 12. As the share of a group in a category: its representation there.
#[must_use]
pub fn share(part: i128, whole: i128) -> Option<Ratio> {
    per(part, whole)
}

/// Each group's share of all employees of a category; `None` if there are none.
///
/// `employees` holds the employees of each group in the category.
#[must_use]
pub fn representation(employees: &[i128]) -> Option<Vec<Ratio>> {
    let all = employees.iter().try_fold(0i128, |sum, group| sum.checked_add(*group))?;
    employees.iter().map(|group| share(*group, all)).collect()
}

pub(crate) fn per(numer: i128, denom: i128) -> Option<Ratio> {
    (denom > 0).then(|| Ratio::new(numer.into(), denom.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn level(amounts: &[i128]) -> (Level, i128) {
        let employees = i128::try_from(amounts.len()).unwrap();
        let level = Level { employees, sum_minor: amounts.iter().sum() };
        (level, amounts.iter().map(|amount| amount * amount).sum())
    }

    #[test]
    fn equal_amounts_have_no_dispersion() {
        let (level, squares) = level(&[4_500_000; 12]);
        let variance = level.variance_minor(squares).unwrap();
        assert_eq!(dispersion(&variance, 2, 2).to_string(), "0.00");
    }

    #[test]
    fn dispersion_is_in_units() {
        // Of 1.00 and 3.00 the mean is 2 and each is 1 away from it.
        let (level, squares) = level(&[100, 300]);
        assert_eq!(dispersion(&level.variance_minor(squares).unwrap(), 2, 2).to_string(), "1.00");
    }

    #[test]
    fn totals_that_no_amounts_have_give_nothing() {
        assert_eq!(Level { employees: 2, sum_minor: 10 }.variance_minor(49), None);
        assert_eq!(Level { employees: 0, sum_minor: 10 }.mean_minor(), None);
        assert_eq!(Level { employees: -1, sum_minor: 10 }.variance_minor(100), None);
        assert_eq!(representation(&[0, 0]), None);
        assert_eq!(representation(&[i128::MAX, 1]), None);
    }

    proptest! {
        #[test]
        fn variance_is_the_mean_squared_distance(amounts in proptest::collection::vec(0i128..1 << 48, 1..40)) {
            let (level, squares) = level(&amounts);
            let mean = level.mean_minor().unwrap();
            let distance = |amount: &i128| {
                let far = Ratio::from_integer((*amount).into()) - &mean;
                &far * &far
            };
            let sum: Ratio = amounts.iter().map(distance).sum();
            let expected = sum / Ratio::from_integer(level.employees.into());
            prop_assert_eq!(level.variance_minor(squares), Some(expected));
        }

        #[test]
        fn shares_of_all_groups_are_the_whole(employees in proptest::collection::vec(0i128..1000, 1..6)) {
            match representation(&employees) {
                None => prop_assert!(employees.iter().all(|group| *group == 0)),
                Some(shares) => prop_assert_eq!(shares.iter().sum::<Ratio>(), Ratio::from_integer(1.into())),
            }
        }
    }
}
