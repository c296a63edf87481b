//! Which column is which dimension, and which is which measure.

use crate::{Table, header};
use survey::Schema;

/// A column of a [`Table`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Column(pub(crate) usize);

impl Column {
    const NONE: Self = Self(usize::MAX);

    /// The column's position, from 0.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0
    }
}

/// The columns that a survey needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mapping {
    dimensions: [Option<Column>; Schema::MAX_DIMENSIONS],
    measures: [Option<Column>; Schema::MAX_MEASURES],
}

impl Mapping {
    /// One column per dimension of a schema and one per measure that is entered, each in the schema's order;
    /// what is beyond [`Schema::MAX_DIMENSIONS`] and [`Schema::MAX_MEASURES`] is not taken.
    #[must_use]
    pub fn new(dimensions: &[Column], measures: &[Column]) -> Self {
        let mut mapping = Self { dimensions: [None; _], measures: [None; _] };
        mapping.dimensions.iter_mut().zip(dimensions).for_each(|(own, column)| *own = Some(*column));
        mapping.measures.iter_mut().zip(measures).for_each(|(own, column)| *own = Some(*column));
        mapping
    }

    /// The columns of the dimensions.
    pub fn dimensions(&self) -> impl Iterator<Item = Column> {
        self.dimensions.iter().copied().flatten()
    }

    /// The columns of the measures that are entered.
    pub fn measures(&self) -> impl Iterator<Item = Column> {
        self.measures.iter().copied().flatten()
    }

    /// The column of a dimension, or one in which nothing stands.
    pub(crate) fn dimension(&self, position: usize) -> Column {
        self.dimensions().nth(position).unwrap_or(Column::NONE)
    }

    /// The column of an entered measure, or one in which nothing stands.
    pub(crate) fn measure(&self, position: usize) -> Column {
        self.measures().nth(position).unwrap_or(Column::NONE)
    }
}

/// Which column is which, by the names of columns.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ColumnNames {
    /// One per dimension, in the order of the schema.
    pub dimensions: Vec<String>,
    /// One per measure that is entered, in the order of the schema.
    pub measures: Vec<String>,
}

impl ColumnNames {
    /// The compared dimension and the first entered measure in the columns of these names, everything else in
    /// the columns that are named as in the schema.
    #[must_use]
    pub fn of(schema: &Schema, compared: &str, measure: &str) -> Self {
        let mut dimensions: Vec<String> = schema.dimensions().iter().map(|d| d.name().to_string()).collect();
        let mut measures: Vec<String> = schema.entered().map(|(_, m)| m.name().to_string()).collect();
        if let Some(name) = dimensions.get_mut(schema.compared_position()) {
            compared.clone_into(name);
        }
        if let Some(name) = measures.first_mut() {
            measure.clone_into(name);
        }
        Self { dimensions, measures }
    }
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
    /// One column for two things.
    #[error("One column stands for two things of the survey. Choose different columns.")]
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

    /// Finds the columns of a survey with one dimension and one measure by their names.
    ///
    /// # Errors
    /// [`ColumnProblem`] if one is unknown or both are the same.
    pub fn mapping(&self, compared: &str, measure: &str) -> Result<Mapping, ColumnProblem> {
        self.mapping_of(&[compared], &[measure])
    }

    /// Finds columns of dimensions and of entered measures by their names.
    ///
    /// # Errors
    /// [`ColumnProblem`] if one is unknown or two are the same.
    pub fn mapping_of(&self, dimensions: &[&str], measures: &[&str]) -> Result<Mapping, ColumnProblem> {
        let columns: Result<Vec<Column>, ColumnProblem> =
            dimensions.iter().chain(measures).map(|name| self.column(name)).collect();
        let columns = columns?;
        let twice = |(at, column): (usize, &Column)| columns.iter().take(at).any(|other| other == column);
        if columns.iter().enumerate().any(twice) {
            return Err(ColumnProblem::SameColumn);
        }
        let (dimensions, measures) = columns.split_at(dimensions.len());
        Ok(Mapping::new(dimensions, measures))
    }

    /// Finds columns by names that somebody chose.
    ///
    /// # Errors
    /// As [`Table::mapping_of`].
    pub fn mapping_by(&self, names: &ColumnNames) -> Result<Mapping, ColumnProblem> {
        let dimensions: Vec<&str> = names.dimensions.iter().map(String::as_str).collect();
        let measures: Vec<&str> = names.measures.iter().map(String::as_str).collect();
        self.mapping_of(&dimensions, &measures)
    }

    /// Finds the columns of a survey's schema, named as [`ColumnNames::of`] names them.
    ///
    /// # Errors
    /// [`ColumnProblem`] if one is unknown or two are the same.
    pub fn mapping_for(
        &self,
        schema: &Schema,
        compared: &str,
        measure: &str,
    ) -> Result<Mapping, ColumnProblem> {
        self.mapping_by(&ColumnNames::of(schema, compared, measure))
    }
}
