//! Which cells may be published: a deterministic rule over counts alone.
//!
//! A cell of a cross-tabulation is suppressed where too few stand behind it, and with it every margin that
//! adds it up, so that no released figure has a suppressed cell as a summand. Where two cross-tabulations add
//! up to the same, what adds up is released or suppressed together.

use crate::{Figure, ReleasedCell, SuppressionReason, bands_shown::bands_shown};
use survey::{CellTotals, Schema, Thresholds};

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

fn join(class: &mut [usize], one: usize, other: usize) {
    let (Some(from), Some(to)) = (class.get(one).copied(), class.get(other).copied()) else { return };
    if from == to {
        return;
    }
    for of in class.iter_mut().filter(|of| **of == from) {
        *of = to;
    }
}

/// The reasons of all cells, from why each of them alone may not be published.
pub(crate) fn complete(
    companions: &[Vec<usize>],
    alone: &[Option<SuppressionReason>],
) -> Vec<Option<SuppressionReason>> {
    let suppressed = |cell: &usize| alone.get(*cell).is_none_or(Option::is_some);
    let of = |(own, parts): (&Option<SuppressionReason>, &Vec<usize>)| {
        own.or_else(|| parts.iter().any(suppressed).then_some(SuppressionReason::Complementary))
    };
    alone.iter().zip(companions).map(of).collect()
}

/// The slots of every cell that may be published. A cell without totals is an empty one.
#[must_use]
pub fn suppress(schema: &Schema, thresholds: Thresholds, totals: &[CellTotals]) -> Vec<Figure<ReleasedCell>> {
    let mut all = schema.no_totals();
    for total in totals {
        if let Some(own) = all.get_mut(total.cell) {
            own.clone_from(total);
        }
    }
    let companions = companions(schema);
    let alone: Vec<_> =
        all.iter().map(|total| suppression(thresholds, total.reporters, total.employees)).collect();
    let reasons = complete(&companions, &alone);
    let bands = bands_shown(schema, thresholds, &companions, &all);
    let figure = |((total, reason), bands): ((&CellTotals, Option<SuppressionReason>), Vec<_>)| match reason {
        Some(reason) => Figure::Suppressed(reason),
        None => Figure::Released(ReleasedCell::of(total, bands)),
    };
    all.iter().zip(reasons).zip(bands).map(figure).collect()
}
