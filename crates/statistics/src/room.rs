//! Whether what is released leaves room for what is not.
//!
//! Reporters who were counted are somewhere. Where those in released cells are too few to be all of them, some are
//! in a suppressed one, and how many says how many employees it has at least; and where released cells have nearly
//! all employees that the survey could take, suppressed ones have few. Both are looked at here, from released
//! numbers alone, so that everybody can look again. ADR 8 has the proof.

use crate::suppress::join;
use survey::{Schema, Thresholds};

/// Who took part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turnout {
    /// Reporters that were counted.
    pub counted: u32,
    /// The most employees that each of them may have, over all cells of a cross-tabulation together.
    pub max_employees_per_reporter: u32,
}

/// Reporters and employees of a released cell.
pub(crate) type Counts = (i128, i128);

/// By how many employees at least what others have in a suppressed cell stays open, whoever asks: half of what a
/// cell needs to be released.
#[must_use]
pub const fn protection_interval(thresholds: Thresholds) -> u32 {
    thresholds.min_cell_employees() / 2
}

/// Whether cells may be released beside suppressed ones. `released` has one entry per cell of the schema, `None`
/// where it is suppressed; `companions` are the schema's.
///
/// Of every reporter it must stay possible that all others are in released cells alone, and that one of them has so
/// many employees more as [`protection_interval`] says. A number that cannot be counted with leaves no room.
pub(crate) fn leaves_room(
    schema: &Schema,
    thresholds: Thresholds,
    turnout: Turnout,
    companions: &[Vec<usize>],
    released: &[Option<Counts>],
) -> bool {
    let Some(others) = turnout.counted.checked_sub(1).map(i128::from) else { return false };
    let look = || {
        let covered = covered(companions, released)?;
        let interval = i128::from(protection_interval(thresholds));
        let capacity = others.checked_mul(turnout.max_employees_per_reporter.into())?;
        let left = capacity.checked_sub(employees(schema, released)?)?;
        // Of so much room one of the others has the interval's at least.
        Some(covered >= others && left > others.checked_mul(interval.checked_sub(1)?)?)
    };
    look().unwrap_or(false)
}

/// So many others at least are in clusters of released cells, one counted in each cluster that it is in, whoever asks.
///
/// A cluster is what a reporter can be thought to leave to another one without any released number changing: cells
/// that are released together, and those of which a margin shows how many reporters they have together.
fn covered(companions: &[Vec<usize>], released: &[Option<Counts>]) -> Option<i128> {
    let mut cluster: Vec<usize> = (0..released.len()).collect();
    let shown = || companions.iter().zip(released).filter_map(|(with, counts)| Some((with, (*counts)?)));
    for (with, _) in shown() {
        for pair in with.windows(2) {
            if let [one, other] = pair {
                join(&mut cluster, *one, *other);
            }
        }
    }
    let mut most: Vec<Option<i128>> = vec![None; released.len()];
    for (with, (reporters, _)) in shown() {
        let of = with.first().and_then(|first| cluster.get(*first))?;
        let slot = most.get_mut(*of)?;
        *slot = Some(slot.map_or(reporters, |most| most.max(reporters)));
    }
    most.into_iter().flatten().try_fold(0i128, |sum, most| sum.checked_add(most.checked_sub(1)?))
}

/// Employees in released cells, of the cross-tabulation that shows most.
fn employees(schema: &Schema, released: &[Option<Counts>]) -> Option<i128> {
    let of = |cells: core::ops::Range<usize>| {
        let counts = cells.filter_map(|cell| released.get(cell).copied().flatten());
        counts.map(|(_, employees)| employees).try_fold(0i128, i128::checked_add)
    };
    let tables = schema.tables().iter().filter(|table| table.margin_of().is_none());
    tables.map(|table| of(table.cells())).try_fold(0i128, |most, sum| Some(most.max(sum?)))
}
