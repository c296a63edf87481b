//! An amount of money (or of hours) that nobody but its owner should see.

use core::fmt;
use zeroize::Zeroize;

/// An amount in minor units of its measure: cents for euro with two decimals.
///
/// `Debug` never shows the value; there is no `Display`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(u64);

impl Amount {
    /// Wraps a number of minor units.
    #[must_use]
    pub const fn from_minor(minor: u64) -> Self {
        Self(minor)
    }

    /// The number of minor units.
    #[must_use]
    pub const fn minor(self) -> u64 {
        self.0
    }
}

impl fmt::Debug for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Amount(<private>)")
    }
}

impl Zeroize for Amount {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_never_shows_the_amount() {
        assert_eq!(format!("{:?}", Amount::from_minor(5_400_000)), "Amount(<private>)");
    }
}
