//! Which cells may be published: a deterministic rule over counts alone.

use crate::{CellSlots, Figure, SuppressionReason};
use survey::{CellTotals, Thresholds};

/// Why a cell with these counts may not be published; `None` if it may.
///
/// Reporters are looked at first, so that an empty cell lacks reporters. A numeric minimum for employees
/// follows § 12 (3) `EntgTranspG`; EU directive 2023/970 Art. 12(3) asks that no identifiable worker's pay
/// be disclosed, without a number. The minimum of reporters protects employers from each other.
#[must_use]
pub fn suppression(thresholds: Thresholds, reporters: i128, employees: i128) -> Option<SuppressionReason> {
    if reporters < thresholds.min_cell_reporters().into() {
        return Some(SuppressionReason::TooFewReporters);
    }
    (employees < thresholds.min_cell_employees().into()).then_some(SuppressionReason::TooFewEmployees)
}

/// The slots of every cell that may be published. A cell without totals is an empty one.
#[must_use]
pub fn suppress(thresholds: Thresholds, cell_count: usize, totals: &[CellTotals]) -> Vec<Figure<CellSlots>> {
    let of_cell = |cell| totals.iter().find(|t| t.cell == cell).map(CellSlots::from).unwrap_or_default();
    let release = |slots: CellSlots| match suppression(thresholds, slots.reporters, slots.employees) {
        Some(reason) => Figure::Suppressed(reason),
        None => Figure::Released(slots),
    };
    (0..cell_count).map(|cell| release(of_cell(cell))).collect()
}
