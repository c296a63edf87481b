//! Which other surveys would be published alike: what protects a suppressed cell.
#![expect(clippy::indexing_slicing, reason = "all lists here have one entry per cell of the same tabulation")]

use super::Tabulation;
use super::tableau::{FAR, Push, Tableau};

/// The numbers behind a cell. Anything may stand here, also what nobody honest sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Counts {
    /// Reporters with employees in the cell.
    pub reporters: i64,
    /// Employees in the cell.
    pub employees: i64,
}

/// By how much a suppressed cell may differ from the truth, in employees, for whoever knows what one reporter
/// sent and reads the published reason. It is not known which reporter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Leeway {
    /// Fewer: each of the others has at least one employee there, and all but one of them could have less.
    pub(super) down: i64,
    /// More: until the cell is full, or its reason would be another.
    pub(super) up: i64,
    /// Fewer, for all who have nothing in it.
    pub(super) whole: i64,
    /// At most one reporter is in the cell: that reporter knows all of it, and of an empty cell everybody may
    /// know that it is empty. It protects nothing but itself.
    pub(super) known: bool,
}

impl Leeway {
    /// The leeway of a cell that, its published reason says, has `reason_low..=reason_high` employees.
    pub(super) fn of(counts: Counts, (reason_low, reason_high): (i64, i64)) -> Self {
        let employees = counts.employees.clamp(0, FAR - 1);
        let whole = employees.saturating_sub(reason_low).max(0);
        Self {
            down: counts.reporters.saturating_sub(1).clamp(0, whole),
            up: reason_high.saturating_sub(employees).clamp(0, FAR - 1),
            whole,
            known: counts.reporters <= 1,
        }
    }
}

/// Another survey that would be published alike: by how many employees its cells differ from the truth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alternative {
    /// By cell, ascending, margins included; cells that do not differ are left out.
    changes: Vec<(usize, i64)>,
}

/// What keeps a suppressed cell uncertain: alternatives in which it is larger and in which it is smaller, far
/// enough apart together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cover {
    larger: Option<usize>,
    smaller: Option<usize>,
}

/// Searches for alternatives and keeps those found.
pub(super) struct Alternatives<'a> {
    tabulation: &'a Tabulation,
    /// By cell.
    leeways: &'a [Leeway],
    /// How far apart a suppressed cell's largest and smallest possible number must be.
    width: i64,
    /// By cell, what the width must be there, as far as it has been measured.
    widths: Vec<i64>,
    /// Of the cells published when it was last made.
    tableau: Option<Tableau>,
    found: Vec<Alternative>,
    /// By cell, the alternatives in which it differs by the whole width.
    wide: Vec<Vec<usize>>,
}

impl<'a> Alternatives<'a> {
    pub(super) fn new(tabulation: &'a Tabulation, leeways: &'a [Leeway], width: i64) -> Self {
        let wide = vec![Vec::new(); tabulation.cell_count()];
        Self { tabulation, leeways, width, widths: Vec::new(), tableau: None, found: Vec::new(), wide }
    }

    /// More cells are published; returns what to [`restore`](Self::restore) if they shall not be after all.
    pub(super) fn publish(&mut self, cells: &[usize], shown: &[bool]) -> Option<Tableau> {
        let before = self.tableau.clone();
        self.tableau = match self.tableau.take() {
            Some(mut tableau) => {
                cells.iter().try_for_each(|cell| tableau.hold(&[(*cell, 1)])).map(|()| tableau)
            }
            None => self.fresh(shown),
        };
        before
    }

    pub(super) fn restore(&mut self, before: Option<Tableau>) {
        self.tableau = before;
    }

    /// Counted cells may move as long as they are suppressed; published margins, and what two crossings share,
    /// not.
    fn fresh(&self, shown: &[bool]) -> Option<Tableau> {
        let sums = self.tabulation.sums();
        let counted = |cell: usize| self.tabulation.inner(cell) == [cell];
        let signed = |cells: &[usize], sign: i64| cells.iter().map(|cell| (*cell, sign)).collect::<Vec<_>>();
        let mut still: Vec<_> =
            (0..shown.len()).filter(|cell| shown[*cell]).map(|cell| signed(&sums.inner[cell], 1)).collect();
        still.extend(sums.links.iter().map(|link| [signed(&link.left, 1), signed(&link.right, -1)].concat()));
        still.sort_by_key(Vec::len);
        let free = (0..shown.len()).filter(|cell| counted(*cell)).collect();
        let mut tableau = Tableau::new(shown.len(), free, &still)?;
        for margin in (0..shown.len()).filter(|cell| !shown[*cell] && !counted(*cell)) {
            tableau.name(margin, &signed(&sums.inner[margin], 1))?;
        }
        Some(tableau)
    }

    /// Whether nothing that a cover needs has been published in the meantime.
    pub(super) fn holds(&self, cover: Cover, shown: &[bool]) -> bool {
        let hidden = |id: usize| self.found[id].changes.iter().all(|(cell, _)| !shown[*cell]);
        cover.larger.is_none_or(hidden) && cover.smaller.is_none_or(hidden)
    }

    /// Finds what keeps a suppressed cell uncertain while `shown` cells are published.
    pub(super) fn cover(&mut self, cell: usize, shown: &[bool]) -> Option<Cover> {
        let known = self.wide[cell].iter().rev().find(|id| self.serves(**id, cell, shown));
        if let Some(id) = known {
            return Some(Cover { larger: Some(*id), smaller: None });
        }
        let width = self.width(cell);
        if width == 0 {
            return Some(Cover { larger: None, smaller: None });
        }
        let larger = self.push(cell, width, shown);
        let up = larger.map_or(0, |id| self.change(id, cell));
        if up >= width {
            return Some(Cover { larger, smaller: None });
        }
        let smaller = self.push(cell, up - width, shown);
        let down = smaller.map_or(0, |id| -self.change(id, cell));
        (up + down >= width).then_some(Cover { larger, smaller })
    }

    fn change(&self, id: usize, cell: usize) -> i64 {
        let changes = &self.found[id].changes;
        changes.binary_search_by_key(&cell, |(at, _)| *at).map_or(0, |at| changes[at].1)
    }

    fn serves(&self, id: usize, target: usize, shown: &[bool]) -> bool {
        let allowed = |(cell, change): &(usize, i64)| {
            let (low, high) = self.bounds(target, *cell);
            !shown[*cell] && (low..=high).contains(change)
        };
        self.found[id].changes.iter().all(allowed)
    }

    /// By how much a suppressed cell may differ while `target` is in question.
    fn bounds(&self, target: usize, cell: usize) -> (i64, i64) {
        let leeway = self.leeways[cell];
        let counted = self.tabulation.inner(cell) == [cell];
        match (counted && leeway.known, cell == target) {
            // A margin moves as its cells do; it has no more bounds than its reason gives.
            (false, _) if !counted => (-leeway.whole, leeway.up),
            (false, _) => (-leeway.down, leeway.up),
            (true, true) => (-leeway.whole, leeway.up),
            (true, false) => (0, 0),
        }
    }

    /// Whether what is known of a margin's cells leaves it as uncertain as they are: all that are suppressed
    /// are known each to one reporter at most, and none of these knows them all.
    pub(super) fn follows_from_cells(&self, cell: usize, shown: &[bool]) -> bool {
        let inner = self.tabulation.inner(cell);
        let mut hidden = inner.iter().filter(|cell| !shown[**cell]).peekable();
        inner != [cell] && hidden.peek().is_some() && hidden.all(|cell| self.leeways[*cell].known)
    }

    /// Finds out how far apart each cell's ends are while nothing is published: published reasons alone can
    /// leave less than the protection interval, and more than that cannot be kept.
    pub(super) fn measure(&mut self) {
        let nothing = vec![false; self.leeways.len()];
        for cell in 0..nothing.len() {
            let larger = self.push(cell, self.width, &nothing).map_or(0, |id| self.change(id, cell));
            let left = larger - self.width;
            let smaller = if left < 0 { self.push(cell, left, &nothing) } else { None };
            self.widths.push(larger - smaller.map_or(0, |id| self.change(id, cell)));
        }
    }

    /// How far apart a suppressed cell's ends must be: the protection interval, or all that reasons leave.
    fn width(&self, cell: usize) -> i64 {
        self.widths.get(cell).map_or(self.width, |width| self.width.min(*width))
    }

    /// The alternative in which a cell differs most, up to `goal`; `None` if it differs by nothing.
    fn push(&mut self, target: usize, goal: i64, shown: &[bool]) -> Option<usize> {
        let mut tableau = match self.tableau.take() {
            Some(tableau) => tableau,
            None => self.fresh(shown)?,
        };
        for cell in (0..shown.len()).filter(|cell| !shown[*cell]) {
            let (low, high) = self.bounds(target, cell);
            tableau.bound(cell, low, high);
        }
        for cell in (0..shown.len()).filter(|cell| shown[*cell]) {
            tableau.bound(cell, 0, 0);
        }
        let changes = self.whole(&mut tableau, &[(target, 1)], goal);
        self.tableau = changes.is_some().then_some(tableau);
        self.keep(changes??, target)
    }

    /// The counted cells' changes in whole employees. `None` if the tableau is of no further use, `Some(None)`
    /// if nothing was found.
    fn whole(&self, tableau: &mut Tableau, sum: &[(usize, i64)], goal: i64) -> Option<Option<Vec<i64>>> {
        for _ in 0..12 {
            if tableau.push(sum, goal) == Push::GaveUp {
                return None;
            }
            let Some(part) = tableau.values().iter().position(|value| !value.is_integer()) else {
                let changes = tableau.values().iter().map(|value| i64::try_from(value.to_integer()).ok());
                return Some(changes.collect());
            };
            // Parts of employees are no survey: try with less.
            let most = i64::try_from(tableau.values()[part].to_integer()).ok()?;
            let (low, high) = tableau.bounds(part);
            if *tableau.values()[part].numer() > 0 {
                tableau.bound(part, low, most)
            } else {
                tableau.bound(part, most, high)
            }
        }
        Some(None)
    }

    fn keep(&mut self, counted: Vec<i64>, target: usize) -> Option<usize> {
        let change = |cell: usize| self.tabulation.inner(cell).iter().map(|inner| counted[*inner]).sum();
        let changes: Vec<(usize, i64)> =
            (0..counted.len()).map(|cell| (cell, change(cell))).filter(|(_, change)| *change != 0).collect();
        let id = self.found.len();
        for (cell, _) in changes.iter().filter(|(_, change)| change.abs() >= self.width) {
            self.wide[*cell].push(id);
        }
        let differs = changes.iter().any(|(cell, _)| *cell == target);
        self.found.push(Alternative { changes });
        differs.then_some(id)
    }
}
