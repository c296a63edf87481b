//! An attacker: from what is published, how many employees can a suppressed cell have?
//!
//! Shares nothing with the rule that it attacks but the description of the tables: sums are found from
//! categories, and a library solves the linear programs, in floating point.

use super::tables::Drawn;
use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use statistics::Standing;
use std::collections::BTreeMap;

/// What an attacker knows besides what is published.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Knows {
    /// Nothing.
    Nothing,
    /// What it sent itself, and in which cells it is alone.
    Own(usize),
    /// As much as any reporter could: all of a cell with one reporter, all but one employee of each other
    /// reporter elsewhere.
    Most,
}

/// Everything that is published, and one attacker.
pub(crate) struct Attack<'a> {
    pub(crate) drawn: &'a Drawn,
    pub(crate) standings: &'a [Standing],
    pub(crate) knows: Knows,
}

impl Attack<'_> {
    /// The suppressed cells that the attacker bounds more tightly than the protection interval.
    pub(crate) fn exposed(&self) -> Option<(usize, i64, i64)> {
        let hidden = (0..self.standings.len()).filter(|cell| self.hidden(*cell));
        hidden.filter_map(|cell| self.exposes(cell)).next()
    }

    /// The ends of a suppressed cell, if they are too near to each other.
    pub(crate) fn exposes(&self, cell: usize) -> Option<(usize, i64, i64)> {
        if self.knows_all_of(cell) || (self.is_margin(cell) && self.knows_all_inside(cell)) {
            return None;
        }
        let wanted = i64::from(self.drawn.thresholds.min_cell_reporters()) - 1;
        let (least, most) = self.ends(cell);
        if most - least >= wanted {
            return None;
        }
        // Published reasons alone can leave less; more cannot be kept.
        let reasons = |standing: &Standing| match standing {
            Standing::Released => Standing::Protecting,
            other => *other,
        };
        let nothing: Vec<Standing> = self.standings.iter().map(reasons).collect();
        let (lowest, highest) = Attack { standings: &nothing, ..*self }.ends(cell);
        (most - least < highest - lowest).then_some((cell, least, most))
    }

    fn ends(&self, cell: usize) -> (i64, i64) {
        (self.end(cell, OptimizationDirection::Minimize), self.end(cell, OptimizationDirection::Maximize))
    }

    fn hidden(&self, cell: usize) -> bool {
        self.standings[cell] != Standing::Released
    }

    fn is_margin(&self, cell: usize) -> bool {
        self.drawn.tabulation.inner(cell) != [cell]
    }

    /// A contributor alone in a cell knows it; nothing is kept from it there.
    fn knows_all_of(&self, cell: usize) -> bool {
        match self.knows {
            Knows::Own(reporter) => {
                self.drawn.counts[cell].reporters == 1 && self.drawn.contributions[reporter][cell] > 0
            }
            Knows::Nothing | Knows::Most => false,
        }
    }

    /// The imagined reporter who knows most is a different one in every cell: nobody is alone in all of them.
    fn knows_all_inside(&self, cell: usize) -> bool {
        let hidden = self.drawn.tabulation.inner(cell).iter().filter(|inner| self.hidden(**inner));
        let most = i64::from(matches!(self.knows, Knows::Most));
        hidden.clone().count() > 0 && hidden.clone().all(|inner| self.drawn.counts[*inner].reporters <= most)
    }

    /// How many employees a suppressed cell has, by its published reason and by what is known.
    fn range(&self, cell: usize, target: usize) -> (i64, i64) {
        let counts = self.drawn.counts[cell];
        let few = i64::from(self.drawn.thresholds.min_cell_reporters());
        let small = i64::from(self.drawn.thresholds.min_cell_employees());
        let full = |reporters: i64| (reporters - 1) * Drawn::PER_REPORTER;
        let everybody = self.drawn.contributions.len() as i64;
        let (low, high) = match self.standings[cell] {
            Standing::Protecting => (small.max(few), full(everybody)),
            Standing::TooFew(statistics::SuppressionReason::TooFewEmployees) => (few, small - 1),
            _ => (0, full(everybody.min(few - 1))),
        };
        let empty_is_known = counts.reporters == 0 && cell != target;
        let low = match self.knows {
            _ if self.is_margin(cell) => low,
            Knows::Nothing if empty_is_known => return (0, 0),
            Knows::Nothing => low,
            Knows::Own(_) if empty_is_known => return (0, 0),
            Knows::Own(_) if self.knows_all_of(cell) => return (counts.employees, counts.employees),
            Knows::Own(reporter) => low.max(self.drawn.contributions[reporter][cell]),
            Knows::Most if counts.reporters <= 1 && cell != target => {
                return (counts.employees, counts.employees);
            }
            Knows::Most => low
                .max(counts.employees - (counts.reporters - 1).max(0))
                .min(if counts.reporters <= 1 { low } else { i64::MAX }),
        };
        (low, high.max(counts.employees))
    }

    /// The most or the least employees, rounded inwards: only whole ones are employed.
    fn end(&self, target: usize, direction: OptimizationDirection) -> i64 {
        let tabulation = &self.drawn.tabulation;
        let mut problem = Problem::new(direction);
        let mut variables: BTreeMap<usize, Variable> = BTreeMap::new();
        for cell in (0..self.standings.len()).filter(|cell| self.hidden(*cell) && !self.is_margin(*cell)) {
            let (low, high) = self.range(cell, target);
            let wanted = tabulation.inner(target).contains(&cell);
            let variable = problem.add_var(f64::from(u8::from(wanted)), (low as f64, high as f64));
            variables.insert(cell, variable);
        }
        for margin in (0..self.standings.len()).filter(|cell| self.is_margin(*cell)) {
            let inside = tabulation.inner(margin);
            let sum: Vec<_> = inside.iter().filter_map(|c| variables.get(c)).map(|v| (*v, 1.0)).collect();
            let shown: i64 = inside
                .iter()
                .filter(|cell| !self.hidden(**cell))
                .map(|cell| self.drawn.counts[*cell].employees)
                .sum();
            if sum.is_empty() {
                continue;
            }
            if self.hidden(margin) {
                let (low, high) = self.range(margin, target);
                problem.add_constraint(&sum, ComparisonOp::Ge, (low - shown) as f64);
                problem.add_constraint(&sum, ComparisonOp::Le, (high - shown) as f64);
            } else {
                let rest = self.drawn.counts[margin].employees - shown;
                problem.add_constraint(&sum, ComparisonOp::Eq, rest as f64);
            }
        }
        let solution = problem.solve().unwrap().into_solution().unwrap();
        let shown = tabulation.inner(target).iter().filter(|cell| !self.hidden(**cell));
        let shown: i64 = shown.map(|cell| self.drawn.counts[*cell].employees).sum();
        let end = solution.objective();
        shown
            + match direction {
                OptimizationDirection::Maximize => (end + 1e-5).floor() as i64,
                OptimizationDirection::Minimize => (end - 1e-5).ceil() as i64,
            }
    }
}
