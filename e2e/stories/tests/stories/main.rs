//! Stories in a real browser. They share one pair of servers where they do it no harm, and each has a browser
//! of its own.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail loudly, and so do their helpers"
)]

mod averages;
mod bad_files;
mod changes;
mod coming_back;
mod development;
mod distrust;
mod down;
mod files;
mod gateways;
mod keyboard;
mod leaks;
mod left;
mod links;
mod operators;
mod organizing;
mod paper;
mod sealing;
mod secrets;
mod setting;
mod several;
