//! Files that are no table, each by its name, and files that only look bad.

use payfile::{ColumnProblem, FileKind, FileProblem, RaggedRow, Table};

fn problem(bytes: impl AsRef<[u8]>) -> FileProblem {
    match Table::parse(bytes.as_ref()) {
        Err(problem) => problem,
        Ok(table) => unreachable!("{table:?}"),
    }
}

fn cells(bytes: impl AsRef<[u8]>) -> Vec<Vec<String>> {
    match Table::parse(bytes.as_ref()) {
        Ok(table) => {
            let row = |at| table.columns().map(|(column, _)| table.cell(at, column).to_owned()).collect();
            (0..table.row_count()).map(row).collect()
        }
        Err(problem) => unreachable!("{problem}"),
    }
}

#[test]
fn empty_file() {
    for empty in ["", " \r\n\n", "\u{feff}", ";;;\n;;;\n"] {
        assert!(matches!(problem(empty), FileProblem::Empty), "{empty:?}");
    }
}

#[test]
fn file_with_only_a_header() {
    assert_eq!(problem("sex,pay\n"), FileProblem::NoRows);
    assert_eq!(problem("sex,pay\n,\n\n"), FileProblem::NoRows);
}

#[test]
fn no_header() {
    for headless in ["45300,46000\n1,2\n", "45300\n", "w,45300\nm,46000\n", "w;\"45.300,50 €\"\nm;1\n"] {
        assert_eq!(problem(headless), FileProblem::NoHeader, "{headless:?}");
    }
    assert_eq!(cells("sex,2024\nw,45300\n").len(), 1);
}

#[test]
fn a_number_in_place_of_a_name_is_never_shown() {
    let table = Table::parse(b"sex,2024\nw,1\n").unwrap();
    let unknown = table.column("pay").unwrap_err();
    let present = vec!["sex".to_owned(), "(a number)".to_owned()];
    assert_eq!(unknown, ColumnProblem::Unknown { name: "pay".to_owned(), present });
}

#[test]
fn unknown_column_lists_the_columns_that_exist() {
    let table = Table::parse(b"Sex , Pay\nw,1\n").unwrap();
    assert_eq!(table.column(" PAY ").unwrap().index(), 1);
    let text = table.column("salary").unwrap_err().to_string();
    assert_eq!(text, "There is no column named “salary”. The file has: Sex, Pay.");
    assert_eq!(table.mapping("pay", "Pay"), Err(ColumnProblem::SameColumn));
}

#[test]
fn names_of_columns_are_there_and_differ() {
    assert_eq!(problem("sex,,pay\nw,x,1\n"), FileProblem::EmptyHeader { column: 1 });
    assert_eq!(problem("sex,pay,\nw,1,\nm,2,x\n"), FileProblem::EmptyHeader { column: 2 });
    assert_eq!(problem("Pay,sex, pay\n1,w,2\n"), FileProblem::DuplicateHeader { name: "pay".to_owned() });
    assert_eq!(cells("sex,pay,,\nw,1,,\nm,2\n"), [["w", "1"], ["m", "2"]]);
}

#[test]
fn wrong_delimiter() {
    assert_eq!(problem("sex/pay\nw/1\n"), FileProblem::OneColumn);
    for delimiter in [",", ";", "\t", "|"] {
        assert_eq!(cells(format!("sex{delimiter}pay\r\nw{delimiter}1\r\n")), [["w", "1"]]);
    }
    assert_eq!(cells("sep=;\nsex;pay\nw;1,5\n"), [["w", "1,5"]]);
}

#[test]
fn decimal_comma_in_a_file_with_commas() {
    let found = problem("sex,pay\nw,45300,50\nm,46000,00\n");
    let row = |row| RaggedRow { row, cells: 3 };
    assert_eq!(found, FileProblem::Ragged { expected: 2, rows: vec![row(2), row(3)], total: 2 });
    assert!(found.to_string().contains("save the file with semicolons"));
}

#[test]
fn ragged_rows_are_numbered_as_a_spreadsheet_does() {
    let found = problem("sex,note,pay\r\nw,\"two\r\nlines\",1\r\n\r\n,,\r\nw,1\r\n");
    assert_eq!(
        found,
        FileProblem::Ragged { expected: 3, rows: vec![RaggedRow { row: 5, cells: 2 }], total: 1 }
    );
    for ends in ["\n", "\r\n", "\r"] {
        let file = ["", "sex,pay", "", "", "w,1", "", "m,2", ""].join(ends);
        let table = Table::parse(file.as_bytes()).unwrap();
        assert_eq!((0..2).map(|at| table.row_number(at)).collect::<Vec<_>>(), [5, 7], "{ends:?}");
    }
}

#[test]
fn many_ragged_rows_are_counted() {
    let found = problem(format!("a,b\n{}", "1\n".repeat(30)));
    assert!(matches!(&found, FileProblem::Ragged { rows, total: 30, .. } if rows.len() == 20));
    assert!(found.to_string().contains("and 10 more"));
}

#[test]
fn a_quotation_mark_that_is_never_closed_swallows_no_rows() {
    assert_eq!(problem("sex,pay,note\nw,1,\"x\nm,2,y\nm,3,z\n"), FileProblem::UnclosedQuote { row: 2 });
    assert_eq!(problem("sex,pay\nw,1\nm,\"2"), FileProblem::UnclosedQuote { row: 3 });
    assert_eq!(problem("sex,pay,note\nw,1,\"x\nm,2,\"y\"\nm,3,z\n"), FileProblem::UnclosedQuote { row: 2 });
    assert_eq!(cells("sex,note,pay\nw,\"x,\n\"\"y\"\"\",1\n"), [["w", "x,\n\"y\"", "1"]]);
    assert_eq!(cells("sex,pay\n\"a \"\"b\"\"\",\"1\""), [["a \"b\"", "1"]]);
}

#[test]
fn utf8_with_bom_utf16_and_latin1_are_read() {
    let text = "Geschlecht;Gehalt €\nMänner;45\u{a0}300,50\n";
    let rows = [["Männer", "45\u{a0}300,50"]];
    assert_eq!(cells(format!("\u{feff}{text}")), rows);
    let utf16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(cells(utf16), rows);
    let byte = |c: char| if c == '€' { 0x80 } else { u8::try_from(u32::from(c)).unwrap() };
    let latin1: Vec<u8> = text.chars().map(byte).collect();
    assert_eq!(cells(&latin1), rows);
    let table = Table::parse(&latin1).unwrap();
    assert_eq!(table.headers().collect::<Vec<_>>(), ["Geschlecht", "Gehalt €"]);
}

#[test]
fn workbook_or_pdf_instead_of_csv() {
    let excel = problem(b"PK\x03\x04\x14\0[Content_Types].xml");
    assert_eq!(excel, FileProblem::NotText(FileKind::ExcelWorkbook));
    assert!(excel.to_string().starts_with("This is an Excel workbook."));
    assert_eq!(problem(b"%PDF-1.4\n"), FileProblem::NotText(FileKind::Pdf));
    assert_eq!(problem(b"sex,pay\nw,\x07\n"), FileProblem::NotText(FileKind::Binary));
}

#[test]
fn a_million_rows_are_refused_without_being_kept() {
    let file = format!("sex,pay\n{}", "w,45300\n".repeat(1_000_000));
    let found = Table::parse_up_to(file.as_bytes(), 5000).unwrap_err();
    assert_eq!(found, FileProblem::TooManyRows { max_rows: 5000 });
    assert_eq!(Table::parse_up_to(b"a,b\n1,2\n3,4\n", 2).unwrap().row_count(), 2);
    let most = format!("a,b\n{}", "1,2\n".repeat(Table::MAX_ROWS + 1));
    assert_eq!(problem(most), FileProblem::TooManyRows { max_rows: Table::MAX_ROWS });
}

#[test]
fn a_file_that_is_too_large() {
    let large = vec![b'a'; Table::MAX_BYTES + 1];
    assert_eq!(
        problem(large).to_string(),
        "The file is larger than 64 MiB. Keep only the columns that are needed."
    );
}
