//! One reporter's groups beside its reference group.

use crate::{Decimal, Gap, GapFigures, Level, Quantile, Ratio, quantile, quarter_sizes, quarters};
use core::fmt;

/// The gaps between a group and the reference group, of exact means and exact medians.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct OwnGap {
    /// The group's position.
    pub group: usize,
    /// The gap of means; `None` if a side has nobody, or the reference's mean is 0.
    pub mean: Option<GapFigures>,
    /// The gap of medians, likewise.
    pub median: Option<GapFigures>,
}

impl fmt::Debug for OwnGap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OwnGap(<private>)")
    }
}

/// The gap of every group but the reference group. `groups[g]` holds the amounts of group `g`, in any order.
pub(super) fn gaps(mut groups: Vec<Vec<u64>>, reference: usize) -> Vec<OwnGap> {
    groups.iter_mut().for_each(|amounts| amounts.sort_unstable());
    let Some(base) = groups.get(reference) else { return Vec::new() };
    let compare = |(group, amounts): (usize, &Vec<u64>)| OwnGap {
        group,
        mean: mean_gap(base, amounts).map(|gap| gap.rounded()),
        median: median_gap(base, amounts).map(|gap| gap.rounded()),
    };
    groups.iter().enumerate().filter(|(group, _)| *group != reference).map(compare).collect()
}

pub(super) fn mean_gap(base: &[u64], amounts: &[u64]) -> Option<Gap> {
    Gap::between(&level(base)?.mean_minor()?, &level(amounts)?.mean_minor()?)
}

/// Both lists ascending.
pub(super) fn median_gap(base: &[u64], amounts: &[u64]) -> Option<Gap> {
    Gap::between(&quantile(base, Quantile::Median)?, &quantile(amounts, Quantile::Median)?)
}

fn level(amounts: &[u64]) -> Option<Level> {
    let sum_minor = amounts.iter().map(|amount| i128::from(*amount)).sum();
    Some(Level { employees: amounts.len().try_into().ok()?, sum_minor })
}

/// Each group's employees of each distinct amount, in ascending order: bands in which everybody is paid the
/// same. `rows` are (group, amount); groups that there are not are passed over.
pub(super) fn by_amount(groups: usize, rows: &[(usize, u64)]) -> Vec<Vec<i128>> {
    let mut amounts: Vec<u64> = rows.iter().filter(|(group, _)| *group < groups).map(|row| row.1).collect();
    amounts.sort_unstable();
    amounts.dedup();
    let mut counts = vec![vec![0; amounts.len()]; groups];
    for (group, amount) in rows {
        let place = counts.get_mut(*group).zip(amounts.binary_search(amount).ok());
        if let Some(count) = place.and_then(|(counts, at)| counts.get_mut(at)) {
            *count += 1;
        }
    }
    counts
}

/// Of each quarter, how many per cent are of each group: the estimates of [`quarters`], which are exact for
/// bands in which everybody is paid the same. `None` for a quarter without employees.
pub(super) fn quarter_percent(groups: &[Vec<i128>], decimals: u8) -> [Option<Vec<Decimal>>; 4] {
    let Some(counts) = quarters(groups) else { return [None, None, None, None] };
    let mut sizes = quarter_sizes(groups.iter().flatten().sum()).into_iter();
    counts.map(|of_quarter| {
        let size = sizes.next().filter(|size| *size > 0)?;
        let part = |estimate: &Ratio| percent(&(estimate / Ratio::from_integer(size.into())), decimals);
        Some(of_quarter.iter().map(|interval| part(&interval.estimate)).collect())
    })
}

/// A part in per cent, rounded once.
pub(super) fn percent(part: &Ratio, decimals: u8) -> Decimal {
    Decimal::round(&(part * Ratio::from_integer(100.into())), decimals)
}
