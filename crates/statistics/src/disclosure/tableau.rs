//! Linear programming in whole numbers: how far can a sum move while each of its terms stays inside bounds and
//! other sums do not move at all?
//!
//! The bounded-variable simplex method. Rows are kept in integers over one divisor each, so nothing is ever
//! rounded: the answer is the same on every machine, and no cell is published because of a tolerance. That
//! nothing moves is always allowed here, so there is no search for a first solution, and the basis of the last
//! question serves the next.
#![expect(clippy::indexing_slicing, reason = "rows, columns and variables are the tableau's own numbers")]

use num_integer::Integer;
use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, Signed, Zero};

type Fraction = Ratio<i128>;

/// A bound that nothing reaches.
pub(super) const FAR: i64 = i64::MAX / 4;

/// Entries beyond this are not calculated with.
const LARGE: i128 = 1 << 40;

/// How a push ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Push {
    /// The sum is where it was wanted.
    Reached,
    /// It is as near as bounds allow.
    Blocked,
    /// Numbers became too large, or it took too long; the tableau is of no further use.
    GaveUp,
}

/// A basic variable as a sum: entry / divisor times the variable of each column.
#[derive(Clone)]
struct Row {
    variable: usize,
    entries: Vec<i64>,
    /// Above zero.
    divisor: i64,
}

/// What stops a step.
#[derive(Clone, Copy)]
enum Stop {
    Entering,
    Row(usize),
    Goal,
}

#[derive(Clone)]
pub(super) struct Tableau {
    columns: Vec<usize>,
    rows: Vec<Row>,
    values: Vec<Fraction>,
    low: Vec<i64>,
    high: Vec<i64>,
}

impl Tableau {
    /// Of variables below `n` some are free; sums of them, (variable, coefficient), stay 0. `None` if numbers
    /// become too large.
    pub(super) fn new(n: usize, free: Vec<usize>, still: &[Vec<(usize, i64)>]) -> Option<Self> {
        let mut tableau = Self {
            columns: free,
            rows: Vec::new(),
            values: vec![Fraction::zero(); n],
            low: vec![0; n],
            high: vec![0; n],
        };
        for sum in still {
            tableau.hold(sum)?;
        }
        Some(tableau)
    }

    /// Takes one variable out of the columns so that a sum stays 0.
    pub(super) fn hold(&mut self, sum: &[(usize, i64)]) -> Option<()> {
        let mut held = self.express(sum)?;
        // With ±1 the new row has no divisor.
        let best =
            held.entries.iter().enumerate().filter(|(_, entry)| **entry != 0).min_by_key(|(_, e)| e.abs());
        let Some((column, pivot)) = best.map(|(column, pivot)| (column, *pivot)) else { return Some(()) };
        // 0 = Σ e_j·x_j, so x_c = Σ_{j≠c} −e_j/e_c · x_j.
        let sign = pivot.signum();
        held.entries.iter_mut().for_each(|entry| *entry *= -sign);
        held.variable = self.columns[column];
        held.divisor = pivot.abs();
        held.entries[column] = 0;
        for row in &mut self.rows {
            row.substitute(column, &held, 0)?;
        }
        self.rows.push(held);
        self.columns.swap_remove(column);
        for row in &mut self.rows {
            row.entries.swap_remove(column);
        }
        Some(())
    }

    /// A sum of variables as a sum of columns.
    fn express(&self, sum: &[(usize, i64)]) -> Option<Row> {
        let row = |variable: usize| self.rows.iter().find(|row| row.variable == variable);
        let divisors = sum.iter().filter_map(|(variable, _)| row(*variable)).map(|row| row.divisor);
        let divisor = divisors.fold(1i128, |all, divisor| all.lcm(&i128::from(divisor)));
        let divisor = small(divisor)?;
        let mut entries = vec![0i128; self.columns.len()];
        for (variable, coefficient) in sum {
            let coefficient = i128::from(*coefficient);
            if let Some(column) = self.columns.iter().position(|of| of == variable) {
                entries[column] += coefficient * i128::from(divisor);
            } else if let Some(row) = row(*variable) {
                let factor = coefficient * i128::from(divisor / row.divisor);
                for (sum, entry) in entries.iter_mut().zip(&row.entries).filter(|(_, entry)| **entry != 0) {
                    *sum = sum.checked_add(factor.checked_mul(i128::from(*entry))?)?;
                }
            }
        }
        let entries = entries.into_iter().map(small).collect::<Option<_>>()?;
        let mut row = Row { variable: usize::MAX, entries, divisor };
        row.reduce();
        Some(row)
    }

    /// Gives a sum a name, under which it can be bounded and moved like a variable.
    pub(super) fn name(&mut self, variable: usize, sum: &[(usize, i64)]) -> Option<()> {
        let row = self.express(sum)?;
        self.rows.push(Row { variable, ..row });
        Some(())
    }

    /// Bounds hold 0.
    pub(super) fn bound(&mut self, variable: usize, low: i64, high: i64) {
        debug_assert!(low <= 0 && high >= 0, "nothing moves at first");
        self.low[variable] = low;
        self.high[variable] = high;
    }

    pub(super) fn bounds(&self, variable: usize) -> (i64, i64) {
        (self.low[variable], self.high[variable])
    }

    pub(super) fn values(&self) -> &[Fraction] {
        &self.values
    }

    /// Moves a sum from 0 towards `goal` as far as bounds allow, and all variables with it.
    pub(super) fn push(&mut self, sum: &[(usize, i64)], goal: i64) -> Push {
        self.values.fill(Fraction::zero());
        self.express(sum).and_then(|wanted| self.walk_to(wanted, goal)).unwrap_or(Push::GaveUp)
    }

    fn walk_to(&mut self, mut wanted: Row, goal: i64) -> Option<Push> {
        let upwards = goal > 0;
        let mut left = Fraction::from_integer(goal.abs().into());
        // Bland's rule ends; the limit only keeps a release from waiting for a very long walk.
        for _ in 0..20 * (self.rows.len() + self.columns.len()) {
            if left.is_zero() {
                return Some(Push::Reached);
            }
            let Some((column, up)) = self.entering(&wanted, upwards) else { return Some(Push::Blocked) };
            let rate = Fraction::new(wanted.entries[column].abs().into(), wanted.divisor.into());
            let (stop, step) = self.stop(column, up, left.checked_div(&rate)?)?;
            left -= step.checked_mul(&rate)?;
            self.step(column, if up { step } else { -step })?;
            if let Stop::Row(row) = stop {
                self.pivot(row, column, &mut wanted)?;
            }
        }
        None
    }

    /// The column that, moved, moves the sum the right way, and its own direction: of all that would do, the
    /// one whose variable has the smallest number (Bland).
    fn entering(&self, wanted: &Row, upwards: bool) -> Option<(usize, bool)> {
        let useful = |(column, entry): (usize, &i64)| {
            let up = (*entry > 0) == upwards;
            let movable = || !self.room(self.columns[column], up).is_zero();
            (*entry != 0 && movable()).then_some((column, up))
        };
        let columns = wanted.entries.iter().enumerate();
        columns.filter_map(useful).min_by_key(|(column, _)| self.columns[*column])
    }

    /// How far a variable may still go.
    fn room(&self, variable: usize, up: bool) -> Fraction {
        let bound = if up { self.high[variable] } else { self.low[variable] };
        (Fraction::from_integer(bound.into()) - self.values[variable]).abs()
    }

    /// What stops a column's variable first, and how far away that is.
    fn stop(&self, column: usize, up: bool, to_goal: Fraction) -> Option<(Stop, Fraction)> {
        let entering = self.columns[column];
        let mut first = (to_goal, 0, Stop::Goal);
        let mut consider = |distance: Fraction, variable: usize, stop: Stop| {
            if (&distance, variable + 1) < (&first.0, first.1) {
                first = (distance, variable + 1, stop);
            }
        };
        consider(self.room(entering, up), entering, Stop::Entering);
        for (at, row) in self.rows.iter().enumerate() {
            let entry = row.entries[column];
            if entry != 0 {
                let rate = Fraction::new(entry.abs().into(), row.divisor.into());
                let room = self.room(row.variable, (entry > 0) == up);
                consider(room.checked_div(&rate)?, row.variable, Stop::Row(at));
            }
        }
        Some((first.2, first.0))
    }

    fn step(&mut self, column: usize, step: Fraction) -> Option<()> {
        if step.is_zero() {
            return Some(());
        }
        let entering = self.columns[column];
        self.values[entering] = self.values[entering].checked_add(&step)?;
        for row in self.rows.iter().filter(|row| row.entries[column] != 0) {
            let rate = Fraction::new(row.entries[column].into(), row.divisor.into());
            self.values[row.variable] = self.values[row.variable].checked_add(&step.checked_mul(&rate)?)?;
        }
        Some(())
    }

    /// Exchanges a row's variable for a column's.
    fn pivot(&mut self, row: usize, column: usize, wanted: &mut Row) -> Option<()> {
        // x_r = Σ e_j/d · x_j, so x_c = d/e_c · x_r − Σ_{j≠c} e_j/e_c · x_j.
        let mut turned = self.rows[row].clone();
        let pivot = turned.entries[column];
        let sign = pivot.signum();
        turned.entries.iter_mut().for_each(|entry| *entry *= -sign);
        let leaving = core::mem::replace(&mut turned.variable, self.columns[column]);
        let own = core::mem::replace(&mut turned.divisor, pivot.abs()) * sign;
        turned.entries[column] = 0;
        for (at, other) in self.rows.iter_mut().enumerate() {
            if at != row {
                other.substitute(column, &turned, own)?;
            }
        }
        wanted.substitute(column, &turned, own)?;
        turned.entries[column] = own;
        turned.reduce();
        self.columns[column] = leaving;
        self.rows[row] = turned;
        Some(())
    }
}

impl Row {
    /// Puts (Σ e_j·x_j + own·y) / d in place of a column's variable, y being the column's new one. The entry of
    /// the column in `by` is 0.
    fn substitute(&mut self, column: usize, by: &Self, own: i64) -> Option<()> {
        let factor = core::mem::replace(&mut self.entries[column], 0);
        if factor == 0 {
            return Some(());
        }
        if by.divisor == 1 {
            for (entry, with) in self.entries.iter_mut().zip(&by.entries) {
                *entry += factor * with;
            }
            self.entries[column] = factor * own;
            return self.entries.iter().all(|entry| i128::from(*entry).abs() < LARGE).then_some(());
        }
        for (entry, with) in self.entries.iter_mut().zip(&by.entries) {
            *entry =
                small(i128::from(*entry) * i128::from(by.divisor) + i128::from(factor) * i128::from(*with))?;
        }
        self.entries[column] = small(i128::from(factor) * i128::from(own))?;
        self.divisor = small(i128::from(self.divisor) * i128::from(by.divisor))?;
        self.reduce();
        Some(())
    }

    fn reduce(&mut self) {
        let common =
            self.entries.iter().fold(self.divisor, |all, entry| if all == 1 { 1 } else { all.gcd(entry) });
        if common > 1 {
            self.divisor /= common;
            self.entries.iter_mut().for_each(|entry| *entry /= common);
        }
    }
}

fn small(number: i128) -> Option<i64> {
    (number.abs() < LARGE).then(|| i64::try_from(number).ok())?
}
