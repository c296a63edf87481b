//! From a pay file to records, or to every problem in it.

use crate::Failure;
use crate::args::DecimalMark;
use payfile::{NumberFormat, Options};
use std::fmt::Display;

/// Every problem, and that nothing was sent.
pub(crate) fn mend(problems: impl Display) -> Failure {
    let text = problems.to_string();
    Failure::input(format!("{}\nNothing was sent.", text.trim_end()))
}

/// A failure before anything was sent, which says so.
pub(crate) fn unsent(failure: Failure) -> Failure {
    failure.and("Nothing was sent.")
}

/// How amounts are written, if somebody said so.
pub(crate) fn options(mark: Option<DecimalMark>) -> Options {
    let number_format = mark.map(|mark| match mark {
        DecimalMark::Dot => NumberFormat::DecimalDot,
        DecimalMark::Comma => NumberFormat::DecimalComma,
    });
    Options { number_format, ..Options::default() }
}
