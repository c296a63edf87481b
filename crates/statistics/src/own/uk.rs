//! The six figures of the UK's gender pay gap regulations (SI 2017/172 and 2017/353), for one employer.

use super::compare::{by_amount, mean_gap, median_gap, percent, quarter_percent};
use crate::{Decimal, Gap, share};
use core::fmt;

/// The two sexes of the regulations. Employees who are neither are left out, as guidance has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UkGroup {
    /// Female employees.
    Women,
    /// Male employees, the A of each formula.
    Men,
}

/// One relevant employee on the snapshot date (reg. 2: employed on that date).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct UkEmployee {
    /// Whether the employee is a woman or a man.
    pub group: UkGroup,
    /// The hourly rate of pay (reg. 6), in minor units; `None` for an employee who is not a full-pay relevant
    /// one, because leave reduced the pay.
    pub hourly_minor: Option<u64>,
    /// Bonus pay of the twelve months before the snapshot date (reg. 4), in minor units; 0 for none.
    pub bonus_minor: u64,
}

impl fmt::Debug for UkEmployee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UkEmployee(<private>)")
    }
}

/// The six figures, in per cent, each rounded once to one decimal, as they are reported. A gap is negative
/// where women have more. `None` where there is nothing to divide by.
#[derive(Clone, PartialEq, Eq)]
pub struct UkReport {
    /// Reg. 8: (A − B) / A of the mean hourly rates of full-pay relevant employees.
    pub mean_hourly_percent: Option<Decimal>,
    /// Reg. 9: of their medians.
    pub median_hourly_percent: Option<Decimal>,
    /// Reg. 10: of the mean bonus pay of those relevant employees who were paid a bonus.
    pub mean_bonus_percent: Option<Decimal>,
    /// Reg. 11: of its medians.
    pub median_bonus_percent: Option<Decimal>,
    /// Reg. 12: how many of the relevant employees were paid a bonus; women, then men.
    pub bonus_paid_percent: [Option<Decimal>; 2],
    /// Reg. 13: of the full-pay relevant employees in the lower, lower middle, upper middle and upper
    /// quartile pay band, how many are women and how many are men. Those with the same hourly rate who fall
    /// into more than one band have the same ratio in each (reg. 13(2)); see [`quarters`](crate::quarters).
    pub quarter_percent: [Option<[Decimal; 2]>; 4],
}

impl fmt::Debug for UkReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UkReport(<private>)")
    }
}

const DECIMALS: u8 = 1;

/// The six figures over an employer's relevant employees.
#[must_use]
pub fn uk_report(employees: &[UkEmployee]) -> UkReport {
    let hourly = |group| sorted(employees, group, |employee| employee.hourly_minor);
    let bonus = |group| sorted(employees, group, |employee| Some(employee.bonus_minor).filter(|b| *b > 0));
    let (men, women) = (hourly(UkGroup::Men), hourly(UkGroup::Women));
    let (men_bonus, women_bonus) = (bonus(UkGroup::Men), bonus(UkGroup::Women));
    let shown = |gap: Option<Gap>| Some(Decimal::round(&gap?.percent, DECIMALS));
    UkReport {
        mean_hourly_percent: shown(mean_gap(&men, &women)),
        median_hourly_percent: shown(median_gap(&men, &women)),
        mean_bonus_percent: shown(mean_gap(&men_bonus, &women_bonus)),
        median_bonus_percent: shown(median_gap(&men_bonus, &women_bonus)),
        bonus_paid_percent: [UkGroup::Women, UkGroup::Men].map(|group| paid(employees, group)),
        quarter_percent: quarters_of(&women, &men),
    }
}

/// A group's amounts, ascending.
fn sorted(employees: &[UkEmployee], group: UkGroup, of: impl Fn(&UkEmployee) -> Option<u64>) -> Vec<u64> {
    let mut amounts: Vec<u64> = employees.iter().filter(|e| e.group == group).filter_map(of).collect();
    amounts.sort_unstable();
    amounts
}

fn paid(employees: &[UkEmployee], group: UkGroup) -> Option<Decimal> {
    let of_group = || employees.iter().filter(|employee| employee.group == group);
    let paid = of_group().filter(|employee| employee.bonus_minor > 0).count();
    let part = share(paid.try_into().ok()?, of_group().count().try_into().ok()?)?;
    Some(percent(&part, DECIMALS))
}

fn quarters_of(women: &[u64], men: &[u64]) -> [Option<[Decimal; 2]>; 4] {
    let rows: Vec<(usize, u64)> =
        women.iter().map(|rate| (0, *rate)).chain(men.iter().map(|rate| (1, *rate))).collect();
    quarter_percent(&by_amount(2, &rows), DECIMALS).map(|quarter| quarter?.try_into().ok())
}
