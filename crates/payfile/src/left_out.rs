//! Rows in which something is missing: counted and shown, never dropped in silence.

use core::fmt;

/// How many rows were left out, by the first column in which something is missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LeftOut {
    columns: Vec<(String, usize)>,
}

impl LeftOut {
    /// All rows that were left out.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.columns.iter().map(|(_, rows)| rows).sum()
    }

    /// The names of columns, and in how many rows something is missing there first.
    #[must_use]
    pub fn columns(&self) -> &[(String, usize)] {
        &self.columns
    }

    pub(crate) fn count(&mut self, column: &str) {
        match self.columns.iter_mut().find(|(name, _)| name == column) {
            Some((_, rows)) => *rows += 1,
            None => self.columns.push((column.to_owned(), 1)),
        }
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (column, rows) in &self.columns {
            writeln!(f, "{rows} rows are left out: nothing stands in column “{column}”.")?;
        }
        Ok(())
    }
}
