//! Which character separates the cells.

use csv::{ReaderBuilder, StringRecord};

/// Candidates, the least likely inside a cell first: commas stand in amounts and names.
const CANDIDATES: [u8; 4] = [b'\t', b';', b'|', b','];

/// How many rows are looked at.
const SAMPLE_ROWS: usize = 50;

/// The line with which Excel is told the delimiter; Excel does not show it as a row.
pub(crate) fn announced(text: &str) -> Option<(u8, &str)> {
    let (line, rest) = text.split_once('\n')?;
    let line = line.trim_end_matches('\r').trim_matches('"');
    let mark = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?;
    CANDIDATES.iter().find(|c| mark.as_bytes() == [**c]).map(|c| (*c, rest))
}

/// Finds the delimiter: of those that split the first row, one that splits all rows into equally many
/// cells, or failing that one that splits the first row into the most. `None` if nothing splits it.
pub(crate) fn detect(text: &str) -> Option<u8> {
    let widths = CANDIDATES.map(|c| (c, widths(text, c)));
    let splitting = || widths.iter().filter(|(_, w)| w.first().is_some_and(|first| *first > 1));
    let consistent = splitting().find(|(_, w)| w.iter().all(|width| Some(width) == w.first()));
    let widest = || splitting().max_by_key(|(_, w)| w.first().copied());
    consistent.or_else(widest).map(|(c, _)| *c)
}

fn widths(text: &str, delimiter: u8) -> Vec<usize> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut widths = Vec::with_capacity(SAMPLE_ROWS);
    let mut record = StringRecord::new();
    while widths.len() < SAMPLE_ROWS && reader.read_record(&mut record).unwrap_or(false) {
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            widths.push(record.len());
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_delimiter_outside_quotes() {
        assert_eq!(detect("a,b\n1,2"), Some(b','));
        assert_eq!(detect("a;b\n1,5;2,5"), Some(b';'));
        assert_eq!(detect("a;pay, gross\nw;2,5"), Some(b';'));
        assert_eq!(detect("a\tb\n1;1\t2"), Some(b'\t'));
        assert_eq!(detect("a|b\n1|2"), Some(b'|'));
        assert_eq!(detect("\"a;b\",c\n\"d;e\",f"), Some(b','));
        assert_eq!(detect("a\n1\n2"), None);
    }

    #[test]
    fn excel_may_announce_the_delimiter() {
        assert_eq!(announced("sep=;\r\na;b\n"), Some((b';', "a;b\n")));
        assert_eq!(announced("sep=x\na;b\n"), None);
    }
}
