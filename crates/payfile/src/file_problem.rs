//! Why bytes are no table.

use core::fmt;

/// What a file is that is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum FileKind {
    /// A workbook of Excel, new or old.
    ExcelWorkbook,
    /// A workbook of LibreOffice or OpenOffice.
    OpenDocument,
    /// An archive.
    Zip,
    /// A PDF document.
    Pdf,
    /// A web page or XML, which some programs export under the name of a workbook.
    Markup,
    /// Something else that is no text.
    Binary,
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ExcelWorkbook => {
                "This is an Excel workbook. Open it and save it as CSV (“CSV UTF-8”), then choose that file"
            }
            Self::OpenDocument => {
                "This is an OpenDocument file. Open it and save it as “Text CSV”, then choose that file"
            }
            Self::Zip => "This is a ZIP archive. Unpack it and choose the CSV file inside",
            Self::Pdf => "This is a PDF document. Export the table as CSV and choose that file",
            Self::Markup => {
                "This is a web page or XML, whatever its name says. Open it in a spreadsheet program and save \
                 it as CSV, then choose that file"
            }
            Self::Binary => "This is not a text file. Export the table as CSV and choose that file",
        })
    }
}

/// A row that has not as many cells as the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RaggedRow {
    /// The row as a spreadsheet numbers it.
    pub row: u32,
    /// How many cells it has.
    pub cells: usize,
}

/// Why a file is no table. Carries no cell below the header.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum FileProblem {
    /// No bytes, or only white space.
    #[error("The file is empty. Choose the file that has one row per employee.")]
    Empty,
    /// Longer than [`Table::MAX_BYTES`](crate::Table::MAX_BYTES).
    #[error("The file is larger than {} MiB. Keep only the columns that are needed.", max_bytes >> 20)]
    TooLarge {
        /// The largest size.
        max_bytes: usize,
    },
    /// A workbook, a PDF, an archive.
    #[error("{0}.")]
    NotText(FileKind),
    /// The bytes contradict the encoding that the file's beginning announces.
    #[error("The file's text is damaged. Save it again as “CSV UTF-8” and choose that file.")]
    DamagedText,
    /// The first row holds amounts where names of columns belong.
    #[error("The first row holds numbers. Add a first row with the names of the columns.")]
    NoHeader,
    /// Nothing separates the first row into cells.
    #[error(
        "The first row has only one cell. It must hold the names of the columns, separated by commas, \
         semicolons, tabs or vertical bars, and stand at the very top."
    )]
    OneColumn,
    /// A column without a name.
    #[error("Column {} has no name. Write one into the first row, or remove the column.", letters(*column))]
    EmptyHeader {
        /// The column's position, from 0.
        column: usize,
    },
    /// Two columns with the same name.
    #[error("Two columns are named “{name}”. Rename or remove one of them.")]
    DuplicateHeader {
        /// The name.
        name: String,
    },
    /// A header and nothing below.
    #[error("The file has names of columns but no rows below them. Choose the file that has the employees.")]
    NoRows,
    /// More rows than may be reported.
    #[error(
        "The file has more than {max_rows} rows, the most that can be taken here. If it should fit, look for \
         rows that are not employees; otherwise ask the organizer."
    )]
    TooManyRows {
        /// The most rows.
        max_rows: usize,
    },
    /// Rows with more or fewer cells than the header.
    #[error("{}", ragged_text(*expected, rows, *total))]
    Ragged {
        /// Cells of the header.
        expected: usize,
        /// The first such rows, at most [`FileProblem::MAX_RAGGED`].
        rows: Vec<RaggedRow>,
        /// How many such rows there are.
        total: usize,
    },
    /// A quotation mark that opens a cell and is never closed.
    #[error("A quotation mark in row {row} opens a cell that never ends. Close or remove it.")]
    UnclosedQuote {
        /// The row as a spreadsheet numbers it.
        row: u32,
    },
}

impl FileProblem {
    /// How many ragged rows are listed.
    pub const MAX_RAGGED: usize = 20;
}

/// A column's name in a spreadsheet: A, …, Z, AA, ….
pub(crate) fn letters(column: usize) -> String {
    let mut text = String::new();
    let mut left = column + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or(0);
        text.insert(0, char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    text
}

fn ragged_text(expected: usize, rows: &[RaggedRow], total: usize) -> String {
    let listed: Vec<String> = rows.iter().map(|r| format!("row {} has {}", r.row, r.cells)).collect();
    let more = if total > rows.len() { format!(", and {} more", total - rows.len()) } else { String::new() };
    format!(
        "Not every row has the {expected} cells of the first: {}{more}. If amounts have a decimal comma, save \
         the file with semicolons between the cells; if texts contain commas, put them in quotation marks.",
        listed.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_in_a_spreadsheet() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
