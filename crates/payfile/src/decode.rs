//! From bytes to text: the encodings that spreadsheets write.

use crate::encoding::Encoding;
use crate::{FileKind, FileProblem};
use std::borrow::Cow;

/// How many bytes are looked at to tell what a file is.
const SAMPLE: usize = 4096;

/// Turns a file into text: UTF-8 and UTF-16 with or without byte order mark, otherwise Windows-1252, which
/// holds all of Latin-1 that can be printed.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, FileProblem> {
    if let Some(kind) = kind_of(bytes) {
        return Err(FileProblem::NotText(kind));
    }
    let (encoding, mark) = match Encoding::announced(bytes) {
        Some(announced) => announced,
        None => (unmarked(bytes)?, 0),
    };
    let text = encoding.decode(bytes.get(mark..).unwrap_or_default()).ok_or(FileProblem::DamagedText)?;
    if text.bytes().any(is_binary) {
        return Err(FileProblem::NotText(FileKind::Binary));
    }
    Ok(text)
}

fn unmarked(bytes: &[u8]) -> Result<Encoding, FileProblem> {
    match unmarked_utf16(bytes) {
        Some(encoding) => Ok(encoding),
        None if bytes.contains(&0) => Err(FileProblem::NotText(FileKind::Binary)),
        None if core::str::from_utf8(bytes).is_ok() => Ok(Encoding::Utf8),
        None => Ok(Encoding::Windows1252),
    }
}

/// Text in European languages is mostly ASCII, so that in UTF-16 every other byte is zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<Encoding> {
    let sample = bytes.get(..SAMPLE.min(bytes.len()))?;
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = sample.len() / 4 + 1;
    match (even >= many, odd >= many) {
        (false, true) if even * 10 < odd => Some(Encoding::Utf16Le),
        (true, false) if odd * 10 < even => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// Control characters that no table has. A vertical tab is a line break inside a cell, 0x1a an old end mark.
const fn is_binary(byte: u8) -> bool {
    matches!(byte, 0x00..=0x08 | 0x0e..=0x19 | 0x1b..=0x1f)
}

fn kind_of(bytes: &[u8]) -> Option<FileKind> {
    let contains = |needle: &[u8]| bytes.windows(needle.len()).take(1 << 20).any(|w| w == needle);
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(match () {
            () if contains(b"opendocument") => FileKind::OpenDocument,
            () if contains(b"xl/") || contains(b"[Content_Types].xml") => FileKind::ExcelWorkbook,
            () => FileKind::Zip,
        });
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Some(FileKind::ExcelWorkbook);
    }
    if bytes.starts_with(b"%PDF") {
        return Some(FileKind::Pdf);
    }
    bytes.trim_ascii_start().starts_with(b"<").then_some(FileKind::Markup)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn each_encoding_gives_the_same_text() {
        let text = "Geschlecht;Jahresgehalt\nMänner;45 300,50\n";
        let (le, be) = (utf16(text, u16::to_le_bytes), utf16(text, u16::to_be_bytes));
        let latin1: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        let mut files = vec![text.as_bytes().to_vec(), le.clone(), be.clone(), latin1];
        files.push([b"\xef\xbb\xbf", text.as_bytes()].concat());
        files.push([&b"\xff\xfe"[..], &le].concat());
        files.push([&b"\xfe\xff"[..], &be].concat());
        for file in files {
            assert_eq!(decode(&file).unwrap(), text);
        }
    }

    #[test]
    fn files_that_are_no_text_are_named() {
        let kind = |bytes: &[u8]| match decode(bytes) {
            Err(FileProblem::NotText(kind)) => kind,
            other => panic!("{other:?}"),
        };
        assert_eq!(kind(b"PK\x03\x04....xl/workbook.xml"), FileKind::ExcelWorkbook);
        assert_eq!(kind(b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument"), FileKind::OpenDocument);
        assert_eq!(kind(b"PK\x03\x04notes.txt"), FileKind::Zip);
        assert_eq!(kind(b"\xd0\xcf\x11\xe0\xa1\xb1"), FileKind::ExcelWorkbook);
        assert_eq!(kind(b"%PDF-1.7"), FileKind::Pdf);
        assert_eq!(kind(b" <html><table>"), FileKind::Markup);
        assert_eq!(kind(b"sex,pay\nw,\x001\n"), FileKind::Binary);
    }

    #[test]
    fn half_a_utf16_file_is_damaged() {
        assert_eq!(decode(b"\xff\xfea\0b"), Err(FileProblem::DamagedText));
    }
}
