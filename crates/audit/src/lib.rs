//! Checks everything that can be checked of a released survey, from outside.
//!
//! Whoever has a bundle and knows the two servers' keys from elsewhere finds out here whether the result follows
//! from what reporters committed to, and whether both servers stand for every step. Talks to nobody, depends on
//! neither server, and runs in a browser as well. `docs/VERIFYING.md` describes the same for other languages.
//!
//! # Map
//! [`verify`] reads a bundle's bytes and makes every [`Check`]; its [`Report`] holds one [`Finding`] for each.
//! A check that cannot be made, because what it is about cannot be read, is [`Outcome::NotMade`]; only a report in
//! which every check [`Report::passed`] is good.

mod check;
mod release;
mod report;
mod set;
mod strict;
mod survey_rules;
mod verify;

pub use check::Check;
pub use report::{Finding, Outcome, Report};
pub use strict::{Unreadable, read_bundle, read_server_keys};
pub use verify::{verify, verify_bundle};
