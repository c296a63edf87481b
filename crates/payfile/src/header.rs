//! The first row: names of columns, and signs that it holds none.

use crate::{FileProblem, number_format::reads_as_amount};
use csv::StringRecord;

/// The names of the columns, checked.
pub(crate) struct Header {
    /// At least one name; none empty, no two alike.
    pub(crate) names: Vec<String>,
    /// Cells of the first row, with the nameless ones at its end.
    pub(crate) cells: usize,
}

impl Header {
    /// Reads the first row. Nameless columns at its end are tolerated as long as nothing stands in them.
    pub(crate) fn read(record: &StringRecord) -> Result<Self, FileProblem> {
        let cells: Vec<&str> = record.iter().map(trim).collect();
        let last = cells.iter().rposition(|name| !name.is_empty());
        let names = cells.get(..=last.ok_or(FileProblem::Empty)?).unwrap_or_default();
        if names.iter().any(|name| is_amount(name)) || names.iter().all(|name| reads_as_amount(name)) {
            return Err(FileProblem::NoHeader);
        }
        if let Some(column) = names.iter().position(|name| name.is_empty()) {
            return Err(FileProblem::EmptyHeader { column });
        }
        for (at, name) in names.iter().enumerate() {
            if names.iter().take(at).any(|other| same_name(other, name)) {
                return Err(FileProblem::DuplicateHeader { name: shown(name).to_owned() });
            }
        }
        Ok(Self { names: names.iter().map(|name| (*name).to_owned()).collect(), cells: cells.len() })
    }
}

/// Whether two names of columns are the same to a person.
pub(crate) fn same_name(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// A name as problems may show it. A number could be somebody's pay in a file without names of columns.
pub(crate) fn shown(name: &str) -> &str {
    if reads_as_amount(name) { "(a number)" } else { name }
}

/// Whether a name is an amount rather than a name. A year may well name a column.
fn is_amount(name: &str) -> bool {
    let digits: String = name.chars().filter(char::is_ascii_digit).collect();
    let year = digits.parse().is_ok_and(|year: u32| (1900..=2100).contains(&year)) && name.contains(&digits);
    reads_as_amount(name) && !year
}

/// Removes white space and the marks without width that copying leaves behind.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{1a}')
    })
}
