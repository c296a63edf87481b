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

/// By how much a counted cell may differ from the truth, in employees, for whoever knows what one reporter
/// sent. It is not known which reporter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Leeway {
    /// Fewer: each of the others has at least one employee there, and all but one of them could have less.
    pub(super) down: i64,
    /// More: until the cell is full.
    pub(super) up: i64,
    /// At most one reporter is in the cell: that reporter knows all of it, and of an empty cell everybody may
    /// know that it is empty. It protects nothing but itself.
    pub(super) known: bool,
    /// Fewer, for all who are not that reporter.
    pub(super) whole: i64,
}

impl Leeway {
    /// The leeway of a cell that can hold `capacity` employees.
    pub(super) fn of(counts: Counts, capacity: i64) -> Self {
        let whole = counts.employees.clamp(0, FAR - 1);
        Self {
            down: counts.reporters.saturating_sub(1).clamp(0, whole),
            up: capacity.saturating_sub(whole).clamp(0, FAR - 1),
            known: counts.reporters <= 1,
            whole,
        }
    }

    /// The same for a cell that has nothing to give.
    pub(super) const fn without_giving(self) -> Self {
        Self { down: 0, whole: 0, ..self }
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
    /// By cell; what stands at margins is not used.
    leeways: &'a [Leeway],
    /// By cell: whether all of it is one reporter's.
    sole: &'a [bool],
    /// How far apart a suppressed cell's largest and smallest possible number must be.
    width: i64,
    /// Of the cells published when it was last made.
    tableau: Option<Tableau>,
    found: Vec<Alternative>,
    /// By cell, the alternatives in which it differs by the whole width.
    wide: Vec<Vec<usize>>,
}

impl<'a> Alternatives<'a> {
    pub(super) fn new(
        tabulation: &'a Tabulation,
        leeways: &'a [Leeway],
        sole: &'a [bool],
        width: i64,
    ) -> Self {
        let wide = vec![Vec::new(); tabulation.cell_count()];
        Self { tabulation, leeways, sole, width, tableau: None, found: Vec::new(), wide }
    }

    /// What is published has changed.
    pub(super) fn forget_shown(&mut self) {
        self.tableau = None;
    }

    /// Counted cells that are suppressed may move; published sums of them, and what two crossings share, not.
    fn tableau(&self, shown: &[bool]) -> Option<Tableau> {
        let sums = self.tabulation.sums();
        let hidden = |cells: &[usize], sign: i64| -> Vec<(usize, i64)> {
            cells.iter().filter(|cell| !shown[**cell]).map(|cell| (*cell, sign)).collect()
        };
        let links = sums.links.iter().map(|link| [hidden(&link.left, 1), hidden(&link.right, -1)].concat());
        let margins = (0..shown.len()).filter(|cell| shown[*cell]).map(|cell| hidden(&sums.inner[cell], 1));
        let mut still: Vec<_> = margins.chain(links).filter(|sum| !sum.is_empty()).collect();
        still.sort_by_key(|sum| sum.len());
        LPS.fetch_add(1000000, core::sync::atomic::Ordering::Relaxed);
        let free = (0..shown.len()).filter(|cell| !shown[*cell] && self.tabulation.inner(*cell) == [*cell]);
        Tableau::new(shown.len(), free.collect(), &still)
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
        let larger = self.push(cell, self.width, shown);
        let up = larger.map_or(0, |id| self.change(id, cell));
        if up >= self.width {
            return Some(Cover { larger, smaller: None });
        }
        let smaller = self.push(cell, up - self.width, shown);
        let down = smaller.map_or(0, |id| -self.change(id, cell));
        (up + down >= self.width).then_some(Cover { larger, smaller })
    }

    fn change(&self, id: usize, cell: usize) -> i64 {
        let changes = &self.found[id].changes;
        changes.binary_search_by_key(&cell, |(at, _)| *at).map_or(0, |at| changes[at].1)
    }

    fn serves(&self, id: usize, target: usize, shown: &[bool]) -> bool {
        let allowed = |(cell, change): &(usize, i64)| {
            let (low, high) = self.bounds(target, *cell);
            !shown[*cell] && (self.tabulation.inner(*cell) != [*cell] || (low..=high).contains(change))
        };
        self.found[id].changes.iter().all(allowed)
    }

    /// By how much a counted cell may differ while `target` is in question.
    fn bounds(&self, target: usize, cell: usize) -> (i64, i64) {
        let leeway = self.leeways[cell];
        let inside = self.tabulation.inner(target).contains(&cell);
        match (leeway.known, inside) {
            (false, _) => (-leeway.down, leeway.up),
            (true, false) => (0, 0),
            (true, true) => (if self.sole[target] { -leeway.whole } else { 0 }, leeway.up),
        }
    }

    /// The alternative in which a cell differs most, up to `goal`; `None` if it differs by nothing.
    fn push(&mut self, target: usize, goal: i64, shown: &[bool]) -> Option<usize> {
        let mut tableau = match self.tableau.take() {
            Some(tableau) => tableau,
            None => self.tableau(shown)?,
        };
        for cell in (0..shown.len()).filter(|cell| !shown[*cell]) {
            if self.tabulation.inner(cell) == [cell] {
                let (low, high) = self.bounds(target, cell);
                tableau.bound(cell, low, high);
            }
        }
        let sum: Vec<_> = self.tabulation.inner(target).iter().filter(|cell| !shown[**cell]).map(|cell| (*cell, 1)).collect();
        let changes = self.whole(&mut tableau, &sum, goal);
        self.tableau = changes.is_some().then_some(tableau);
        self.keep(changes??, target)
    }

    /// The counted cells' changes in whole employees. `None` if the tableau is of no further use, `Some(None)`
    /// if nothing was found.
    fn whole(&self, tableau: &mut Tableau, sum: &[(usize, i64)], goal: i64) -> Option<Option<Vec<i64>>> {
        for round in 0..12 {
            LPS.fetch_add(1, core::sync::atomic::Ordering::Relaxed);
            if tableau.push(sum, goal) == Push::GaveUp {
                GAVEUP.fetch_add(1, core::sync::atomic::Ordering::Relaxed);
                return None;
            }
            let Some(part) = tableau.values().iter().position(|value| !value.is_integer()) else {
                if round > 0 { DIVED.fetch_add(1, core::sync::atomic::Ordering::Relaxed); }
                let changes = tableau.values().iter().map(|value| i64::try_from(value.to_integer()).ok());
                return Some(changes.collect());
            };
            // Parts of employees are no survey: try with less.
            let most = i64::try_from(tableau.values()[part].to_integer()).ok()?;
            let (low, high) = tableau.bounds(part);
            if *tableau.values()[part].numer() > 0 { tableau.bound(part, low, most) } else { tableau.bound(part, most, high) }
        }
        FRACTIONAL.fetch_add(1, core::sync::atomic::Ordering::Relaxed);
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

pub(super) static DIVED: core::sync::atomic::AtomicUsize = core::sync::atomic::AtomicUsize::new(0);
#[allow(missing_docs, unreachable_pub)] pub static LPS: core::sync::atomic::AtomicUsize = core::sync::atomic::AtomicUsize::new(0);
#[allow(missing_docs, unreachable_pub)] pub static FRACTIONAL: core::sync::atomic::AtomicUsize = core::sync::atomic::AtomicUsize::new(0);
#[allow(missing_docs, unreachable_pub)] pub static PIVOTS: core::sync::atomic::AtomicUsize = core::sync::atomic::AtomicUsize::new(0);
#[allow(missing_docs, unreachable_pub)] pub static GAVEUP: core::sync::atomic::AtomicUsize = core::sync::atomic::AtomicUsize::new(0);
#[allow(missing_docs, unreachable_pub)] pub fn stats() -> String { use core::sync::atomic::Ordering::Relaxed; format!("lps {} fractional {} pivots {} gaveup {} dived {}", LPS.swap(0, Relaxed), FRACTIONAL.swap(0,Relaxed), PIVOTS.swap(0,Relaxed), GAVEUP.swap(0,Relaxed), DIVED.swap(0,Relaxed)) }
