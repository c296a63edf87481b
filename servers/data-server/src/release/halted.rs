//! Why the way to the end does not go on.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use protocol::{Hex, Problem};

use crate::peer::PeerFailure;

/// Why a step was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Halt {
    /// Try again in a while.
    Later(Problem),
    /// The computation server says or did what it must not. Nothing is signed; an operator has to look.
    ForGood(&'static str),
}

impl From<PeerFailure> for Halt {
    fn from(failure: PeerFailure) -> Self {
        match failure {
            PeerFailure::Refused(Problem::AgreementConflict) => Self::ForGood("the set is agreed otherwise"),
            PeerFailure::Refused(Problem::OpeningBegun) => Self::ForGood("another opening has begun"),
            PeerFailure::Refused(Problem::OpeningRefused) => Self::ForGood("the opening is refused"),
            PeerFailure::Refused(Problem::WrongSignature) => Self::ForGood("a signature is refused"),
            failure => Self::Later(failure.into()),
        }
    }
}

/// Surveys that are not tried again before the next start.
#[derive(Default)]
pub(crate) struct Halted(Mutex<HashSet<Hex<32>>>);

impl Halted {
    pub(crate) fn contains(&self, survey: &Hex<32>) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(survey)
    }

    pub(crate) fn add(&self, survey: Hex<32>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(survey);
    }
}
