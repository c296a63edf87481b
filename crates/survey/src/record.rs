//! One employee, as far as a survey asks.

use crate::{Amount, Schema};

/// One employee of one reporter: a cell and an amount inside the measure's hard limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    cell: usize,
    amount: Amount,
}

impl Record {
    /// Checks cell and amount against the schema; `None` if either lies outside.
    #[must_use]
    pub fn new(schema: &Schema, cell: usize, amount: Amount) -> Option<Self> {
        let fits = cell < schema.cell_count() && schema.measure().hard().contain(amount.minor());
        fits.then_some(Self { cell, amount })
    }

    /// The position of the cell in the schema.
    #[must_use]
    pub const fn cell(&self) -> usize {
        self.cell
    }

    /// What was measured.
    #[must_use]
    pub const fn amount(&self) -> Amount {
        self.amount
    }
}
