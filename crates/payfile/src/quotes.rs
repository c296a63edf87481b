//! Whether quotation marks stand where they may.

/// Whether every quotation mark that opens a cell is closed at the cell's end.
///
/// The CSV reader lets a cell go on after its closing mark. With one mark too few, that lets a cell swallow
/// the rows up to the next mark, and the people in them.
pub(crate) fn well_placed(raw: &[u8], delimiter: u8) -> bool {
    let ends_cell = |byte: u8| byte == delimiter || byte == b'\n' || byte == b'\r';
    let mut bytes = raw.iter().copied().peekable();
    let mut starts_cell = true;
    while let Some(byte) = bytes.next() {
        if !(starts_cell && byte == b'"') {
            starts_cell = ends_cell(byte);
            continue;
        }
        loop {
            match bytes.next() {
                None => return false,
                Some(b'"') if bytes.next_if_eq(&b'"').is_none() => break,
                Some(_) => {}
            }
        }
        while bytes.next_if_eq(&b' ').is_some() {}
        if bytes.peek().is_some_and(|next| !ends_cell(*next)) {
            return false;
        }
        starts_cell = false;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::well_placed;

    #[test]
    fn a_closing_mark_ends_its_cell() {
        for good in ["a,\"b,\nc\",d\n", "\"a \"\"b\"\"\" ,c", "a \"b\",c", "\"\",\"\"\"\"\r\n"] {
            assert!(well_placed(good.as_bytes(), b','), "{good}");
        }
        for bad in ["w,\"x\nm,\"y\"\n", "\"a\nb", "\"a\"b\""] {
            assert!(!well_placed(bad.as_bytes(), b','), "{bad}");
        }
    }
}
