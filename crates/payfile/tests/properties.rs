//! What holds for every file and every amount.

use payfile::{Detection, NumberFormat, Options, Table, infer_schema, parse_amount, read_records};
use proptest::prelude::*;

/// Groups digits by threes.
fn group(whole: u64, separator: &str) -> String {
    let digits = whole.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push_str(separator);
        }
        text.push(digit);
    }
    text
}

/// All that a reader could be led to do with any bytes.
fn read_everything(bytes: &[u8]) {
    let Ok(table) = Table::parse(bytes) else { return };
    let columns: Vec<_> = table.columns().map(|(column, _)| column).collect();
    for (compared, measure) in columns.iter().zip(columns.iter().skip(1)) {
        let mapping = payfile::Mapping::new(&[*compared], &[*measure]);
        match infer_schema(&table, mapping, None, "EUR", Options::default()) {
            Ok(schema) => drop(read_records(&table, &schema, mapping, Options::default())),
            Err(problem) => drop(problem.to_string()),
        }
    }
}

proptest! {
    #[test]
    fn what_was_written_is_read(
        minor in 0u64..1 << 48,
        comma: bool,
        thousands in 0usize..5,
        currency in 0usize..6,
    ) {
        let (format, mark, other) = match comma {
            true => (NumberFormat::DecimalComma, ',', "."),
            false => (NumberFormat::DecimalDot, '.', ","),
        };
        let separator = ["", other, " ", "'", "\u{202f}"][thousands];
        let number = format!("{}{mark}{:02}", group(minor / 100, separator), minor % 100);
        let text = [
            number.clone(), format!("€ {number}"), format!("{number} €"), format!("kr{number}"),
            format!("{number}\u{a0}CHF"), format!("US${number}"),
        ][currency].clone();
        prop_assert_eq!(NumberFormat::detect([text.as_str()]), Detection::Certain(format));
        prop_assert_eq!(parse_amount(&text, format, 2).map(survey::Amount::minor), Ok(minor));
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        read_everything(&bytes);
    }

    #[test]
    fn no_table_panics(text in "[ab,;\t|\"'\r\n\u{a0}€.0-9eE()+#=-]{0,120}") {
        read_everything(text.as_bytes());
        read_everything(format!("a,b\n{text}").as_bytes());
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        read_everything(&utf16);
    }

    #[test]
    fn no_cell_panics(text in "\\PC{0,30}", decimals: u8) {
        for format in [NumberFormat::DecimalDot, NumberFormat::DecimalComma] {
            let _ = parse_amount(&text, format, decimals);
        }
    }

    #[test]
    fn every_cell_keeps_its_row(
        rows in proptest::collection::vec(("[a-z\"\n,; ]{0,8}", 1u32..1000), 1..20),
        blank in 0usize..3,
    ) {
        let mut file = "text,number\n".to_owned();
        let mut expected = Vec::new();
        for (at, (text, number)) in rows.iter().enumerate() {
            file += &"\n".repeat(blank);
            file += &format!("\"{}\",{number}\n", text.replace('"', "\"\""));
            expected.push((2 + at + blank * (at + 1), text.trim().to_owned(), number.to_string()));
        }
        let table = Table::parse(file.as_bytes()).unwrap();
        let columns: Vec<_> = table.columns().map(|(column, _)| column).collect();
        let cell = |at, column: usize| table.cell(at, columns[column]).to_owned();
        let found: Vec<_> = (0..table.row_count())
            .map(|at| (table.row_number(at) as usize, cell(at, 0), cell(at, 1)))
            .collect();
        prop_assert_eq!(found, expected);
    }
}
