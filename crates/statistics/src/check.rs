//! Whether a result may be published: what a server checks before it signs, and everybody afterwards.

use crate::{Figure, Published, SuppressionReason, recompute, suppress::suppression};
use survey::{Schema, Thresholds};

/// Why a result must not be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PublishedFault {
    /// Not every cell of the schema once, in its order.
    #[error("the result does not have the survey's cells")]
    WrongCells,
    /// A released cell behind which too few stand.
    #[error("cell {cell} is released although there are {reason}")]
    BelowThreshold {
        /// The cell.
        cell: usize,
        /// What there is too little of.
        reason: SuppressionReason,
    },
    /// A cell is suppressed for a reason that only a gap can have.
    #[error("cell {cell} is suppressed for a reason that no cell can have")]
    WrongReason {
        /// The cell.
        cell: usize,
    },
    /// A figure is not what the released slots say.
    #[error("a figure does not follow from the released cells")]
    NotRecomputed,
}

/// Checks a result against its survey: every released cell reaches the thresholds, and every figure, gap and
/// warning is what [`recompute`] makes of the released slots.
///
/// Whether a suppressed cell had to be suppressed cannot be seen from outside.
///
/// # Errors
/// [`PublishedFault`] names the first fault.
pub fn check_published(
    schema: &Schema,
    thresholds: Thresholds,
    published: &Published,
) -> Result<(), PublishedFault> {
    if !published.cells.iter().map(|cell| cell.cell).eq(0..schema.cell_count()) {
        return Err(PublishedFault::WrongCells);
    }
    for (cell, slots) in published.slots().iter().enumerate() {
        match slots {
            Figure::Released(slots) => {
                if let Some(reason) = suppression(thresholds, slots.reporters, slots.employees) {
                    return Err(PublishedFault::BelowThreshold { cell, reason });
                }
            }
            Figure::Suppressed(SuppressionReason::TooFewReporters | SuppressionReason::TooFewEmployees) => {}
            Figure::Suppressed(_) => return Err(PublishedFault::WrongReason { cell }),
        }
    }
    let same = recompute(schema, &published.slots()) == *published;
    if same { Ok(()) } else { Err(PublishedFault::NotRecomputed) }
}
