//! What separates whole units from their parts: a dot or a comma, decided for a column as a whole.

use crate::bare::Bare;

/// How the amounts of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFormat {
    /// A dot before the decimals: 45300.50, 45,300.50, 45'300.50, 45 300.50.
    DecimalDot,
    /// A comma before the decimals: 45300,50, 45.300,50, 45 300,50.
    DecimalComma,
}

/// What a column says about its format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detection {
    /// At least one amount can be read in this format only, and none in the other only.
    Certain(NumberFormat),
    /// Every amount reads the same in both formats: no decimals anywhere.
    Either,
    /// Some amounts, such as 1,234, read differently in the two formats, and nothing decides between them.
    Ambiguous {
        /// The position of the first such value.
        first: usize,
    },
    /// Some amounts can be read in one format only and some in the other only.
    Contradictory {
        /// The format of the most, of [`NumberFormat::DecimalDot`] if they are equally many.
        majority: NumberFormat,
    },
}

/// The digits of an amount, before and after the decimal mark.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Digits<'a> {
    /// Digits, perhaps grouped.
    pub(crate) whole: &'a str,
    /// Digits only.
    pub(crate) decimals: &'a str,
}

impl NumberFormat {
    /// Finds the format from the values of a column. Values that are no amounts say nothing.
    #[must_use]
    pub fn detect<'a>(values: impl IntoIterator<Item = &'a str>) -> Detection {
        let (mut dots, mut commas, mut first) = (0u32, 0u32, None);
        for (position, value) in values.into_iter().enumerate() {
            let Ok(bare) = Bare::of(value) else { continue };
            match (Self::DecimalDot.split(bare.core), Self::DecimalComma.split(bare.core)) {
                (Some(_), None) => dots += 1,
                (None, Some(_)) => commas += 1,
                (Some(dot), Some(comma)) if dot != comma => first = first.or(Some(position)),
                _ => {}
            }
        }
        match (dots, commas, first) {
            (0, 0, None) => Detection::Either,
            (0, 0, Some(first)) => Detection::Ambiguous { first },
            (_, 0, _) => Detection::Certain(Self::DecimalDot),
            (0, _, _) => Detection::Certain(Self::DecimalComma),
            _ => {
                let majority = if dots >= commas { Self::DecimalDot } else { Self::DecimalComma };
                Detection::Contradictory { majority }
            }
        }
    }

    /// The other format.
    #[must_use]
    pub(crate) const fn other(self) -> Self {
        match self {
            Self::DecimalDot => Self::DecimalComma,
            Self::DecimalComma => Self::DecimalDot,
        }
    }

    const fn mark(self) -> char {
        match self {
            Self::DecimalDot => '.',
            Self::DecimalComma => ',',
        }
    }

    /// Splits bare digits and separators at the decimal mark; `None` if they are no number in this format.
    pub(crate) fn split(self, core: &str) -> Option<Digits<'_>> {
        let (whole, decimals) = core.split_once(self.mark()).unwrap_or((core, ""));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let some = !whole.is_empty() || !decimals.is_empty();
        (some && digits(decimals) && (digits(whole) || grouped(whole))).then_some(Digits { whole, decimals })
    }
}

/// What may stand between digits. All spaces are one separator, and so are all apostrophes.
const fn separator(c: char) -> Option<char> {
    match c {
        '.' | ',' => Some(c),
        ' ' | '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}' => Some(' '),
        '\'' | '\u{2019}' | '\u{2bc}' | '`' | '\u{b4}' => Some('\''),
        _ => None,
    }
}

pub(crate) const fn is_separator(c: char) -> bool {
    separator(c).is_some()
}

/// Whether digits are grouped by threads of one separator: by threes, or as in India (12,34,567).
fn grouped(whole: &str) -> bool {
    let mut separators = whole.chars().filter_map(separator);
    let same = separators.next().is_some_and(|first| separators.all(|other| other == first));
    let groups: Vec<&str> = whole.split(is_separator).collect();
    let digits = groups.iter().all(|group| group.bytes().all(|b| b.is_ascii_digit()));
    let [first, middle @ .., last] = groups.as_slice() else { return false };
    let middle_are = |len| middle.iter().all(|group| group.len() == len);
    let by_threes = (1..=3).contains(&first.len()) && middle_are(3);
    let indian = (1..=2).contains(&first.len()) && !middle.is_empty() && middle_are(2) && whole.contains(',');
    same && digits && !first.starts_with('0') && last.len() == 3 && (by_threes || indian)
}

/// Whether a text is an amount in either format, or one in scientific notation.
pub(crate) fn reads_as_amount(text: &str) -> bool {
    match Bare::of(text) {
        Ok(bare) => [NumberFormat::DecimalDot, NumberFormat::DecimalComma]
            .iter()
            .any(|f| f.split(bare.core).is_some()),
        Err(problem) => problem == crate::AmountProblem::Scientific,
    }
}

#[cfg(test)]
mod tests {
    use super::Detection::{Ambiguous, Certain, Contradictory, Either};
    use super::NumberFormat::{DecimalComma, DecimalDot};
    use super::*;

    #[test]
    fn the_rest_of_the_column_decides() {
        let detect = |values: &[&str]| NumberFormat::detect(values.iter().copied());
        assert_eq!(detect(&["1,234", "5,678.90"]), Certain(DecimalDot));
        assert_eq!(detect(&["1,234", "5.678,90"]), Certain(DecimalComma));
        assert_eq!(detect(&["1,234", "5,67"]), Certain(DecimalComma));
        assert_eq!(detect(&["1,234", "1,234,567"]), Certain(DecimalDot));
        assert_eq!(detect(&["1.234", "0,125"]), Certain(DecimalComma));
        assert_eq!(detect(&["45300", "45 300", "45'300", "n/a"]), Either);
        assert_eq!(detect(&["45300", "1,234", "5.678"]), Ambiguous { first: 1 });
        assert_eq!(detect(&["1.5", "2,5", "3,5"]), Contradictory { majority: DecimalComma });
        assert_eq!(detect(&["45'300.–"]), Certain(DecimalDot));
    }
}
