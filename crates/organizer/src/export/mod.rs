//! Results as files: JSON for programs, CSV for spreadsheets. The command and the page write the same.

mod columns;
mod csv;
mod facts;
mod figures;
mod insights;
mod json;

pub use csv::csv;
pub use facts::{Facts, notes};
pub use insights::{AdjustedShown, BandsShown, Between, Insights, MedianGapShown, Number, Shown};
pub use json::{ended_code, ended_json, released_json};
