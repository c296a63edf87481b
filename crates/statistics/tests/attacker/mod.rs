//! An attacker on what is published: which numbers may a suppressed cell have, for all that anybody can know?
//!
//! It shares nothing with the rule that it attacks but the description of the tables: sums are found from
//! categories, and a library solves the programs; each end that is found is shown by whole numbers that satisfy
//! everything known, so that no end is wider than the truth.

pub(crate) mod known;
pub(crate) mod program;
pub(crate) mod tables;
