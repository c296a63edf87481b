//! A file as rows of cells, before anybody asks what they mean.

use crate::header::{self, Header};
use crate::{Column, FileProblem, RaggedRow, decode::decode, delimiter, quotes};
use core::fmt;
use csv::{Position, Reader, ReaderBuilder, StringRecord};
use std::io::Read;
use survey::Capacity;

/// The cells of a pay file, trimmed, in the order of the file. Rows in which nothing stands are left out.
///
/// `Debug` shows how much there is and never what.
pub struct Table {
    headers: Vec<String>,
    /// All cells one after the other.
    text: String,
    /// Where each cell ends in `text`.
    ends: Vec<u32>,
    /// What a spreadsheet calls each row.
    rows: Vec<u32>,
}

/// Follows the text, so that a quotation mark that is never closed swallows it.
const END: &[u8] = b"\n\0";

impl Table {
    /// The largest file: 64 MiB.
    pub const MAX_BYTES: usize = 64 << 20;
    /// The most rows below the header: as many as a reporter can ever have employees.
    pub const MAX_ROWS: usize = Capacity::MAX_EMPLOYEES as usize;

    /// Reads a file of at most [`Table::MAX_ROWS`] rows.
    ///
    /// # Errors
    /// [`FileProblem`] says what is wrong with the file and what to do.
    pub fn parse(bytes: &[u8]) -> Result<Self, FileProblem> {
        Self::parse_up_to(bytes, Self::MAX_ROWS)
    }

    /// Reads a file of at most `max_rows` rows below the header; stops reading at the first row too many.
    ///
    /// # Errors
    /// [`FileProblem`] says what is wrong with the file and what to do.
    pub fn parse_up_to(bytes: &[u8], max_rows: usize) -> Result<Self, FileProblem> {
        if bytes.len() > Self::MAX_BYTES {
            return Err(FileProblem::TooLarge { max_bytes: Self::MAX_BYTES });
        }
        let text = decode(bytes)?;
        if header::trim(&text).chars().all(|c| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '"')) {
            return Err(FileProblem::Empty);
        }
        let (delimiter, text) = match delimiter::announced(&text) {
            Some((delimiter, rest)) => (Some(delimiter), rest),
            None => (delimiter::detect(&text), &*text),
        };
        let mut rows = Rows::new(text, delimiter.unwrap_or(b','));
        while rows.next()?.ok_or(FileProblem::Empty)?.iter().all(|cell| header::trim(cell).is_empty()) {}
        let header = Header::read(&rows.record)?;
        if header.names.len() < 2 {
            return Err(FileProblem::OneColumn);
        }
        Self::fill(header, rows, max_rows)
    }

    fn fill(header: Header, mut rows: Rows<'_>, max_rows: usize) -> Result<Self, FileProblem> {
        let width = header.names.len();
        let mut table =
            Self { headers: header.names, text: String::new(), ends: Vec::new(), rows: Vec::new() };
        let (mut ragged, mut total) = (Vec::new(), 0);
        while rows.next()?.is_some() {
            if table.rows.len() == max_rows {
                return Err(FileProblem::TooManyRows { max_rows });
            }
            let empty = rows.record.iter().rev().take_while(|cell| header::trim(cell).is_empty()).count();
            match rows.record.len() - empty {
                0 => {}
                used if used > width && used <= header.cells => {
                    return Err(FileProblem::EmptyHeader { column: used - 1 });
                }
                used if used > width || rows.record.len() < width => {
                    total += 1;
                    if ragged.len() < FileProblem::MAX_RAGGED {
                        ragged.push(RaggedRow { row: rows.row, cells: rows.record.len() });
                    }
                }
                _ => table.push(&rows.record, rows.row),
            }
        }
        if total > 0 {
            return Err(FileProblem::Ragged { expected: width, rows: ragged, total });
        }
        if table.rows.is_empty() { Err(FileProblem::NoRows) } else { Ok(table) }
    }

    fn push(&mut self, record: &StringRecord, row: u32) {
        for cell in record.iter().take(self.headers.len()) {
            self.text.push_str(header::trim(cell));
            // The text is no longer than MAX_BYTES, thrice that when it comes from Windows-1252.
            self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        }
        self.rows.push(row);
    }

    /// The names of the columns as the file spells them.
    pub fn headers(&self) -> impl ExactSizeIterator<Item = &str> {
        self.headers.iter().map(String::as_str)
    }

    /// How many rows there are below the header.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// What a spreadsheet calls the row at a position; the header is usually row 1.
    #[must_use]
    pub fn row_number(&self, position: usize) -> u32 {
        self.rows.get(position).copied().unwrap_or(0)
    }

    /// The cell in the row at a position; empty where the table has none. Whoever shows it shows pay.
    #[must_use]
    pub fn cell(&self, position: usize, column: Column) -> &str {
        if column.0 >= self.headers.len() {
            return "";
        }
        let at = position * self.headers.len() + column.0;
        let end_of = |at: usize| self.ends.get(at).map(|end| *end as usize);
        let start = if at == 0 { Some(0) } else { end_of(at - 1) };
        start.zip(end_of(at)).and_then(|(start, end)| self.text.get(start..end)).unwrap_or("")
    }

    /// The cells of a column, from the first row to the last.
    pub fn cells(&self, column: Column) -> impl Iterator<Item = &str> {
        (0..self.row_count()).map(move |position| self.cell(position, column))
    }

    /// A column's name as problems may show it.
    pub(crate) fn shown_header(&self, column: Column) -> &str {
        self.headers.get(column.0).map_or("", |name| header::shown(name))
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Table {{ columns: {}, rows: {}, <private> }}", self.headers.len(), self.rows.len())
    }
}

/// Walks over the rows and numbers them as a spreadsheet does: blank lines count, line breaks inside
/// quotation marks do not.
struct Rows<'a> {
    text: &'a str,
    delimiter: u8,
    reader: Reader<std::io::Chain<&'a [u8], &'static [u8]>>,
    record: StringRecord,
    row: u32,
}

impl<'a> Rows<'a> {
    fn new(text: &'a str, delimiter: u8) -> Self {
        let mut builder = ReaderBuilder::new();
        let builder = builder.has_headers(false).flexible(true).delimiter(delimiter);
        let reader = builder.from_reader(text.as_bytes().chain(END));
        Self { text, delimiter, reader, record: StringRecord::new(), row: 0 }
    }

    fn next(&mut self) -> Result<Option<&StringRecord>, FileProblem> {
        let more = self.reader.read_record(&mut self.record).map_err(|_| FileProblem::DamagedText)?;
        let start = self.record.position().map_or(usize::MAX, at_byte);
        let blank = blank_lines(self.text.as_bytes(), start);
        self.row = self.row.saturating_add(blank).saturating_add(1);
        if !more || self.record.iter().eq(["\0"]) {
            return Ok(None);
        }
        if self.record.iter().next_back().is_some_and(|cell| cell.ends_with('\0')) {
            return Err(FileProblem::UnclosedQuote { row: self.row });
        }
        if self.record.iter().any(|cell| cell.contains(['\n', '\r'])) && !self.well_quoted(start) {
            return Err(FileProblem::UnclosedQuote { row: self.row });
        }
        Ok(Some(&self.record))
    }

    /// Whether the record that was read last is quoted as it should be, so that it swallowed no other row.
    fn well_quoted(&self, start: usize) -> bool {
        let end = at_byte(self.reader.position()).min(self.text.len());
        let raw = self.text.as_bytes().get(start..end).unwrap_or_default();
        quotes::well_placed(raw, self.delimiter)
    }
}

fn at_byte(position: &Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

/// Counts the line ends at `start`, where a record was over: the CSV reader passes over them silently.
fn blank_lines(text: &[u8], start: usize) -> u32 {
    let (before, mut rest) = text.split_at_checked(start).unwrap_or((text, &[]));
    if before.ends_with(b"\r") {
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
    let mut count = 0;
    while let [b'\r', b'\n', after @ ..] | [b'\r' | b'\n', after @ ..] = rest {
        rest = after;
        count += 1;
    }
    count
}
