//! What became of a file.

use core::fmt;

/// How many checks passed, and which did not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Report {
    /// Checks that passed.
    pub passed: usize,
    /// One line per check that did not.
    pub failed: Vec<String>,
}

impl Report {
    /// A report of nothing but one failure.
    pub(crate) fn failure(line: String) -> Self {
        Self { passed: 0, failed: vec![line] }
    }

    /// Notes one check under its name.
    pub(crate) fn note(&mut self, name: impl fmt::Display, outcome: Result<(), String>) {
        match outcome {
            Ok(()) => self.passed += 1,
            Err(reason) => self.failed.push(format!("{name}: {reason}")),
        }
    }

    /// Whether something was checked and nothing failed.
    pub fn is_success(&self) -> bool {
        self.passed > 0 && self.failed.is_empty()
    }
}

/// The failures line by line, then the two numbers.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.failed {
            writeln!(f, "{line}")?;
        }
        write!(f, "{} passed, {} failed", self.passed, self.failed.len())
    }
}
