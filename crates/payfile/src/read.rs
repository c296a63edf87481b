//! From rows to records.

use crate::row::{Row, is_missing};
use crate::{
    Column, Detection, LeftOut, Mapping, NumberFormat, RowProblem, RowProblemKind, RowProblems, Table,
};
use core::fmt;
use survey::{Label, MissingValues, Record, Schema};

/// What a person may decide about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// How amounts are written, instead of what the column says.
    pub number_format: Option<NumberFormat>,
    /// Stops at rows in which something is missing, also where the survey would leave them out: they are then
    /// named, and the person completes them.
    pub stops_at_missing: bool,
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
    left_out: LeftOut,
}

impl Reading {
    /// Puts together again what was taken apart to cross from one thread to another.
    #[must_use]
    pub fn of(schema: &Schema, records: Vec<Record>, questions: Vec<Question>, left_out: LeftOut) -> Self {
        let mut counts = vec![0; schema.compared().categories().len()];
        for record in &records {
            if let Some(count) = counts.get_mut(record.compared(schema)) {
                *count += 1;
            }
        }
        Self { records, questions, counts, left_out }
    }

    /// One record per row that counts, in the order of the file.
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

    /// How many records each category of the compared dimension has, in the order of the schema.
    #[must_use]
    pub fn counts(&self) -> &[usize] {
        &self.counts
    }

    /// Rows that were left out because something is missing in them, where the survey's rule is that.
    #[must_use]
    pub const fn left_out(&self) -> &LeftOut {
        &self.left_out
    }
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reading(<private>)")
    }
}

/// Turns every row into a record of the schema.
///
/// Where something is missing in a row (nothing, a dash, “NA” and the like) the schema's rule decides: the row
/// is left out and counted, or it is a problem. Whoever reads may be stricter than the schema, not laxer.
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
    let mut row = Row::new(table, schema, mapping, options);
    let (mut records, mut questions) = (Vec::with_capacity(table.row_count()), Vec::new());
    let mut left_out = LeftOut::default();
    let leaves_out = !options.stops_at_missing && schema.who_counts().missing == MissingValues::LeaveOut;
    for position in 0..table.row_count() {
        let faults = row.read(position);
        let missing = faults.iter().find(|(_, kind)| is_missing(*kind)).map(|(column, _)| *column);
        if let Some(column) = missing.filter(|_| leaves_out) {
            left_out.count(table.shown_header(column));
            continue;
        }
        for (column, kind) in faults {
            note(&mut problems, table, position, column, Some(kind));
        }
        match row.record() {
            Some(record) => {
                questions.extend(questions_about(schema, &record, table.row_number(position)));
                records.push(record);
            }
            None if row.is_complete() => {
                note(&mut problems, table, position, mapping.measure(0), Some(RowProblemKind::Computed));
            }
            None => {}
        }
    }
    if problems.total() > 0 { Err(problems) } else { Ok(Reading::of(schema, records, questions, left_out)) }
}

fn questions_about(schema: &Schema, record: &Record, row: u32) -> Option<Question> {
    let outside = |(at, measure): (usize, &survey::Measure)| {
        let (minor, soft) = (record.amount(at)?.minor(), measure.soft());
        if minor < soft.min_minor() {
            return Some(Question::UnusuallyLow { row });
        }
        (minor > soft.max_minor()).then_some(Question::UnusuallyHigh { row })
    };
    schema.measures().iter().enumerate().find_map(outside)
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
