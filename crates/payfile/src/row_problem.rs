//! What is wrong in which row: every problem at once, none with anybody's pay.

use crate::AmountProblem;
use core::fmt;

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum RowProblemKind {
    /// Nothing stands in the column of a dimension, or something that says so, such as “NA”.
    #[error("there is no category. Enter one of the survey's categories, or remove the row")]
    EmptyCategory,
    /// Something else than one of the categories stands there.
    #[error("this is none of the survey's categories. Rename it to the one that it means")]
    UnknownCategory,
    /// The amount cannot be taken.
    #[error(transparent)]
    Amount(#[from] AmountProblem),
    /// What is computed of the amount is impossible: pay per hour without hours, or beyond the limits.
    #[error(
        "what the survey computes of this row, such as pay per hour, is impossible. Check the amounts that it \
         is computed of"
    )]
    Computed,
}

/// A row that must be mended.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RowProblem {
    /// The row as a spreadsheet numbers it; the header is usually row 1.
    pub row: u32,
    /// The name of the column.
    pub column: String,
    /// What is wrong.
    pub kind: RowProblemKind,
    pub(crate) entered: Option<String>,
}

impl RowProblem {
    /// The unknown category as the file spells it, shortened: for the reporter's own eyes only. Neither
    /// `Display` nor `Debug` shows it.
    #[must_use]
    pub fn category_as_entered(&self) -> Option<&str> {
        self.entered.as_deref()
    }
}

impl fmt::Display for RowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Row {}, column “{}”: {}.", self.row, self.column, self.kind)
    }
}

impl fmt::Debug for RowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { row, column, kind, .. } = self;
        write!(f, "RowProblem {{ row: {row}, column: {column:?}, kind: {kind:?}, <private> }}")
    }
}

/// All rows that must be mended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RowProblems {
    listed: Vec<RowProblem>,
    total: usize,
}

impl RowProblems {
    /// How many problems are listed; further ones are only counted.
    pub const MAX_LISTED: usize = 1000;

    /// The first problems, in the order of the rows, at most [`RowProblems::MAX_LISTED`].
    #[must_use]
    pub fn listed(&self) -> &[RowProblem] {
        &self.listed
    }

    /// How many problems there are.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.total
    }

    pub(crate) fn push(&mut self, problem: impl FnOnce() -> RowProblem) {
        if self.listed.len() < Self::MAX_LISTED {
            self.listed.push(problem());
        }
        self.total += 1;
    }
}

impl fmt::Display for RowProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.listed {
            writeln!(f, "{problem}")?;
        }
        match self.total.saturating_sub(self.listed.len()) {
            0 => Ok(()),
            more => writeln!(f, "… and {more} more problems."),
        }
    }
}

impl core::error::Error for RowProblems {}
