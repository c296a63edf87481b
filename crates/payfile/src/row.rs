//! One row at a time: its categories and amounts, and everything that is wrong with it.

use crate::amount::parse_measured;
use crate::bare::{Bare, is_missing_word};
use crate::read::settle_format;
use crate::{AmountProblem, Column, Mapping, NumberFormat, Options, RowProblemKind, Table};
use std::collections::HashMap;
use survey::{Amount, Dimension, Measure, Record, Schema};

/// A dimension's column, and what its texts were found to mean.
struct Categories<'a> {
    column: Column,
    dimension: &'a Dimension,
    known: HashMap<&'a str, Result<usize, RowProblemKind>>,
}

/// A measure's column, with its format or the first row that asks for a decision.
struct Amounts<'a> {
    column: Column,
    measure: &'a Measure,
    format: Result<NumberFormat, usize>,
}

/// Reads rows of a table, one after the other.
pub(crate) struct Row<'a> {
    table: &'a Table,
    schema: &'a Schema,
    dimensions: Vec<Categories<'a>>,
    measures: Vec<Amounts<'a>>,
    categories: Vec<usize>,
    amounts: Vec<Amount>,
}

impl<'a> Row<'a> {
    pub(crate) fn new(table: &'a Table, schema: &'a Schema, mapping: Mapping, options: Options) -> Self {
        let categories = |(at, dimension): (usize, &'a Dimension)| Categories {
            column: mapping.dimension(at),
            dimension,
            known: HashMap::new(),
        };
        let amounts = |(at, (_, measure)): (usize, (usize, &'a Measure))| {
            let column = mapping.measure(at);
            Amounts { column, measure, format: settle_format(table, column, options) }
        };
        Self {
            table,
            schema,
            dimensions: schema.dimensions().iter().enumerate().map(categories).collect(),
            measures: schema.entered().enumerate().map(amounts).collect(),
            categories: Vec::new(),
            amounts: Vec::new(),
        }
    }

    /// Reads a row; what is wrong with it, by column.
    pub(crate) fn read(&mut self, position: usize) -> Vec<(Column, RowProblemKind)> {
        self.categories.clear();
        self.amounts.clear();
        let mut faults = Vec::new();
        for of in &mut self.dimensions {
            let text = self.table.cell(position, of.column);
            match *of.known.entry(text).or_insert_with(|| category(text, of.dimension)) {
                Ok(category) => self.categories.push(category),
                Err(kind) => faults.push((of.column, kind)),
            }
        }
        for of in &self.measures {
            match measured(self.table.cell(position, of.column), position, of) {
                Ok(amount) => self.amounts.extend(amount),
                Err(kind) => faults.push((of.column, kind)),
            }
        }
        faults
    }

    /// Whether the row that was read last has everything.
    pub(crate) fn is_complete(&self) -> bool {
        self.categories.len() == self.dimensions.len() && self.amounts.len() == self.measures.len()
    }

    /// The record of the row that was read last; `None` if it is not complete, or not computable.
    pub(crate) fn record(&self) -> Option<Record> {
        Record::of(self.schema, &self.categories, &self.amounts)
    }
}

/// Whether a problem is that something is missing.
pub(crate) const fn is_missing(kind: RowProblemKind) -> bool {
    matches!(kind, RowProblemKind::EmptyCategory | RowProblemKind::Amount(AmountProblem::Missing))
}

fn category(text: &str, dimension: &Dimension) -> Result<usize, RowProblemKind> {
    let found = dimension.position(text);
    let kind =
        if is_missing_word(text) { RowProblemKind::EmptyCategory } else { RowProblemKind::UnknownCategory };
    found.ok_or(kind)
}

/// Without a format the amounts are only looked at for what is wrong in any, and there is none to return.
fn measured(text: &str, position: usize, of: &Amounts<'_>) -> Result<Option<Amount>, RowProblemKind> {
    match of.format {
        Ok(format) => Ok(Some(parse_measured(text, format, of.measure)?)),
        Err(first) if first == position => Err(AmountProblem::Ambiguous.into()),
        Err(_) => Ok(Bare::of(text).map(|_| None)?),
    }
}
