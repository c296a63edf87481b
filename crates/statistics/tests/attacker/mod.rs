//! An attacker on what is published: which numbers may a suppressed cell have, for all that anybody can know?
//!
//! It shares nothing with the rule that it attacks but the description of the tables: sums are found from
//! categories, and a library solves the programs; each end that is found is shown by whole numbers that satisfy
//! everything known. As all that bears on one suppressed cell are sums over others, those others are looked at
//! together, and hundreds of cells make a program of a few numbers. Beside it stand [`worlds`]: surveys, person by
//! person, in which all is published alike, and the suppressed cell has another number.
#![allow(dead_code, reason = "not every attack needs all of it")]

pub(crate) mod known;
pub(crate) mod program;
pub(crate) mod tables;
pub(crate) mod worlds;
