//! From rows to records.

use crate::amount::parse_measured;
use crate::bare::Bare;
use crate::{
    AmountProblem, Column, Detection, Mapping, NumberFormat, RowProblem, RowProblemKind, RowProblems, Table,
};
use core::fmt;
use survey::{Amount, Label, Record, Schema};

/// What a person may decide about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// How amounts are written, instead of what the column says.
    pub number_format: Option<NumberFormat>,
}

/// A row whose amount lies outside the measure's soft limits: is it meant?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Question {
    /// Unusually low.
    UnusuallyLow {
        /// The row as a spreadsheet numbers it.
        row: u32,
    },
    /// Unusually high.
    UnusuallyHigh {
        /// The row as a spreadsheet numbers it.
        row: u32,
    },
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnusuallyLow { row } => write!(f, "Row {row}: the amount is unusually low. Is it meant?"),
            Self::UnusuallyHigh { row } => write!(f, "Row {row}: the amount is unusually high. Is it meant?"),
        }
    }
}

/// What a file says, when nothing in it must be mended.
pub struct Reading {
    records: Vec<Record>,
    questions: Vec<Question>,
    counts: Vec<usize>,
}

impl Reading {
    /// Puts together again what was taken apart to cross from one thread to another; `cells` is the number
    /// of the schema's categories.
    #[must_use]
    pub fn of(records: Vec<Record>, questions: Vec<Question>, cells: usize) -> Self {
        let mut counts = vec![0; cells];
        for record in &records {
            if let Some(count) = counts.get_mut(record.cell()) {
                *count += 1;
            }
        }
        Self { records, questions, counts }
    }

    /// One record per row, in the order of the file.
    #[must_use]
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The records alone.
    #[must_use]
    pub fn into_records(self) -> Vec<Record> {
        self.records
    }

    /// Rows outside the soft limits.
    #[must_use]
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// How many records each category has, in the order of the schema.
    #[must_use]
    pub fn counts(&self) -> &[usize] {
        &self.counts
    }
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reading(<private>)")
    }
}

/// Turns every row into a record of the schema.
///
/// # Errors
/// [`RowProblems`] names every row that must be mended; there is no reading of the others alone.
pub fn read_records(
    table: &Table,
    schema: &Schema,
    mapping: Mapping,
    options: Options,
) -> Result<Reading, RowProblems> {
    let mut problems = RowProblems::default();
    let format = settle_format(table, mapping.measure, options);
    let mut reading =
        Reading { records: Vec::new(), questions: Vec::new(), counts: vec![0; schema.cell_count()] };
    for position in 0..table.row_count() {
        let cell = category(table.cell(position, mapping.compared), schema);
        let amount = measured(table.cell(position, mapping.measure), position, format, schema);
        note(&mut problems, table, position, mapping.compared, cell.err());
        note(&mut problems, table, position, mapping.measure, amount.err());
        if let (Ok(cell), Ok(Some(amount))) = (cell, amount) {
            reading.take(schema, cell, amount, table.row_number(position));
        }
    }
    if problems.total() == 0 { Ok(reading) } else { Err(problems) }
}

impl Reading {
    fn take(&mut self, schema: &Schema, cell: usize, amount: Amount, row: u32) {
        let soft = schema.measure().soft();
        if amount.minor() < soft.min_minor() {
            self.questions.push(Question::UnusuallyLow { row });
        }
        if amount.minor() > soft.max_minor() {
            self.questions.push(Question::UnusuallyHigh { row });
        }
        // Always some: the cell is a position in the schema and the amount inside the hard limits.
        self.records.extend(Record::new(schema, cell, amount));
        if let Some(count) = self.counts.get_mut(cell) {
            *count += 1;
        }
    }
}

/// The format of a column, or the position of the first amount that asks for a decision.
///
/// In a contradictory column the majority's format is taken: the others then are problems of their rows.
pub(crate) fn settle_format(table: &Table, measure: Column, options: Options) -> Result<NumberFormat, usize> {
    if let Some(format) = options.number_format {
        return Ok(format);
    }
    match NumberFormat::detect(table.cells(measure)) {
        Detection::Certain(format) | Detection::Contradictory { majority: format } => Ok(format),
        Detection::Either => Ok(NumberFormat::DecimalDot),
        Detection::Ambiguous { first } => Err(first),
    }
}

fn category(text: &str, schema: &Schema) -> Result<usize, RowProblemKind> {
    if text.is_empty() {
        return Err(RowProblemKind::EmptyCategory);
    }
    schema.compared().position(text).ok_or(RowProblemKind::UnknownCategory)
}

/// Without a format the amounts are only looked at for what is wrong in any, and there is none to return.
fn measured(
    text: &str,
    position: usize,
    format: Result<NumberFormat, usize>,
    schema: &Schema,
) -> Result<Option<Amount>, RowProblemKind> {
    match format {
        Ok(format) => Ok(Some(parse_measured(text, format, schema.measure())?)),
        Err(first) if first == position => Err(AmountProblem::Ambiguous.into()),
        Err(_) => Ok(Bare::of(text).map(|_| None)?),
    }
}

/// Adds a problem to the list. Only an unknown category is kept as it was entered.
pub(crate) fn note(
    problems: &mut RowProblems,
    table: &Table,
    position: usize,
    column: Column,
    kind: Option<RowProblemKind>,
) {
    let Some(kind) = kind else { return };
    let entered = || table.cell(position, column).chars().take(Label::MAX_CHARS).collect();
    problems.push(|| RowProblem {
        row: table.row_number(position),
        column: table.shown_header(column).to_owned(),
        kind,
        entered: (kind == RowProblemKind::UnknownCategory).then(entered),
    });
}
