//! The schema that fits a file: for rehearsals, where nobody wrote one.

use crate::amount::{decimals_of, parse_in_unit};
use crate::bare::is_missing_word;
use crate::read::{note, settle_format};
use crate::{
    AmountProblem, Column, Mapping, NumberFormat, Options, RowProblemKind, RowProblems, Table, parse_amount,
    reference::reads_as_men,
};
use std::collections::HashMap;
use survey::{
    Dimension, Label, LabelRefusal, Limits, Measure, MissingValues, Schema, SchemaParts, SchemaRefusal,
    Statistics, WhoCounts,
};

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
    /// The width of bands is no positive amount in the unit.
    #[error("The width of the bands is not an amount above zero with at most {decimals} decimals.")]
    BandWidth {
        /// The decimals of the column.
        decimals: u8,
    },
    /// The schema would be refused for another reason.
    #[error("The file does not make a survey: {0}.")]
    Schema(#[from] SchemaRefusal),
}

/// What a schema that is written for a file should be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish<'a> {
    /// The position of the compared dimension among the columns of dimensions.
    pub compared: usize,
    /// The reference group; otherwise the usual one.
    pub reference: Option<&'a str>,
    /// The unit of the measure.
    pub unit: &'a str,
    /// See [`SchemaParts::cross_tabulations`].
    pub cross_tabulations: &'a [Vec<usize>],
    /// See [`SchemaParts::margins`].
    pub margins: &'a [Vec<usize>],
    /// Whether dispersion is wanted.
    pub dispersion: bool,
    /// The width of bands, in the unit with a decimal dot: bands of it cover the amounts of the file.
    pub band_width: Option<&'a str>,
    /// What happens to rows in which something is missing.
    pub missing: MissingValues,
}

/// Writes the schema that fits a file with one dimension and one measure, as [`infer_schema_by`] does.
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
    let wish = Wish {
        compared: 0,
        reference,
        unit,
        cross_tabulations: &[vec![0]],
        margins: &[],
        dispersion: false,
        band_width: None,
        missing: MissingValues::Stop,
    };
    infer_schema_by(table, mapping, wish, options)
}

/// Writes the schema that fits a file. For rehearsals only: a real survey's schema is written before anybody
/// looks at pay, and its limits and bands say nothing of anyone's.
///
/// Categories are spelled as at their first appearance and sorted alphabetically, whatever their case.
/// Amounts get at least two decimals, and as many as the column has (at most four). Limits go from zero to
/// the next power of ten above the largest amount. The reference group is the one that is asked for, otherwise
/// the first category that reads as men in some European language, otherwise the one with the most rows.
///
/// # Errors
/// [`InferProblem`] if rows must be mended or the columns do not make a survey.
pub fn infer_schema_by(
    table: &Table,
    mapping: Mapping,
    wish: Wish<'_>,
    options: Options,
) -> Result<Schema, InferProblem> {
    let mut problems = RowProblems::default();
    let file = File { table, mapping, wish, options };
    let mut dimensions = Vec::new();
    let mut reference = 0;
    for (position, column) in mapping.dimensions().enumerate() {
        let categories = file.categories(column, &mut problems)?;
        if position == wish.compared {
            reference = file.reference(column, &categories)?;
        }
        dimensions.push((column, categories));
    }
    let measure = file.measure(&mut problems)?;
    let dimension = |(column, categories): (Column, Vec<(String, usize)>)| {
        let labels = categories.iter().map(|(name, _)| Label::parse(name)).collect::<Result<_, _>>()?;
        Ok::<_, InferProblem>(Dimension::new(header_label(table, column)?, labels)?)
    };
    Ok(Schema::declare(SchemaParts {
        dimensions: dimensions.into_iter().map(dimension).collect::<Result<_, _>>()?,
        compared: wish.compared,
        reference,
        measures: vec![measure],
        cross_tabulations: wish.cross_tabulations.to_vec(),
        margins: wish.margins.to_vec(),
        who: WhoCounts { missing: wish.missing, ..WhoCounts::DEFAULT },
    })?)
}

fn header_label(table: &Table, column: Column) -> Result<Label, LabelRefusal> {
    Label::parse(table.headers().nth(column.index()).unwrap_or(""))
}

/// A file and what is wished of it.
struct File<'a> {
    table: &'a Table,
    mapping: Mapping,
    wish: Wish<'a>,
    options: Options,
}

impl File<'_> {
    /// The categories with their numbers of rows, sorted; rows that have none are noted, or left out.
    fn categories(
        &self,
        column: Column,
        problems: &mut RowProblems,
    ) -> Result<Vec<(String, usize)>, InferProblem> {
        let mut found: HashMap<String, (String, usize)> = HashMap::new();
        for (position, text) in self.table.cells(column).enumerate() {
            if is_missing_word(text) {
                if self.stops() {
                    note(problems, self.table, position, column, Some(RowProblemKind::EmptyCategory));
                }
                continue;
            }
            found.entry(text.to_lowercase()).or_insert_with(|| (text.to_owned(), 0)).1 += 1;
            if found.len() > Dimension::MAX_CATEGORIES {
                let column = self.table.shown_header(column).to_owned();
                return Err(InferProblem::TooManyCategories { column });
            }
        }
        let mut sorted: Vec<(String, (String, usize))> = found.into_iter().collect();
        sorted.sort();
        Ok(sorted.into_iter().map(|(_, category)| category).collect())
    }

    fn stops(&self) -> bool {
        self.wish.missing == MissingValues::Stop
    }

    fn reference(&self, column: Column, categories: &[(String, usize)]) -> Result<usize, InferProblem> {
        let Some(name) = self.wish.reference else { return Ok(usual_reference(categories)) };
        let wanted = name.trim().to_lowercase();
        let found = categories.iter().position(|(category, _)| category.to_lowercase() == wanted);
        found.ok_or_else(|| InferProblem::UnknownReference {
            column: self.table.shown_header(column).to_owned(),
            reference: name.to_owned(),
        })
    }

    /// The measure, or all rows that must be mended, those of the categories included.
    fn measure(&self, problems: &mut RowProblems) -> Result<Measure, InferProblem> {
        let column = self.mapping.measure(0);
        let format = match settle_format(self.table, column, self.options) {
            Ok(format) => format,
            Err(first) => {
                note(problems, self.table, first, column, Some(AmountProblem::Ambiguous.into()));
                NumberFormat::DecimalDot
            }
        };
        let needed = self.table.cells(column).filter_map(|text| decimals_of(text, format)).max();
        let decimals = u8::try_from(needed.unwrap_or(0)).unwrap_or(u8::MAX).clamp(2, Measure::MAX_DECIMALS);
        let (mut smallest, mut largest) = (u64::MAX, 0);
        for (position, text) in self.table.cells(column).enumerate() {
            match parse_in_unit(text, format, decimals, self.wish.unit) {
                Ok(amount) => {
                    (smallest, largest) = (amount.minor().min(smallest), amount.minor().max(largest));
                }
                Err(AmountProblem::Missing) if !self.stops() => {}
                Err(problem) => note(problems, self.table, position, column, Some(problem.into())),
            }
        }
        if problems.total() > 0 {
            return Err(core::mem::take(problems).into());
        }
        let limits = Limits::new(0, above(largest))?;
        let unit = Label::parse(self.wish.unit.trim())?;
        let bands = self.bands(decimals, smallest, largest, limits)?;
        let statistics = Statistics { dispersion: self.wish.dispersion, bands, ..Statistics::mean() };
        let name = header_label(self.table, column)?;
        Ok(Measure::new(name, unit, decimals, limits, limits)?.with(statistics)?)
    }

    /// Multiples of the width, from the last one that is not above the smallest amount to the first above the
    /// largest.
    fn bands(
        &self,
        decimals: u8,
        smallest: u64,
        largest: u64,
        limits: Limits,
    ) -> Result<Vec<u64>, InferProblem> {
        let Some(width) = self.wish.band_width else { return Ok(Vec::new()) };
        let width = parse_amount(width, NumberFormat::DecimalDot, decimals).map(survey::Amount::minor);
        let width = width.ok().filter(|width| *width > 0).ok_or(InferProblem::BandWidth { decimals })?;
        let (first, last) = (smallest.min(largest) / width, largest / width + 1);
        if last - first > Statistics::MAX_BANDS as u64 {
            return Err(SchemaRefusal::TooManyBands.into());
        }
        let inside = |edge: &u64| (1..=limits.max_minor()).contains(edge);
        Ok((first..=last).map(|multiple| multiple * width).filter(inside).collect())
    }
}

fn usual_reference(categories: &[(String, usize)]) -> usize {
    let men = categories.iter().position(|(name, _)| reads_as_men(name));
    let most = || categories.iter().enumerate().rev().max_by_key(|(_, (_, rows))| *rows).map(|(at, _)| at);
    men.or_else(most).unwrap_or(0)
}

/// The next power of ten above an amount, at least one hundred, at most [`Limits::MAX_MINOR`].
fn above(minor: u64) -> u64 {
    let mut power = 100;
    while power <= minor {
        power *= 10;
    }
    power.min(Limits::MAX_MINOR)
}
