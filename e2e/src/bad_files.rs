//! Pay files with columns `sex` and `salary` that nobody may take, and odd ones that everybody must.

use std::fmt::Write;

/// A file that must be refused, before anything is sent.
#[derive(Clone, Debug)]
pub struct BadFile {
    /// What is wrong with it.
    pub name: &'static str,
    /// What stands in it.
    pub content: Vec<u8>,
    /// Words that a refusal has, in any letters.
    pub says: &'static [&'static str],
    /// The cell to mend, if it is the only one: row as spreadsheets count, and column.
    pub cell: Option<(u32, &'static str)>,
}

/// Thirteen rows, all good but row 5 of the file.
#[must_use]
pub fn with_row(bad: &str) -> String {
    let mut csv = String::from("rank,sex,salary\n");
    for row in 2..=14 {
        match row {
            5 => writeln!(csv, "lead,{bad}"),
            row if row % 2 == 0 => writeln!(csv, "lead,Female,45{row:02}0.50"),
            _ => writeln!(csv, "lead,Male,52{row:02}0"),
        }
        .expect("room");
    }
    csv
}

fn file(name: &'static str, content: &str, says: &'static [&'static str]) -> BadFile {
    BadFile { name, content: content.as_bytes().to_vec(), says, cell: None }
}

fn row(name: &'static str, bad: &str, column: &'static str) -> BadFile {
    BadFile { cell: Some((5, column)), ..file(name, &with_row(bad), &[]) }
}

/// Every one of them.
#[must_use]
pub fn bad_files() -> Vec<BadFile> {
    let mut endless = String::from("sex,salary\n");
    endless.extend(std::iter::repeat_n("Female,45300\nMale,52300\n", 600_000));
    vec![
        file("an empty file", "", &["empty"]),
        file("empty lines", "\n\n", &["empty"]),
        file("no header", "lead,Female,45300\nlead,Male,52300\n", &["first row"]),
        file("a wrong delimiter", "rank/sex/salary\nlead/Female/45300\n", &["column"]),
        file("decimal commas between commas", "sex,salary\nFemale,45300,50\nMale,52300,00\n", &["row", "2"]),
        row("a missing pay", "Female,", "salary"),
        row("a negative pay", "Female,-45300", "salary"),
        row("an absurd pay", "Female,99999999999999999999", "salary"),
        row("a pay that is no number", "Female,confidential", "salary"),
        row("an empty category", ",45300", "sex"),
        file("a row with too few cells", &with_row("Female"), &["row", "5"]),
        file("more rows than there may be", &endless, &["rows"]),
    ]
}

/// Files of 12 women at 45,300.50 and 12 men at 50,000 in every encoding and spelling that must be read.
#[must_use]
pub fn odd_files() -> Vec<(&'static str, Vec<u8>)> {
    let mut text = String::from("sex,salary\n");
    for _ in 0..12 {
        text.push_str("Female,\"€ 45,300.50\"\nMale,\"€ 50,000.00\"\n");
    }
    let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("\u{feff}{text}").encode_utf16().flat_map(bytes).collect()
    };
    let byte = |c: char| if c == '€' { 0x80 } else { u8::try_from(u32::from(c)).expect("ASCII") };
    vec![
        ("UTF-8", text.clone().into_bytes()),
        ("UTF-8 with a byte order mark", format!("\u{feff}{text}").into_bytes()),
        ("UTF-16, little-endian", utf16(u16::to_le_bytes)),
        ("UTF-16, big-endian", utf16(u16::to_be_bytes)),
        ("Windows-1252", text.chars().map(byte).collect()),
    ]
}
