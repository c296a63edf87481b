//! An amount without what stands around it: currency, sign, parentheses, the dash in place of cents.

use crate::number_format::{NumberFormat, is_separator};
use crate::{AmountProblem, currency::Currency, header::trim};

/// Digits and separators, and what stood around them.
pub(crate) struct Bare<'a> {
    /// At least one digit, otherwise only digits and separators.
    pub(crate) core: &'a str,
    pub(crate) negative: bool,
    currencies: [Option<Currency>; 2],
}

/// What people write where they have nothing to write, in lower case.
const MISSING: &[&str] = &[
    "na", "n/a", "n.a.", "n. a.", "k.a.", "k. a.", "s/o", "nan", "nil", "null", "none", "missing", "?", ".",
];

impl<'a> Bare<'a> {
    /// Takes a cell apart.
    pub(crate) fn of(text: &'a str) -> Result<Self, AmountProblem> {
        let text = trim(text);
        if plain(text) {
            return Ok(Self { core: text, negative: false, currencies: [None; 2] });
        }
        if is_missing_word(text) {
            return Err(AmountProblem::Missing);
        }
        match text.chars().next() {
            Some('#') => return Err(AmountProblem::SpreadsheetError),
            Some('=' | '@') => return Err(AmountProblem::Formula),
            _ => {}
        }
        Self::strip(text).checked(text)
    }

    fn strip(text: &'a str) -> Self {
        let mut bare = Self { core: text, negative: false, currencies: [None; 2] };
        bare.strip_parentheses();
        bare.strip_sign();
        if let Some((currency, rest)) = Currency::strip_front(bare.core) {
            bare.currencies = [Some(currency), None];
            bare.core = trim(rest);
        }
        bare.strip_sign();
        if let Some((currency, rest)) = Currency::strip_back(bare.core) {
            bare.currencies = [bare.currencies[0], Some(currency)];
            bare.core = trim(rest);
        }
        bare.strip_parentheses();
        bare.strip_last_dash();
        bare
    }

    fn strip_parentheses(&mut self) {
        if let Some(inner) = self.core.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            (self.core, self.negative) = (trim(inner), true);
        }
    }

    fn strip_sign(&mut self) {
        if let Some(rest) = self.core.strip_prefix('+') {
            self.core = trim(rest);
        } else if let Some(rest) = self.core.strip_prefix(is_dash) {
            (self.core, self.negative) = (trim(rest), true);
        }
    }

    /// A dash after a decimal mark stands for no cents (“45.–”); without the mark it is a sign.
    fn strip_last_dash(&mut self) {
        let rest = self.core.trim_end_matches(is_dash);
        if rest.len() < self.core.len() {
            self.negative |= !rest.ends_with(['.', ',']);
            self.core = trim(rest);
        }
    }

    /// Names what is left if it is no amount.
    fn checked(self, text: &str) -> Result<Self, AmountProblem> {
        if self.core.is_empty() {
            return Err(AmountProblem::Missing);
        }
        let digit = |c: char| c.is_ascii_digit();
        if self.core.contains(digit) && self.core.chars().all(|c| digit(c) || is_separator(c)) {
            return Ok(self);
        }
        if text.contains('(') && text.contains(char::is_alphabetic) && text.starts_with(['+', '-']) {
            return Err(AmountProblem::Formula);
        }
        Err(if scientific(self.core) { AmountProblem::Scientific } else { AmountProblem::NotANumber })
    }

    /// Whether every currency that stood there may be the unit's.
    pub(crate) fn fits(&self, unit: &str) -> bool {
        self.currencies.iter().flatten().all(|currency| currency.fits(unit))
    }
}

/// The usual case, told quickly.
fn plain(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && text.bytes().any(|b| b != b'.')
}

/// Whether a cell says that there is nothing to say: empty, a dash, “NA” and the like.
pub(crate) fn is_missing_word(text: &str) -> bool {
    let text = trim(text);
    text.chars().all(is_dash) || MISSING.iter().any(|word| text.eq_ignore_ascii_case(word))
}

const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Mantissa, `e`, exponent.
fn scientific(core: &str) -> bool {
    let Some((mantissa, exponent)) = core.split_once(['e', 'E']) else { return false };
    let digits = exponent.trim_start_matches(['+', '-']);
    let formats = [NumberFormat::DecimalDot, NumberFormat::DecimalComma];
    let whole = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    whole && formats.iter().any(|format| format.split(mantissa).is_some())
}
