//! A gap: how far the mean of a group is from the mean of the reference group.

use crate::{CellSlots, Decimal, Figure, Ratio, SuppressionReason};
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

/// gap = (reference mean − mean) / reference mean × 100, in percent, rounded once, half away from zero, to
/// two decimals. Negative where the group earns more. `None` if the reference mean is not above zero or a
/// side has no employees.
///
/// EU directive 2023/970 Art. 3(1)(c): the difference in average pay levels between female and male workers
/// as a percentage of the average pay level of male workers; likewise the UK's SI 2017/172 reg. 8, A being
/// the reference mean: (A − B) / A × 100.
#[must_use]
pub fn gap_percent(reference: &CellSlots, group: &CellSlots) -> Option<Decimal> {
    let part = part_of_reference(reference, group)?;
    let one = Ratio::from_integer(1.into());
    Some(Decimal::round(&((one - part) * hundred()), DECIMALS))
}

/// cents = mean / reference mean × 100: what the group earns, in hundredths of a unit, for every unit that
/// the reference group earns; rounded once, half away from zero, to two decimals. `None` as for
/// [`gap_percent`].
#[must_use]
pub fn cents_per_unit(reference: &CellSlots, group: &CellSlots) -> Option<Decimal> {
    Some(Decimal::round(&(part_of_reference(reference, group)? * hundred()), DECIMALS))
}

/// The gap between two cells; suppressed if either is.
///
/// Both figures are made from the exact means, not from the rounded ones.
#[must_use]
pub fn gap(reference: &Figure<CellSlots>, group: &Figure<CellSlots>) -> Figure<GapFigures> {
    let (Figure::Released(reference), Figure::Released(group)) = (reference, group) else {
        return Figure::Suppressed(SuppressionReason::SuppressedSide);
    };
    match (gap_percent(reference, group), cents_per_unit(reference, group)) {
        (Some(percent), Some(cents_per_unit)) => Figure::Released(GapFigures { percent, cents_per_unit }),
        _ => Figure::Suppressed(SuppressionReason::ReferenceMeanZero),
    }
}

fn hundred() -> Ratio {
    Ratio::from_integer(100.into())
}

fn part_of_reference(reference: &CellSlots, group: &CellSlots) -> Option<Ratio> {
    let whole = reference.mean_minor().filter(Signed::is_positive)?;
    Some(group.mean_minor()? / whole)
}
