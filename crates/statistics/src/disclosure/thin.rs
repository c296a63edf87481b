//! What can be had by subtracting published cells from each other.
#![expect(clippy::indexing_slicing, reason = "all lists here have one entry per cell of the same tabulation")]

use super::alternatives::Counts;
use super::{Tabulation, tabulation::Crossing};
use survey::Thresholds;

/// What is left of a cell when published cells inside it are subtracted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rest {
    employees: i64,
    /// At least so many reporters stand behind it: the largest number of one of its parts. How many there are
    /// in all cannot be told from the parts.
    reporters: i64,
    empty: bool,
}

const NOTHING: Rest = Rest { employees: 0, reporters: 0, empty: true };

/// Whether some difference of published cells is a sum over suppressed cells behind which too few stand: such
/// a sum would be as good as published.
///
/// A published cell is taken apart by each finer crossing; a part that is itself suppressed further by
/// whichever crossing leaves the fewest employees.
pub(super) fn has_thin_rest(
    tabulation: &Tabulation,
    thresholds: Thresholds,
    counts: &[Counts],
    shown: &[bool],
) -> bool {
    let rests = rests(tabulation, counts, shown);
    let thin = |rest: Rest| {
        let few = rest.employees < thresholds.min_cell_employees().into()
            || rest.reporters < thresholds.min_cell_reporters().into();
        !rest.empty && few
    };
    let sum = |cells: &[usize]| cells.iter().fold(NOTHING, |sum, cell| add(sum, rests[*cell]));
    let of_cells = (0..shown.len()).filter(|cell| shown[*cell]);
    let mut splits = of_cells.flat_map(|cell| &tabulation.sums().splits[cell]);
    if splits.any(|parts| thin(sum(parts))) {
        return true;
    }
    // Where one side of a link is all published, so is the sum of the other.
    tabulation.sums().links.iter().any(|link| {
        let (left, right) = (sum(&link.left), sum(&link.right));
        (left.empty && thin(right)) || (right.empty && thin(left))
    })
}

/// By cell, what is left of it; nothing of a published one. Finer crossings first, so that each is ready when
/// it is asked for.
fn rests(tabulation: &Tabulation, counts: &[Counts], shown: &[bool]) -> Vec<Rest> {
    let mut crossings: Vec<&Crossing> = tabulation.crossings().iter().collect();
    crossings.sort_by_key(|crossing| core::cmp::Reverse(crossing.dimensions().len()));
    let mut rests = vec![NOTHING; shown.len()];
    for cell in crossings.into_iter().flat_map(Crossing::cells).filter(|cell| !shown[*cell]) {
        let Counts { employees, reporters } = counts[cell];
        let whole = Rest { employees, reporters, empty: false };
        let split = |parts: &Vec<usize>| parts.iter().fold(NOTHING, |sum, part| add(sum, rests[*part]));
        let parts = tabulation.sums().splits[cell].iter().map(split);
        rests[cell] =
            parts.chain([whole]).min_by_key(|rest| (rest.employees, rest.reporters)).unwrap_or(whole);
    }
    rests
}

fn add(sum: Rest, part: Rest) -> Rest {
    Rest {
        employees: sum.employees.saturating_add(part.employees),
        reporters: sum.reporters.max(part.reporters),
        empty: sum.empty && part.empty,
    }
}
