//! What a reporter types: it stays while other parts of the way are shown, and goes with the receipt.

use zeroize::{Zeroize, Zeroizing};

/// Where the rows come from that are being looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Source {
    /// A file that was dropped or chosen.
    #[default]
    File,
    /// Rows that were pasted.
    Pasted,
    /// Rows that were typed.
    Typed,
}

/// One person, as typed.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct TypedRow {
    /// What stands in each field: categories, then amounts; fields that nobody has touched may be absent.
    pub(crate) cells: Vec<String>,
}

impl TypedRow {
    fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    /// What stands in a field.
    pub(crate) fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", String::as_str)
    }

    /// Writes into a field.
    pub(crate) fn write(&mut self, at: usize, text: String) {
        self.cells.resize(self.cells.len().max(at + 1), String::new());
        if let Some(cell) = self.cells.get_mut(at) {
            *cell = text;
        }
    }
}

/// Everything that was typed.
#[derive(Default)]
pub(crate) struct Typed {
    /// An invitation's code.
    pub(crate) code: Zeroizing<String>,
    /// Rows with the names of their columns.
    pub(crate) pasted: Zeroizing<String>,
    /// One after the other.
    pub(crate) rows: Vec<TypedRow>,
    /// What was looked at last.
    pub(crate) source: Source,
}

impl Typed {
    /// Forgets all of it.
    pub(crate) fn forget(&mut self) {
        self.rows.iter_mut().for_each(|row| row.cells.zeroize());
        *self = Self::default();
    }
}

/// Typed rows as a file would have them: up to the last in which something stands, so that a row's number in a
/// sentence is its number in the table, one more for the names of the columns.
pub(crate) fn as_csv(header: &[String], rows: &[TypedRow]) -> Zeroizing<String> {
    let quoted = |cell: &str| format!("\"{}\"", cell.trim().replace('"', "\"\""));
    let used = rows.iter().rposition(|row| !row.is_empty()).map_or(0, |last| last + 1);
    let mut text = Zeroizing::new(String::new());
    let mut write = |cells: &mut dyn Iterator<Item = &str>| {
        for (at, cell) in cells.enumerate() {
            text.push_str(if at > 0 { "," } else { "" });
            text.push_str(&Zeroizing::new(quoted(cell)));
        }
        text.push('\n');
    };
    write(&mut header.iter().map(String::as_str));
    for row in rows.iter().take(used) {
        write(&mut (0..header.len()).map(|at| row.cell(at)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(category: &str, amount: &str) -> TypedRow {
        TypedRow { cells: vec![category.into(), amount.into()] }
    }

    #[test]
    fn rows_keep_their_places_and_empty_ones_at_the_end_are_left_out() {
        let header = ["sex".to_owned(), "pay \"gross\"".to_owned()];
        let rows = [row("women", " 1,5 "), row("", " "), row("", "7"), row("", "")];
        let text = as_csv(&header, &rows);
        assert_eq!(*text, "\"sex\",\"pay \"\"gross\"\"\"\n\"women\",\"1,5\"\n\"\",\"\"\n\"\",\"7\"\n");
        let table = payfile::Table::parse(text.as_bytes()).unwrap();
        assert_eq!((table.row_count(), table.row_number(1)), (2, 4), "the third person stands in row 4");
    }

    #[test]
    fn nothing_typed_is_a_header_alone() {
        let header = ["a".to_owned(), "b".to_owned()];
        assert_eq!(*as_csv(&header, &[TypedRow::default()]), "\"a\",\"b\"\n");
    }

    #[test]
    fn what_is_forgotten_is_gone() {
        let mut typed = Typed { rows: vec![row("women", "1")], source: Source::Typed, ..Typed::default() };
        typed.forget();
        assert!(typed.rows.is_empty() && typed.pasted.is_empty() && typed.source == Source::File);
    }
}
