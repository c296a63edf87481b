//! The schema that fits a file: for rehearsals, where nobody wrote one.

use crate::amount::{decimals_of, parse_in_unit};
use crate::read::{note, settle_format};
use crate::{
    AmountProblem, Mapping, NumberFormat, Options, RowProblemKind, RowProblems, Table,
    reference::reads_as_men,
};
use std::collections::HashMap;
use survey::{Dimension, Label, LabelRefusal, Limits, Measure, Schema, SchemaRefusal};

/// Why no schema fits a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InferProblem {
    /// Rows that must be mended first.
    #[error(transparent)]
    Rows(#[from] RowProblems),
    /// More different values than a dimension may have categories.
    #[error(
        "Column “{column}” holds more than {} different values. Choose a column that sorts people into few \
         groups.",
        Dimension::MAX_CATEGORIES
    )]
    TooManyCategories {
        /// The column's name.
        column: String,
    },
    /// The reference group is none of the categories.
    #[error("No row of column “{column}” belongs to the reference group “{reference}”. Choose another.")]
    UnknownReference {
        /// The column's name.
        column: String,
        /// The reference group that was asked for.
        reference: String,
    },
    /// A column, a category or the unit has a name that no survey may use.
    #[error("A column, a category or the unit cannot be used as a name: {0}.")]
    Name(#[from] LabelRefusal),
    /// The schema would be refused for another reason.
    #[error("The file does not make a survey: {0}.")]
    Schema(#[from] SchemaRefusal),
}

/// Writes the schema that fits a file. For rehearsals only: a real survey's schema is written before anybody
/// looks at pay, and its limits say nothing of anyone's.
///
/// Categories are spelled as at their first appearance and sorted alphabetically, whatever their case.
/// Amounts get at least two decimals, and as many as the column has (at most four). Limits go from zero to
/// the next power of ten above the largest amount. The reference group is `reference`, otherwise the first
/// category that reads as men in some European language, otherwise the one with the most rows.
///
/// # Errors
/// [`InferProblem`] if rows must be mended or the columns do not make a survey.
pub fn infer_schema(
    table: &Table,
    mapping: Mapping,
    reference: Option<&str>,
    unit: &str,
    options: Options,
) -> Result<Schema, InferProblem> {
    let (categories, mut problems) = categories(table, mapping)?;
    let measure = measure(table, mapping, unit, options, &mut problems)?;
    let labels = categories.iter().map(|(name, _)| Label::parse(name)).collect::<Result<_, _>>()?;
    let compared = Dimension::new(header_label(table, mapping.compared.0)?, labels)?;
    let position = match reference {
        Some(name) => compared.position(name.trim()).ok_or_else(|| InferProblem::UnknownReference {
            column: table.shown_header(mapping.compared).to_owned(),
            reference: name.to_owned(),
        })?,
        None => usual_reference(&categories),
    };
    Ok(Schema::new(compared, position, measure)?)
}

fn header_label(table: &Table, column: usize) -> Result<Label, LabelRefusal> {
    Label::parse(table.headers().nth(column).unwrap_or(""))
}

/// The categories with their numbers of rows, sorted, and the rows that have none.
fn categories(table: &Table, mapping: Mapping) -> Result<(Vec<(String, usize)>, RowProblems), InferProblem> {
    let mut found: HashMap<String, (String, usize)> = HashMap::new();
    let mut problems = RowProblems::default();
    for (position, text) in table.cells(mapping.compared).enumerate() {
        if text.is_empty() {
            note(&mut problems, table, position, mapping.compared, Some(RowProblemKind::EmptyCategory));
            continue;
        }
        found.entry(text.to_lowercase()).or_insert_with(|| (text.to_owned(), 0)).1 += 1;
        if found.len() > Dimension::MAX_CATEGORIES {
            let column = table.shown_header(mapping.compared).to_owned();
            return Err(InferProblem::TooManyCategories { column });
        }
    }
    let mut sorted: Vec<(String, (String, usize))> = found.into_iter().collect();
    sorted.sort();
    Ok((sorted.into_iter().map(|(_, category)| category).collect(), problems))
}

fn usual_reference(categories: &[(String, usize)]) -> usize {
    let men = categories.iter().position(|(name, _)| reads_as_men(name));
    let most = || categories.iter().enumerate().rev().max_by_key(|(_, (_, rows))| *rows).map(|(at, _)| at);
    men.or_else(most).unwrap_or(0)
}

/// The measure, or all rows that must be mended, those of the categories included.
fn measure(
    table: &Table,
    mapping: Mapping,
    unit: &str,
    options: Options,
    problems: &mut RowProblems,
) -> Result<Measure, InferProblem> {
    let format = match settle_format(table, mapping.measure, options) {
        Ok(format) => format,
        Err(first) => {
            note(problems, table, first, mapping.measure, Some(AmountProblem::Ambiguous.into()));
            NumberFormat::DecimalDot
        }
    };
    let needed = table.cells(mapping.measure).filter_map(|text| decimals_of(text, format)).max();
    let needed = u8::try_from(needed.unwrap_or(0)).unwrap_or(u8::MAX);
    let decimals = needed.clamp(2, Measure::MAX_DECIMALS);
    let mut largest = 0;
    for (position, text) in table.cells(mapping.measure).enumerate() {
        match parse_in_unit(text, format, decimals, unit) {
            Ok(amount) => largest = amount.minor().max(largest),
            Err(problem) => note(problems, table, position, mapping.measure, Some(problem.into())),
        }
    }
    if problems.total() > 0 {
        return Err(core::mem::take(problems).into());
    }
    let limits = Limits::new(0, above(largest))?;
    Ok(Measure::new(
        header_label(table, mapping.measure.0)?,
        Label::parse(unit.trim())?,
        decimals,
        limits,
        limits,
    )?)
}

/// The next power of ten above an amount, at least one hundred, at most [`Limits::MAX_MINOR`].
fn above(minor: u64) -> u64 {
    let mut power = 100;
    while power <= minor {
        power *= 10;
    }
    power.min(Limits::MAX_MINOR)
}
