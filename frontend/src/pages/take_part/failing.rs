//! What a failure means to somebody who takes part.

use crate::components::Trouble;
use client_wasm::PayFileFailure;
use protocol::Problem;

/// What went wrong with a pay file.
pub(super) fn trouble_of(failure: &PayFileFailure) -> Trouble {
    match failure {
        PayFileFailure::Worker(failure) => (*failure).into(),
        PayFileFailure::Unreadable => Trouble::in_words("file-unreadable", failure),
        PayFileFailure::File(problem) => Trouble::in_words("file", problem),
        PayFileFailure::Column(problem) => Trouble::in_words("column", problem),
        PayFileFailure::Rows(problems) => Trouble::in_words("rows", problems),
    }
}

/// Whether a server refused for good: the same bytes will never be taken.
pub(super) fn is_final(trouble: &Trouble) -> bool {
    let named = |problem: Problem| problem.row().uri.ends_with(&format!(":{}", trouble.code));
    !trouble.may_retry && Problem::ALL.iter().copied().any(named)
}
