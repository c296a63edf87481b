//! Which cells may be published: a deterministic rule over counts alone.
//!
//! A cell of a cross-tabulation is suppressed where too few stand behind it, and with it every margin that
//! adds it up, so that no released figure has a suppressed cell as a summand. Where two cross-tabulations add
//! up to the same, what adds up is released or suppressed together. And where what is left to release would tell too
//! much of the rest by its numbers of reporters and employees, nothing is released. All of it has one reason: which
//! of these it was would tell numbers.

use crate::room::{Counts, leaves_room};
use crate::{Figure, ReleasedCell, SuppressionReason, Turnout, bands_shown::bands_shown};
use survey::{CellTotals, Schema, Thresholds};

/// Whether too few stand behind a cell with these counts for it to be published.
///
/// A numeric minimum for employees follows § 12 (3) `EntgTranspG`; EU directive 2023/970 Art. 12(3) asks that no
/// identifiable worker's pay be disclosed, without a number. The minimum of reporters protects employers from each
/// other.
#[must_use]
pub fn too_few(thresholds: Thresholds, reporters: i128, employees: i128) -> bool {
    reporters < thresholds.min_cell_reporters().into() || employees < thresholds.min_cell_employees().into()
}

/// For every cell the cells of cross-tabulations that it is released or suppressed together with, ascending:
/// of a margin those that it adds up, with theirs; of a cell itself, and where several cross-tabulations add
/// up to the same, all that do.
#[must_use]
pub fn companions(schema: &Schema) -> Vec<Vec<usize>> {
    let mut class: Vec<usize> = (0..schema.cell_count()).collect();
    let bases: Vec<_> = schema.tables().iter().filter(|table| table.margin_of().is_none()).collect();
    for (at, one) in bases.iter().enumerate() {
        for other in bases.iter().skip(at + 1) {
            for (left, right) in one.cells().flat_map(|left| other.cells().map(move |right| (left, right))) {
                if agree(schema, left, right) {
                    join(&mut class, left, right);
                }
            }
        }
    }
    let members = |parts: Vec<usize>| {
        let mut wanted = vec![false; class.len()];
        for of in parts.into_iter().filter_map(|part| class.get(part)) {
            if let Some(flag) = wanted.get_mut(*of) {
                *flag = true;
            }
        }
        let bases = bases.iter().flat_map(|table| table.cells());
        let member = |cell: &usize| class.get(*cell).and_then(|of| wanted.get(*of)).is_some_and(|flag| *flag);
        bases.filter(member).collect()
    };
    (0..schema.cell_count()).map(|cell| members(schema.parts_of(cell))).collect()
}

/// Whether two cells of different cross-tabulations have the same categories of the dimensions of both.
fn agree(schema: &Schema, left: usize, right: usize) -> bool {
    let right = schema.categories_of(right);
    schema
        .categories_of(left)
        .iter()
        .all(|(dimension, category)| right.iter().all(|(other, its)| other != dimension || its == category))
}

/// Makes one class of the classes of two members.
pub(crate) fn join(class: &mut [usize], one: usize, other: usize) {
    let (Some(from), Some(to)) = (class.get(one).copied(), class.get(other).copied()) else { return };
    if from == to {
        return;
    }
    for of in class.iter_mut().filter(|of| **of == from) {
        *of = to;
    }
}

/// Which cells are suppressed, given those of cross-tabulations that are on their own account.
pub(crate) fn complete(companions: &[Vec<usize>], alone: &[bool]) -> Vec<bool> {
    let suppressed = |cell: &usize| alone.get(*cell).is_none_or(|alone| *alone);
    companions.iter().map(|with| with.iter().any(suppressed)).collect()
}

/// Which cells are suppressed.
fn hidden(
    schema: &Schema,
    thresholds: Thresholds,
    turnout: Turnout,
    companions: &[Vec<usize>],
    totals: &[CellTotals],
) -> Vec<bool> {
    let few: Vec<bool> =
        totals.iter().map(|total| too_few(thresholds, total.reporters, total.employees)).collect();
    // A margin has no fewer than any of its cells. Where its own slot says that it has too few, an empty one too,
    // it takes its cells with it: numbers that contradict each other protect nobody.
    let mut alone = few.clone();
    for (with, _) in companions.iter().zip(&few).filter(|(_, few)| **few) {
        for cell in with {
            if let Some(alone) = alone.get_mut(*cell) {
                *alone = true;
            }
        }
    }
    let hidden = complete(companions, &alone);
    let counts = |(total, hidden): (&CellTotals, &bool)| -> Option<Counts> {
        (!hidden).then_some((total.reporters, total.employees))
    };
    let released: Vec<_> = totals.iter().zip(&hidden).map(counts).collect();
    let any = hidden.contains(&true);
    if any && !leaves_room(schema, thresholds, turnout, companions, &released) {
        return vec![true; totals.len()];
    }
    hidden
}

/// The slots of every cell that may be published. A cell without totals is an empty one.
#[must_use]
pub fn suppress(
    schema: &Schema,
    thresholds: Thresholds,
    turnout: Turnout,
    totals: &[CellTotals],
) -> Vec<Figure<ReleasedCell>> {
    let mut all = schema.no_totals();
    for total in totals {
        if let Some(own) = all.get_mut(total.cell) {
            own.clone_from(total);
        }
    }
    let companions = companions(schema);
    let hidden = hidden(schema, thresholds, turnout, &companions, &all);
    let bands = bands_shown(schema, thresholds, &companions, &all);
    let figure = |((total, hidden), bands): ((&CellTotals, bool), Vec<_>)| {
        if hidden {
            Figure::Suppressed(SuppressionReason::TooFew)
        } else {
            Figure::Released(ReleasedCell::of(total, bands))
        }
    };
    all.iter().zip(hidden).zip(bands).map(figure).collect()
}
