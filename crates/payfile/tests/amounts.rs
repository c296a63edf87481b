//! Amounts as people write them.

use payfile::AmountProblem::{
    AboveMaximum, Formula, Missing, Negative, NotANumber, OtherFormat, Scientific, SpreadsheetError,
    TooManyDecimals,
};
use payfile::NumberFormat::{DecimalComma, DecimalDot};
use payfile::{AmountProblem, NumberFormat, parse_amount};

fn minor(text: &str, format: NumberFormat) -> Result<u64, AmountProblem> {
    parse_amount(text, format, 2).map(survey::Amount::minor)
}

#[test]
fn amounts_with_currencies_and_groups_are_read() {
    let dots = [
        "45300.50",
        "45300.5",
        "45,300.50",
        "€ 45,300.50",
        "€45,300.50",
        "45,300.50 EUR",
        "EUR 45 300.50",
        "CHF 45'300.50",
        "Fr. 45’300.50",
        "US$ 45,300.50",
        "$45,300.500",
        "+45300.50",
        "USD45300.50",
        "45\u{a0}300.50",
        "45\u{202f}300.50 kr",
        " 45300.50\u{200e}",
        "£45,300.50",
        "45,300.50kr.",
    ];
    for text in dots {
        assert_eq!(minor(text, DecimalDot), Ok(4_530_050), "{text}");
    }
    for text in
        ["45.300,50 €", "45300,50", "kr 45 300,50", "DKK 45.300,50", "45\u{202f}300,5 zł", "45'300,50"]
    {
        assert_eq!(minor(text, DecimalComma), Ok(4_530_050), "{text}");
    }
    for text in ["kr 45 300", "CHF 45'300.–", "45’300.-", "45,300.-- CHF", "45300.", "45300"] {
        assert_eq!(minor(text, DecimalDot), Ok(4_530_000), "{text}");
    }
    assert_eq!(minor("45.300,-", DecimalComma), Ok(4_530_000));
    assert_eq!(minor("₹ 12,34,567.00", DecimalDot), Ok(123_456_700));
    assert_eq!(minor(".5", DecimalDot), Ok(50));
    assert_eq!(minor("0", DecimalDot), Ok(0));
}

#[test]
fn missing_pay() {
    for text in ["", " ", "-", "–", "--", "NA", "n/a", "N.A.", "null", "€ -", "EUR", "\u{a0}", "?"] {
        assert_eq!(minor(text, DecimalDot), Err(Missing), "{text:?}");
    }
}

#[test]
fn negative_pay() {
    for text in ["-1", "−1", "45300.50-", "(45,300.50)", "€ -45", "-€45", "(€ 45.00)", "€(45)", "- 45 kr"]
    {
        assert_eq!(minor(text, DecimalDot), Err(Negative), "{text}");
    }
}

#[test]
fn non_numeric_pay() {
    for text in
        ["abc", "45k", "12/03/2024", "1:30", "45%", "4 5 3", "45,30,00", "1.2.3", "45 300 000 0", "..", "€€4"]
    {
        assert_eq!(minor(text, DecimalDot), Err(NotANumber), "{text}");
    }
}

#[test]
fn what_spreadsheets_leave_behind() {
    for text in ["#REF!", "#N/A", "#VALUE!", "#####"] {
        assert_eq!(minor(text, DecimalDot), Err(SpreadsheetError), "{text}");
    }
    for text in ["=SUM(A1:A3)", "=45300", "+SUM(A1)"] {
        assert_eq!(minor(text, DecimalDot), Err(Formula), "{text}");
    }
    for text in ["4.53E+04", "4,53E+04", "4e4", "€ 4.5e-3"] {
        assert_eq!(minor(text, DecimalDot), Err(Scientific), "{text}");
    }
}

#[test]
fn nothing_is_rounded() {
    assert_eq!(minor("45300.505", DecimalDot), Err(TooManyDecimals));
    assert_eq!(minor("1234.5600000000001", DecimalDot), Err(TooManyDecimals));
    assert_eq!(minor("1234.560", DecimalDot), Ok(123_456));
    assert_eq!(parse_amount("1.5", DecimalDot, 0), Err(TooManyDecimals));
}

#[test]
fn the_other_decimal_mark_is_no_thousand() {
    assert_eq!(minor("45,30", DecimalDot), Err(OtherFormat));
    assert_eq!(minor("45.300,50", DecimalDot), Err(OtherFormat));
    assert_eq!(minor("45,300.50", DecimalComma), Err(OtherFormat));
}

#[test]
fn absurd_pay() {
    assert_eq!(minor("2814749767106.55", DecimalDot), Ok((1 << 48) - 1));
    assert_eq!(minor("2814749767106.56", DecimalDot), Err(AboveMaximum));
    assert_eq!(minor(&"9".repeat(400), DecimalDot), Err(AboveMaximum));
}
