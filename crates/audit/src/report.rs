//! What came of the checks.

use crate::Check;

/// What came of one check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    Passed,
    /// It does not hold.
    Failed(String),
    /// It could not be made, because another failed.
    NotMade,
}

/// One check and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was checked.
    pub check: Check,
    /// What came of it.
    pub outcome: Outcome,
}

/// All checks, in the order of [`Check::ALL`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report(Vec<Finding>);

impl Report {
    /// A report in which nothing was checked yet.
    pub(crate) fn new() -> Self {
        Self(Check::ALL.iter().map(|check| Finding { check: *check, outcome: Outcome::NotMade }).collect())
    }

    /// Notes what came of a check.
    pub(crate) fn note(&mut self, check: Check, result: Result<(), String>) {
        let outcome = result.map_or_else(Outcome::Failed, |()| Outcome::Passed);
        if let Some(finding) = self.0.iter_mut().find(|finding| finding.check == check) {
            finding.outcome = outcome;
        }
    }

    /// Every check once.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.0
    }

    /// Whether every single check was made and holds.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.0.iter().all(|finding| finding.outcome == Outcome::Passed)
    }

    /// The checks that were made and do not hold.
    pub fn failed(&self) -> impl Iterator<Item = Check> {
        self.0.iter().filter(|f| matches!(f.outcome, Outcome::Failed(_))).map(|finding| finding.check)
    }
}

/// `Ok` if it is true, else the reason.
pub(crate) fn need(holds: bool, reason: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(reason.to_owned()) }
}
