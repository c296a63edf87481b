//! How results look: tables for people, JSON and CSV for programs.

mod insights;
mod number;
mod table;

pub(crate) use number::{count, decimal, minor};
pub(crate) use organizer::export::{ended_json, released_json};
pub(crate) use table::{Align, lay_out, print as print_table};

use crate::out;
use protocol::{AdmittedManifest, EndedReason, Release};
use serde::Serialize;

/// A suppression reason's code in words.
fn reason_in_words(code: &str) -> &str {
    match code {
        "too-few" => "not shown: too few in it, or in another one that it would give away",
        "suppressed-side" => "not shown: one of the groups is not shown",
        "reference-mean-zero" => "none: the reference group's mean is zero",
        _ => "not shown",
    }
}

/// The reason in words.
pub(crate) const fn ended_in_words(reason: EndedReason) -> &'static str {
    match reason {
        EndedReason::TooFewReporters => {
            "The survey ended without a result: fewer reporters than its minimum were counted. \
             Nothing was opened; keys and submissions are destroyed."
        }
        EndedReason::TooManyMissing => {
            "The survey ended without a result: a server lost more acknowledged submissions than tolerated. \
             Nothing was opened; keys and submissions are destroyed."
        }
        EndedReason::Inconsistent => {
            "The survey ended without a result: the opening failed, and no cause is ever named. \
             Keys and submissions are destroyed."
        }
    }
}

/// Prints a value as JSON.
pub(crate) fn print_json<T: Serialize>(value: &T) {
    out::line(&serde_json::to_string_pretty(value).unwrap_or_default());
}

/// Prints a result as CSV.
pub(crate) fn print_csv(manifest: &AdmittedManifest, release: &Release) {
    out::text(&organizer::export::csv(manifest, release));
}
