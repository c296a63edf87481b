//! Which column is compared, and which is measured.

use crate::{Table, header};

/// A column of a [`Table`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Column(pub(crate) usize);

impl Column {
    /// The column's position, from 0.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0
    }
}

/// The two columns that a survey needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mapping {
    /// The column of the compared dimension.
    pub compared: Column,
    /// The column of the measure.
    pub measure: Column,
}

/// Why columns are not found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ColumnProblem {
    /// No column of that name.
    #[error("There is no column named “{name}”. The file has: {}.", present.join(", "))]
    Unknown {
        /// The name that was looked for.
        name: String,
        /// The names that exist.
        present: Vec<String>,
    },
    /// The same column for both.
    #[error("The compared column and the measured column are the same. Choose two columns.")]
    SameColumn,
}

impl Table {
    /// Finds a column by its name, whatever its upper and lower case.
    ///
    /// # Errors
    /// [`ColumnProblem::Unknown`] lists the names that exist.
    pub fn column(&self, name: &str) -> Result<Column, ColumnProblem> {
        let found = self.headers().position(|header| header::same_name(header, name));
        found.map(Column).ok_or_else(|| ColumnProblem::Unknown {
            name: name.trim().to_owned(),
            present: self.headers().map(|header| header::shown(header).to_owned()).collect(),
        })
    }

    /// All columns with their names, in the order of the file.
    pub fn columns(&self) -> impl ExactSizeIterator<Item = (Column, &str)> {
        self.headers().enumerate().map(|(index, name)| (Column(index), name))
    }

    /// Finds the compared and the measured column by their names.
    ///
    /// # Errors
    /// [`ColumnProblem`] if one is unknown or both are the same.
    pub fn mapping(&self, compared: &str, measure: &str) -> Result<Mapping, ColumnProblem> {
        let mapping = Mapping { compared: self.column(compared)?, measure: self.column(measure)? };
        if mapping.compared == mapping.measure {
            return Err(ColumnProblem::SameColumn);
        }
        Ok(mapping)
    }
}
