//! Names that people read: of dimensions, categories, measures, units.

use core::fmt;

/// Why a text is no [`Label`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LabelRefusal {
    /// Nothing but white space.
    #[error("a name is empty")]
    Empty,
    /// Longer than [`Label::MAX_CHARS`].
    #[error("a name is longer than {} characters", Label::MAX_CHARS)]
    TooLong,
    /// A control character, such as a line break, inside.
    #[error("a name contains a control character")]
    ControlCharacter,
    /// White space at one of its ends, which nobody could see.
    #[error("a name begins or ends with white space")]
    NotTrimmed,
}

/// A name of one to [`Label::MAX_CHARS`] characters, trimmed, on one line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(String);

impl Label {
    /// The longest name, in characters.
    pub const MAX_CHARS: usize = 100;

    /// Reads a name.
    ///
    /// # Errors
    /// [`LabelRefusal`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, LabelRefusal> {
        if text.trim().is_empty() {
            return Err(LabelRefusal::Empty);
        }
        if text.trim() != text {
            return Err(LabelRefusal::NotTrimmed);
        }
        if text.chars().count() > Self::MAX_CHARS {
            return Err(LabelRefusal::TooLong);
        }
        if text.chars().any(char::is_control) {
            return Err(LabelRefusal::ControlCharacter);
        }
        Ok(Self(text.to_owned()))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_each_bad_name_by_its_reason() {
        assert_eq!(Label::parse("  "), Err(LabelRefusal::Empty));
        assert_eq!(Label::parse(" a"), Err(LabelRefusal::NotTrimmed));
        assert_eq!(Label::parse("a\u{7}b"), Err(LabelRefusal::ControlCharacter));
        assert_eq!(Label::parse(&"x".repeat(101)), Err(LabelRefusal::TooLong));
        assert!(Label::parse(&"é".repeat(100)).is_ok());
    }
}
