//! Which cells are published and which are suppressed.
#![expect(clippy::indexing_slicing, reason = "all lists here have one entry per cell of the same tabulation")]

use super::alternatives::{Alternatives, Cover, Leeway};
use super::thin::has_thin_rest;
use super::{Counts, Tabulation};
use crate::{SuppressionReason, suppression};
use survey::Thresholds;

/// A choice of published cells, and what keeps the others uncertain.
pub(super) struct Choice<'a> {
    tabulation: &'a Tabulation,
    thresholds: Thresholds,
    counts: &'a [Counts],
    alternatives: Alternatives<'a>,
    /// By cell.
    pub(super) shown: Vec<bool>,
    covers: Vec<Option<Cover>>,
    /// By cell: the suppressed cell that would be found out, when it was last tried to publish this one.
    victims: Vec<Option<usize>>,
}

impl<'a> Choice<'a> {
    fn new(
        tabulation: &'a Tabulation,
        thresholds: Thresholds,
        counts: &'a [Counts],
        alternatives: Alternatives<'a>,
    ) -> Self {
        let cells = tabulation.cell_count();
        Self {
            tabulation,
            thresholds,
            counts,
            alternatives,
            shown: vec![false; cells],
            covers: vec![None; cells],
            victims: vec![None; cells],
        }
    }

    /// Publishes as many of the cells as it can, those first in the list before others: all of them if that
    /// is safe, else of each half as many as it can.
    fn publish(&mut self, cells: &[usize]) {
        if cells.is_empty() || self.try_publish(cells) || cells.len() == 1 {
            return;
        }
        let (first, second) = cells.split_at(cells.len() / 2);
        self.publish(first);
        self.publish(second);
    }

    /// Publishes all of the cells if every suppressed one stays uncertain; else none.
    fn try_publish(&mut self, cells: &[usize]) -> bool {
        cells.iter().for_each(|cell| self.shown[*cell] = true);
        let covers = self.covers.clone();
        let before = self.alternatives.publish(cells, &self.shown);
        if !has_thin_rest(self.tabulation, self.thresholds, self.counts, &self.shown) && self.cover_all(cells)
        {
            return true;
        }
        cells.iter().for_each(|cell| self.shown[*cell] = false);
        self.alternatives.restore(before);
        self.covers = covers;
        false
    }

    fn cover_all(&mut self, for_cells: &[usize]) -> bool {
        let mut order: Vec<usize> = (0..self.shown.len()).filter(|cell| !self.shown[*cell]).collect();
        if let Some(victim) = for_cells.first().and_then(|cell| self.victims[*cell]) {
            // Most likely it still would be found out.
            order.sort_by_key(|cell| *cell != victim);
        }
        for cell in order {
            if self.alternatives.follows_from_cells(cell, &self.shown) {
                continue;
            }
            if self.covers[cell].is_some_and(|cover| self.alternatives.holds(cover, &self.shown)) {
                continue;
            }
            self.covers[cell] = self.alternatives.cover(cell, &self.shown);
            if self.covers[cell].is_none() {
                for_cells.iter().for_each(|tried| self.victims[*tried] = Some(cell));
                return false;
            }
        }
        true
    }
}

/// Whether a cell is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It is.
    Released,
    /// It is not: too few stand behind it.
    TooFew(SuppressionReason),
    /// It is not, because a cell behind which too few stand could be found out by means of it.
    Protecting,
}

/// How many more employees a suppressed cell could at least have at most than at least.
#[must_use]
pub fn protection(thresholds: Thresholds) -> i64 {
    i64::from(thresholds.min_cell_reporters()) - 1
}

/// The most and the least employees that a published reason says a suppressed cell has. `full` is what a cell
/// can hold per reporter, `reporters` how many took part.
fn reason_range(
    thresholds: Thresholds,
    reason: Option<SuppressionReason>,
    full: i64,
    reporters: i64,
) -> (i64, i64) {
    let few = i64::from(thresholds.min_cell_reporters());
    let small = i64::from(thresholds.min_cell_employees());
    // One reporter less: whoever knows its own part knows that it does not fill it.
    let hold = |reporters: i64| full.saturating_mul(reporters.saturating_sub(1).max(0));
    match reason {
        None => (small.max(few), hold(reporters)),
        Some(SuppressionReason::TooFewEmployees) => (few, small - 1),
        Some(_) => (0, hold(reporters.min(few - 1))),
    }
}

/// Decides which cells are published, from numbers of reporters and employees alone.
///
/// `counts` has one entry per cell of the tabulation, margins included; `reporters` is how many took part, and
/// each may have up to `employees_per_reporter`.
#[must_use]
pub fn standings(
    tabulation: &Tabulation,
    thresholds: Thresholds,
    counts: &[Counts],
    reporters: i64,
    employees_per_reporter: i64,
) -> Vec<Standing> {
    let cells = tabulation.cell_count();
    let mut counts = counts.to_vec();
    counts.resize(cells, Counts::default());
    let primary: Vec<_> =
        counts.iter().map(|c| suppression(thresholds, c.reporters.into(), c.employees.into())).collect();
    let leeway = |(counts, reason): (&Counts, &Option<SuppressionReason>)| {
        Leeway::of(*counts, reason_range(thresholds, *reason, employees_per_reporter, reporters))
    };
    let leeways: Vec<Leeway> = counts.iter().zip(&primary).map(leeway).collect();
    let mut alternatives = Alternatives::new(tabulation, &leeways, protection(thresholds));
    alternatives.measure();
    let mut choice = Choice::new(tabulation, thresholds, &counts, alternatives);
    let mut order: Vec<usize> = (0..cells).filter(|cell| primary[*cell].is_none()).collect();
    order.sort_by_key(|cell| core::cmp::Reverse(counts[*cell].employees));
    choice.publish(&order);
    // What could not be published before may be, now that other cells need no protection of their own.
    loop {
        let left: Vec<usize> = order.iter().copied().filter(|cell| !choice.shown[*cell]).collect();
        if !left.iter().fold(false, |any, cell| choice.try_publish(&[*cell]) || any) {
            break;
        }
    }
    let standing = |(shown, primary): (bool, Option<SuppressionReason>)| match (shown, primary) {
        (true, _) => Standing::Released,
        (false, Some(reason)) => Standing::TooFew(reason),
        (false, None) => Standing::Protecting,
    };
    choice.shown.iter().copied().zip(primary).map(standing).collect()
}
