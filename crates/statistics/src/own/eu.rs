//! EU directive 2023/970, Article 9(1), for one employer.

use super::compare::{OwnGap, by_amount, gaps, percent, quarter_percent};
use crate::{Decimal, share};
use core::fmt;

/// One worker, with pay on one basis: all of it per year, or all of it per hour (Art. 3(1)(b) asks for both,
/// so for two reports).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct EuWorker {
    /// The position of the worker's group (women, men).
    pub group: usize,
    /// The position of the worker's category: those who do the same work or work of equal value.
    pub category: usize,
    /// The ordinary basic wage or salary, in minor units.
    pub basic_minor: u64,
    /// Complementary or variable components, in minor units; 0 for who receives none.
    pub variable_minor: u64,
}

impl fmt::Debug for EuWorker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EuWorker(<private>)")
    }
}

/// The seven figures; the letters are those of Art. 9(1).
#[derive(Clone, PartialEq, Eq)]
pub struct EuReport {
    /// (a) the gender pay gap and (c) the median gender pay gap, of pay with all its components.
    pub pay: Vec<OwnGap>,
    /// (b) and (d): the same of complementary or variable components alone, over all workers: who receives
    /// none counts with 0, as in (a).
    pub variable: Vec<OwnGap>,
    /// The same over those alone who receive some. The directive does not ask for it; it says what (b)
    /// cannot, whether those who receive something receive the same.
    pub variable_of_recipients: Vec<OwnGap>,
    /// (e) of each group, how many per cent receive complementary or variable components; `None` for a group
    /// without workers.
    pub receiving_percent: Vec<Option<Decimal>>,
    /// (f) of each quartile pay band, from the lowest, how many per cent are of each group; see
    /// [`quarters`](crate::quarters) for equal pay at a boundary. `None` for a band without workers.
    pub quarter_percent: [Option<Vec<Decimal>>; 4],
    /// (g) by category.
    pub categories: Vec<EuCategory>,
}

/// (g): the gaps between workers of one category.
#[derive(Clone, PartialEq, Eq)]
pub struct EuCategory {
    /// Of the ordinary basic wage or salary.
    pub basic: Vec<OwnGap>,
    /// Of complementary or variable components, over all workers of the category.
    pub variable: Vec<OwnGap>,
}

impl fmt::Debug for EuReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EuReport(<private>)")
    }
}

impl fmt::Debug for EuCategory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EuCategory(<private>)")
    }
}

const DECIMALS: u8 = 2;

/// All seven figures over an employer's workers. Gaps are in per cent of the reference group's figure
/// (Art. 3(1)(c): of men's), rounded once to two decimals; a list of gaps has every other group.
///
/// Workers of a group that is not below `groups` are left out; those of a category that is not below
/// `categories` are left out of (g) alone.
#[must_use]
pub fn eu_report(workers: &[EuWorker], groups: usize, reference: usize, categories: usize) -> EuReport {
    let all = |_: &EuWorker| true;
    let amounts = |keep: &dyn Fn(&EuWorker) -> bool, of: fn(&EuWorker) -> u64| {
        gaps(split(workers, groups, keep, of), reference)
    };
    let category = |category| EuCategory {
        basic: amounts(&|worker| worker.category == category, |worker| worker.basic_minor),
        variable: amounts(&|worker| worker.category == category, |worker| worker.variable_minor),
    };
    EuReport {
        pay: amounts(&all, pay_minor),
        variable: amounts(&all, |worker| worker.variable_minor),
        variable_of_recipients: amounts(&|worker| worker.variable_minor > 0, |worker| worker.variable_minor),
        receiving_percent: (0..groups).map(|group| receiving(workers, group)).collect(),
        quarter_percent: quarter_percent(&by_amount(groups, &rows(workers)), DECIMALS),
        categories: (0..categories).map(category).collect(),
    }
}

const fn pay_minor(worker: &EuWorker) -> u64 {
    worker.basic_minor.saturating_add(worker.variable_minor)
}

fn split(
    workers: &[EuWorker],
    groups: usize,
    keep: &dyn Fn(&EuWorker) -> bool,
    of: fn(&EuWorker) -> u64,
) -> Vec<Vec<u64>> {
    let mut amounts = vec![Vec::new(); groups];
    for worker in workers.iter().filter(|worker| keep(worker)) {
        if let Some(amounts) = amounts.get_mut(worker.group) {
            amounts.push(of(worker));
        }
    }
    amounts
}

fn receiving(workers: &[EuWorker], group: usize) -> Option<Decimal> {
    let of_group = || workers.iter().filter(|worker| worker.group == group);
    let receive = of_group().filter(|worker| worker.variable_minor > 0).count();
    let part = share(receive.try_into().ok()?, of_group().count().try_into().ok()?)?;
    Some(percent(&part, DECIMALS))
}

fn rows(workers: &[EuWorker]) -> Vec<(usize, u64)> {
    workers.iter().map(|worker| (worker.group, pay_minor(worker))).collect()
}
