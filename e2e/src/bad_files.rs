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

fn file(name: &'static str, content: impl AsRef<[u8]>, says: &'static [&'static str]) -> BadFile {
    BadFile { name, content: content.as_ref().to_vec(), says, cell: None }
}

fn row(name: &'static str, bad: &str, column: &'static str) -> BadFile {
    saying(name, bad, column, &[])
}

fn saying(name: &'static str, bad: &str, column: &'static str, says: &'static [&'static str]) -> BadFile {
    BadFile { cell: Some((5, column)), ..file(name, with_row(bad), says) }
}

/// Every one of them that is bad whatever a survey asks.
#[must_use]
pub fn bad_files() -> Vec<BadFile> {
    [no_tables(), no_pay_files(), bad_cells()].concat()
}

/// What only a survey of women and men, paid in euros and cents, refuses.
#[must_use]
pub fn bad_for_a_survey() -> Vec<BadFile> {
    vec![
        saying("an unknown category", "Femal,45300", "sex", &["“Femal”", "none of the survey's categories"]),
        saying("another currency", "Female,$ 45300.50", "salary", &["another currency"]),
        saying("a pay of zero", "Female,0", "salary", &["below the smallest"]),
        saying("more decimals than a cent has", "Female,45300.505", "salary", &["more decimals"]),
    ]
}

/// Files of another kind than tables.
fn no_tables() -> Vec<BadFile> {
    let archive = |inside: &str| [b"PK\x03\x04\x14\0".as_slice(), inside.as_bytes()].concat();
    let mut half = vec![0xff, 0xfe];
    half.extend("sex,salary\nFemale,45300\n".encode_utf16().flat_map(u16::to_le_bytes));
    half.pop();
    let open = "mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
    vec![
        file("an Excel workbook", archive("[Content_Types].xml"), &["Excel workbook", "CSV"]),
        file("an OpenDocument table", archive(open), &["OpenDocument", "CSV"]),
        file("an archive", archive("pay.csv"), &["ZIP archive"]),
        file("a PDF document", "%PDF-1.7\n", &["PDF document"]),
        file("a web page", "<html><table><tr><td>45300</td></tr></table></html>", &["web page"]),
        file("no text", b"sex,salary\nFemale,\x07\n", &["not a text file"]),
        file("half a character", half, &["damaged"]),
    ]
}

/// Tables whose rows and columns are not those of a pay file.
fn no_pay_files() -> Vec<BadFile> {
    let mut endless = String::from("sex,salary\n");
    endless.extend(std::iter::repeat_n("Female,45300\nMale,52300\n", 600_000));
    vec![
        file("an empty file", "", &["empty"]),
        file("empty lines", "\n\n", &["empty"]),
        file("no header", "lead,Female,45300\nlead,Male,52300\n", &["first row"]),
        file("a wrong delimiter", "rank/sex/salary\nlead/Female/45300\n", &["column"]),
        file("decimal commas between commas", "sex,salary\nFemale,45300,50\nMale,52300,00\n", &["row", "2"]),
        file("a row with too few cells", with_row("Female"), &["row 5", "2"]),
        file("names of columns alone", "sex,salary\n", &["no rows"]),
        file("a column without a name", "sex,,salary\nFemale,x,45300\n", &["Column B", "no name"]),
        file("a name twice", "salary,sex,Salary\n1,Female,45300\n", &["Two columns are named"]),
        file("a quotation mark without its fellow", with_row("Female,\"45300"), &["row 5", "quotation mark"]),
        file("more rows than there may be", &endless, &["rows"]),
    ]
}

/// Files in which one cell must be mended.
fn bad_cells() -> Vec<BadFile> {
    vec![
        row("a missing pay", "Female,", "salary"),
        saying("a dash for a missing pay", "Female,-", "salary", &["no amount"]),
        row("a negative pay", "Female,-45300", "salary"),
        row("an absurd pay", "Female,99999999999999999999", "salary"),
        row("a pay that is no number", "Female,confidential", "salary"),
        row("an empty category", ",45300", "sex"),
        saying("a formula", "Female,=B2*12", "salary", &["formula"]),
        saying("an error of a spreadsheet", "Female,#REF!", "salary", &["spreadsheet"]),
        saying("scientific notation", "Female,4.53E+04", "salary", &["scientific"]),
        saying("another decimal mark", "Female,\"45.300,50\"", "salary", &["decimal mark"]),
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
