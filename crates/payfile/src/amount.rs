//! From a cell's text to an amount, exactly or not at all.

use crate::{NumberFormat, bare::Bare};
use survey::{Amount, Limits, Measure};

/// Why a text is no amount. Carries nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum AmountProblem {
    /// Empty, a dash, “NA” and the like.
    #[error("there is no amount. Enter one, or remove the row if this person is not to be counted")]
    Missing,
    /// Below zero.
    #[error("the amount is negative. Enter what was earned, without deductions")]
    Negative,
    /// Neither digits nor anything that is recognized.
    #[error("this is not a number. Enter digits, with a currency sign at most")]
    NotANumber,
    /// A formula instead of its result.
    #[error("this is a formula. Export the file with values instead of formulas")]
    Formula,
    /// `#REF!`, `#N/A`, `####` and the like.
    #[error(
        "the spreadsheet wrote an error or a placeholder here. Repair the cell and export the file again"
    )]
    SpreadsheetError,
    /// `4.53E+04`: digits may have been lost.
    #[error(
        "the number is in scientific notation, which may have lost digits. Give the column a plain number \
         format and export the file again"
    )]
    Scientific,
    /// Written with the other decimal mark than the rest of the column.
    #[error(
        "the decimal mark or the grouping of digits differs from the rest of the column. Write all amounts \
         in the same way"
    )]
    OtherFormat,
    /// Could be read two ways, and so could the rest of the column.
    #[error(
        "the comma or dot may separate thousands or decimals, and nothing in the column decides it. Say which \
         mark stands before decimals, or write the amounts without separators between thousands"
    )]
    Ambiguous,
    /// More decimals than the survey's measure has.
    #[error("the amount has more decimals than this survey takes. Round it as your payroll does")]
    TooManyDecimals,
    /// Marked with another currency than the survey's.
    #[error("the amount is in another currency than this survey. Convert it, or choose another column")]
    OtherCurrency,
    /// Below the hard limits of the measure.
    #[error("the amount is below the smallest that this survey takes. Check its unit and period")]
    BelowMinimum,
    /// Above the hard limits of the measure, or beyond any measure.
    #[error(
        "the amount is above the largest that this survey takes. Check its unit, period and decimal mark"
    )]
    AboveMaximum,
}

/// Reads an amount with at most `decimals` decimals, such as `€ 45,300.50`, `45.300,50 €`, `kr 45 300` or
/// `CHF 45'300.–`. Zeros beyond `decimals` are no decimals; nothing is ever rounded.
///
/// # Errors
/// [`AmountProblem`] says what is wrong.
pub fn parse_amount(text: &str, format: NumberFormat, decimals: u8) -> Result<Amount, AmountProblem> {
    read(&Bare::of(text)?, format, decimals)
}

/// Reads an amount that is not marked with another currency than its unit's.
pub(crate) fn parse_in_unit(
    text: &str,
    format: NumberFormat,
    decimals: u8,
    unit: &str,
) -> Result<Amount, AmountProblem> {
    let bare = Bare::of(text)?;
    let amount = read(&bare, format, decimals)?;
    if bare.fits(unit) { Ok(amount) } else { Err(AmountProblem::OtherCurrency) }
}

/// Reads an amount of a measure: also in its currency, and inside its hard limits.
pub(crate) fn parse_measured(
    text: &str,
    format: NumberFormat,
    measure: &Measure,
) -> Result<Amount, AmountProblem> {
    let amount = parse_in_unit(text, format, measure.decimals(), measure.unit().as_str())?;
    if amount.minor() < measure.hard().min_minor() {
        return Err(AmountProblem::BelowMinimum);
    }
    if amount.minor() > measure.hard().max_minor() {
        return Err(AmountProblem::AboveMaximum);
    }
    Ok(amount)
}

fn read(bare: &Bare<'_>, format: NumberFormat, decimals: u8) -> Result<Amount, AmountProblem> {
    let Some(digits) = format.split(bare.core) else {
        let other = format.other().split(bare.core).is_some();
        return Err(if other { AmountProblem::OtherFormat } else { AmountProblem::NotANumber });
    };
    if bare.negative {
        return Err(AmountProblem::Negative);
    }
    let used = digits.decimals.trim_end_matches('0');
    if used.len() > usize::from(decimals) {
        return Err(AmountProblem::TooManyDecimals);
    }
    let padding = core::iter::repeat_n(b'0', usize::from(decimals) - used.len());
    let mut minor = 0u64;
    for byte in digits.whole.bytes().filter(u8::is_ascii_digit).chain(used.bytes()).chain(padding) {
        let next = minor.checked_mul(10).and_then(|tens| tens.checked_add(u64::from(byte - b'0')));
        minor = next.filter(|next| *next <= Limits::MAX_MINOR).ok_or(AmountProblem::AboveMaximum)?;
    }
    Ok(Amount::from_minor(minor))
}

/// How many decimals an amount needs; `None` if it is none in this format.
pub(crate) fn decimals_of(text: &str, format: NumberFormat) -> Option<usize> {
    let bare = Bare::of(text).ok()?;
    format.split(bare.core).map(|digits| digits.decimals.trim_end_matches('0').len())
}
