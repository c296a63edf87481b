//! Whether a result may be published: what a server checks before it signs, and everybody afterwards.

use crate::check_bands::{bands_hold, cut_alike, margin_holds};
use crate::room::leaves_room;
use crate::suppress::{companions, complete, too_few};
use crate::{Figure, Published, ReleasedCell, SuppressionReason, Turnout, recompute};
use survey::{Schema, Thresholds};

/// Why a result must not be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PublishedFault {
    /// Not every cell of the schema once, in its order, with its measures.
    #[error("the result does not have the survey's cells")]
    WrongCells,
    /// A released cell behind which too few stand.
    #[error("cell {cell} is released although too few are in it")]
    BelowThreshold {
        /// The cell.
        cell: usize,
    },
    /// A cell is suppressed for a reason that only a gap can have.
    #[error("cell {cell} is suppressed for a reason that no cell can have")]
    WrongReason {
        /// The cell.
        cell: usize,
    },
    /// A released cell from which a suppressed one follows, or a margin of which all cells are released.
    #[error("cell {cell} is not suppressed together with the cells that it belongs to")]
    Unprotected {
        /// The cell.
        cell: usize,
    },
    /// Too few reporters, or too many employees, are in released cells for suppressed ones to stay unknown.
    #[error("what is released leaves too little room for what is suppressed")]
    TooLittleRoom,
    /// A margin that is not the sum of its cells.
    #[error("cell {cell} is not the sum of the cells that it adds up")]
    WrongSum {
        /// The margin.
        cell: usize,
    },
    /// Bands that are not the survey's, in which too few stand, or that are cut otherwise than those of cells that
    /// the cell belongs to.
    #[error("the bands of cell {cell} may not be shown")]
    WrongBands {
        /// The cell.
        cell: usize,
    },
    /// A figure is not what the released slots say.
    #[error("a figure does not follow from the released cells")]
    NotRecomputed,
}

/// Checks a result against its survey and who took part: every released cell reaches the thresholds and gives no
/// suppressed one away, every margin is the sum of its cells, and every figure, gap and warning is what [`recompute`] makes of
/// the released slots.
///
/// Whether a suppressed cell had to be suppressed cannot be seen from outside.
///
/// # Errors
/// [`PublishedFault`] names the first fault.
pub fn check_published(
    schema: &Schema,
    thresholds: Thresholds,
    turnout: Turnout,
    published: &Published,
) -> Result<(), PublishedFault> {
    if !published.cells.iter().map(|cell| cell.cell).eq(0..schema.cell_count()) {
        return Err(PublishedFault::WrongCells);
    }
    let slots = published.slots();
    for (cell, figure) in slots.iter().enumerate() {
        check_cell(schema, thresholds, cell, figure)?;
    }
    let companions = companions(schema);
    check_suppressed(schema, thresholds, turnout, &companions, &slots)?;
    for (cell, figure) in slots.iter().enumerate() {
        if let Figure::Released(released) = figure {
            check_bands(schema, thresholds, &companions, &slots, (cell, released))?;
            check_margin(schema, &slots, cell, released)?;
        }
    }
    if recompute(schema, &slots) == *published { Ok(()) } else { Err(PublishedFault::NotRecomputed) }
}

/// Whether what has to be is suppressed together, and what is released leaves room.
fn check_suppressed(
    schema: &Schema,
    thresholds: Thresholds,
    turnout: Turnout,
    companions: &[Vec<usize>],
    slots: &[Figure<ReleasedCell>],
) -> Result<(), PublishedFault> {
    let counts = |slot: &Figure<ReleasedCell>| slot.released().map(|of| (of.reporters, of.employees));
    let released: Vec<_> = slots.iter().map(counts).collect();
    let hidden: Vec<bool> = released.iter().map(Option::is_none).collect();
    let mut together = complete(companions, &hidden).into_iter().zip(&hidden);
    if let Some(cell) = together.position(|(expected, hidden)| expected != *hidden) {
        return Err(PublishedFault::Unprotected { cell });
    }
    let all = released.iter().all(Option::is_some) || released.iter().all(Option::is_none);
    if all || leaves_room(schema, thresholds, turnout, companions, &released) {
        Ok(())
    } else {
        Err(PublishedFault::TooLittleRoom)
    }
}

/// What can be said of a cell alone.
fn check_cell(
    schema: &Schema,
    thresholds: Thresholds,
    cell: usize,
    figure: &Figure<ReleasedCell>,
) -> Result<(), PublishedFault> {
    let released = match figure {
        Figure::Suppressed(SuppressionReason::TooFew) => return Ok(()),
        Figure::Suppressed(_) => return Err(PublishedFault::WrongReason { cell }),
        Figure::Released(released) => released,
    };
    if released.measures.len() != schema.measures().len() {
        return Err(PublishedFault::WrongCells);
    }
    if too_few(thresholds, released.reporters, released.employees) {
        return Err(PublishedFault::BelowThreshold { cell });
    }
    for (shown, measure) in released.measures.iter().zip(schema.measures()) {
        let asked = measure.statistics();
        let same = shown.sum_minor.is_some() == asked.mean
            && shown.squares.is_some() == asked.dispersion
            && shown.receiving.is_some() == asked.receiving;
        if !same {
            return Err(PublishedFault::WrongCells);
        }
    }
    Ok(())
}

/// What can be said of the bands of a cell, a margin's counts aside.
fn check_bands(
    schema: &Schema,
    thresholds: Thresholds,
    companions: &[Vec<usize>],
    slots: &[Figure<ReleasedCell>],
    (cell, released): (usize, &ReleasedCell),
) -> Result<(), PublishedFault> {
    let mut shown = released.measures.iter().zip(schema.measures());
    let each = shown.all(|(shown, measure)| bands_hold(measure, thresholds, &shown.bands));
    let is_margin = schema.parts_of(cell) != [cell];
    let with = companions.get(cell).map_or(&[][..], Vec::as_slice);
    if each && (is_margin || cut_alike(released, slots, with)) {
        Ok(())
    } else {
        Err(PublishedFault::WrongBands { cell })
    }
}

/// Whether a margin is the sum of its cells, reporters aside.
fn check_margin(
    schema: &Schema,
    slots: &[Figure<ReleasedCell>],
    cell: usize,
    released: &ReleasedCell,
) -> Result<(), PublishedFault> {
    let parts = schema.parts_of(cell);
    if parts == [cell] {
        return Ok(());
    }
    let parts: Option<Vec<&ReleasedCell>> = parts.iter().map(|part| slots.get(*part)?.released()).collect();
    let parts = parts.ok_or(PublishedFault::Unprotected { cell })?;
    let sums = |number: &dyn Fn(&ReleasedCell) -> Option<i128>| {
        let total = parts.iter().try_fold(0i128, |sum, part| sum.checked_add(number(part)?));
        number(released).is_none_or(|own| total == Some(own))
    };
    let measure = |at: usize| {
        sums(&|cell| cell.measures.get(at)?.sum_minor)
            && sums(&|cell| cell.measures.get(at)?.squares)
            && sums(&|cell| cell.measures.get(at)?.receiving)
    };
    if !sums(&|cell| Some(cell.employees)) || !(0..released.measures.len()).all(measure) {
        return Err(PublishedFault::WrongSum { cell });
    }
    let all = (0..released.measures.len()).all(|at| margin_holds(released, &parts, at));
    if all { Ok(()) } else { Err(PublishedFault::WrongBands { cell }) }
}
