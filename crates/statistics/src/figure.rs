//! A figure is released, or it is suppressed with a reason. It is never 0 in place of a secret.

use core::fmt;

/// Why a figure is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SuppressionReason {
    /// Of a cell: fewer reporters or employees than the survey requires are in it, also none, or in another one of
    /// which it would tell too much. Which of these it is stays open, as it would tell numbers.
    TooFew,
    /// One of the two cells that a gap compares is suppressed.
    SuppressedSide,
    /// The reference group's mean is not above zero, so nothing can be a part of it.
    ReferenceMeanZero,
}

impl SuppressionReason {
    /// All reasons.
    pub const ALL: [Self; 3] = [Self::TooFew, Self::SuppressedSide, Self::ReferenceMeanZero];

    /// The reason's fixed code.
    #[must_use]
    pub const fn as_code(self) -> &'static str {
        match self {
            Self::TooFew => "too-few",
            Self::SuppressedSide => "suppressed-side",
            Self::ReferenceMeanZero => "reference-mean-zero",
        }
    }

    /// The reason with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_code() == code)
    }
}

impl fmt::Display for SuppressionReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooFew => "too few in it, or in another one that it would give away",
            Self::SuppressedSide => "one of the groups is not shown",
            Self::ReferenceMeanZero => "the reference group's mean is zero",
        })
    }
}

/// What may be shown, or why it may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure<T> {
    /// It may be shown.
    Released(T),
    /// It may not.
    Suppressed(SuppressionReason),
}

impl<T> Figure<T> {
    /// What may be shown, if anything.
    #[must_use]
    pub const fn released(&self) -> Option<&T> {
        match self {
            Self::Released(value) => Some(value),
            Self::Suppressed(_) => None,
        }
    }

    /// The reason, if it may not be shown.
    #[must_use]
    pub const fn reason(&self) -> Option<SuppressionReason> {
        match self {
            Self::Released(_) => None,
            Self::Suppressed(reason) => Some(*reason),
        }
    }

    /// Turns what may be shown into something else; a reason stays.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Figure<U> {
        match self {
            Self::Released(value) => Figure::Released(change(value)),
            Self::Suppressed(reason) => Figure::Suppressed(reason),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_has_a_code_of_its_own() {
        for reason in SuppressionReason::ALL {
            assert_eq!(SuppressionReason::from_code(reason.as_code()), Some(reason));
        }
        assert_eq!(SuppressionReason::from_code("0"), None);
    }
}
