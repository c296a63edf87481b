//! A number with a fixed number of decimals: the only place where anything is rounded.

use core::fmt;
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

/// An exact ratio of integers.
pub type Ratio = num_rational::Ratio<BigInt>;

/// `value / 10^decimals`, shown with exactly that many decimals: `101002.41`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    value: i128,
    decimals: u8,
}

impl Decimal {
    /// The most decimals.
    pub const MAX_DECIMALS: u8 = 9;

    /// `value / 10^decimals`; decimals beyond [`Decimal::MAX_DECIMALS`] are taken as that many.
    #[must_use]
    pub const fn new(value: i128, decimals: u8) -> Self {
        let decimals = if decimals > Self::MAX_DECIMALS { Self::MAX_DECIMALS } else { decimals };
        Self { value, decimals }
    }

    /// Rounds a ratio, half away from zero: 0.125 becomes 0.13, and −0.125 becomes −0.13.
    ///
    /// Honest totals stay below 2⁹⁸ after scaling; a ratio beyond the range of `i128` becomes its end.
    #[must_use]
    pub fn round(ratio: &Ratio, decimals: u8) -> Self {
        Self::cut(ratio, decimals, Ratio::round)
    }

    /// The largest number with so many decimals that is not above the ratio: the lower end of an interval.
    #[must_use]
    pub fn floor(ratio: &Ratio, decimals: u8) -> Self {
        Self::cut(ratio, decimals, Ratio::floor)
    }

    /// The smallest number with so many decimals that is not below the ratio: the upper end of an interval.
    #[must_use]
    pub fn ceil(ratio: &Ratio, decimals: u8) -> Self {
        Self::cut(ratio, decimals, Ratio::ceil)
    }

    /// Rounds the square root of a ratio, half up, from the exact ratio; 0 if the ratio is negative.
    ///
    /// round(√x) = ⌊(⌊√(4x)⌋ + 1) / 2⌋ for every x ≥ 0, because √(4x) and ⌊√(4x)⌋ lie between the same two
    /// integers; so integers decide, also where the root is irrational.
    #[must_use]
    pub fn round_sqrt(ratio: &Ratio, decimals: u8) -> Self {
        let Self { decimals, .. } = Self::new(0, decimals);
        let scale = BigInt::from(10).pow(2 * u32::from(decimals)) * BigInt::from(4);
        let doubled = (ratio * Ratio::from_integer(scale)).floor().to_integer();
        if doubled.is_negative() {
            return Self::new(0, decimals);
        }
        let root: BigInt = (doubled.sqrt() + BigInt::from(1)) / BigInt::from(2);
        Self { value: root.to_i128().unwrap_or(i128::MAX), decimals }
    }

    fn cut(ratio: &Ratio, decimals: u8, to_whole: impl Fn(&Ratio) -> Ratio) -> Self {
        let Self { decimals, .. } = Self::new(0, decimals);
        let scaled = ratio * Ratio::from_integer(BigInt::from(10).pow(decimals.into()));
        let end = if scaled.is_negative() { i128::MIN } else { i128::MAX };
        Self { value: to_whole(&scaled).to_integer().to_i128().unwrap_or(end), decimals }
    }

    /// The number times 10^[`decimals`](Self::decimals).
    #[must_use]
    pub const fn value(self) -> i128 {
        self.value
    }

    /// How many decimals are shown.
    #[must_use]
    pub const fn decimals(self) -> u8 {
        self.decimals
    }

    /// Reads what `Display` writes, and nothing else: no sign before zero, no leading zeros, no plus.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let value = text.replacen('.', "", 1).parse().ok()?;
        let read = Self::new(value, u8::try_from(decimals).ok()?);
        (read.to_string() == text).then_some(read)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = 10u128.pow(self.decimals.into());
        let (whole, rest) = (self.value.unsigned_abs() / unit, self.value.unsigned_abs() % unit);
        let sign = if self.value < 0 { "-" } else { "" };
        match usize::from(self.decimals) {
            0 => write!(f, "{sign}{whole}"),
            width => write!(f, "{sign}{whole}.{rest:0width$}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ratio(numer: i128, denom: i128) -> Ratio {
        Ratio::new(numer.into(), denom.into())
    }

    #[test]
    fn ties_are_rounded_away_from_zero() {
        let round = |numer, denom| Decimal::round(&ratio(numer, denom), 2).to_string();
        assert_eq!(round(1, 8), "0.13");
        assert_eq!(round(-1, 8), "-0.13");
        assert_eq!(round(1249, 10_000), "0.12");
        assert_eq!(round(-1, 1000), "0.00");
        assert_eq!(round(-5, 1000), "-0.01");
    }

    #[test]
    fn ends_of_intervals_are_rounded_outwards() {
        let ends = |numer| (Decimal::floor(&ratio(numer, 1000), 2), Decimal::ceil(&ratio(numer, 1000), 2));
        assert_eq!(ends(1234), (Decimal::new(123, 2), Decimal::new(124, 2)));
        assert_eq!(ends(-1234), (Decimal::new(-124, 2), Decimal::new(-123, 2)));
        assert_eq!(ends(1230), (Decimal::new(123, 2), Decimal::new(123, 2)));
    }

    #[test]
    fn roots_are_rounded_once() {
        let root = |numer, denom| Decimal::round_sqrt(&ratio(numer, denom), 2).to_string();
        assert_eq!(root(2, 1), "1.41");
        // √0.000025 = 0.005 is a tie.
        assert_eq!(root(25, 1_000_000), "0.01");
        assert_eq!(root(24_999, 1_000_000_000), "0.00");
        assert_eq!((root(0, 1), root(-1, 1)), ("0.00".into(), "0.00".into()));
    }

    #[test]
    fn is_shown_with_all_its_decimals() {
        assert_eq!(Decimal::new(10_100_241, 2).to_string(), "101002.41");
        assert_eq!(Decimal::new(-5, 2).to_string(), "-0.05");
        assert_eq!(Decimal::new(7, 0).to_string(), "7");
        assert_eq!(Decimal::new(i128::MIN, 4).to_string(), "-17014118346046923173168730371588410.5728");
    }

    #[test]
    fn only_the_one_spelling_is_read() {
        for wrong in ["", ".", "-0.00", "+1.00", "01.00", "1.", ".5", "1.0.0", "1e3", " 1", "0.0000000001"] {
            assert_eq!(Decimal::parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read(value: i128, decimals in 0u8..=9) {
            let decimal = Decimal::new(value, decimals);
            prop_assert_eq!(Decimal::parse(&decimal.to_string()), Some(decimal));
        }

        #[test]
        fn a_rounded_root_is_the_nearest(numer in 0i128..(1 << 100), denom in 1i128..(1 << 20)) {
            let root = BigInt::from(Decimal::round_sqrt(&ratio(numer, denom), 0).value());
            // (root − ½)² ≤ numer/denom < (root + ½)², times 4.
            let quadruple = ratio(4 * numer, denom);
            let square = |odd: BigInt| Ratio::from_integer(&odd * &odd);
            prop_assert!(quadruple < square(2 * &root + 1));
            prop_assert!(root == BigInt::from(0) || quadruple >= square(2 * &root - 1));
        }

        #[test]
        fn rounding_agrees_with_integers(numer in -(1i128 << 80)..(1 << 80), denom in 1i128..(1 << 30)) {
            let doubled = 2 * numer.abs() * 100 + denom;
            let expected = numer.signum() * (doubled / (2 * denom));
            prop_assert_eq!(Decimal::round(&ratio(numer, denom), 2).value(), expected);
        }
    }
}
