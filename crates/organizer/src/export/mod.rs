//! Results as files: JSON for programs, CSV for spreadsheets. The command and the page write the same.

mod csv;
mod facts;
mod figures;
mod json;

pub use csv::csv;
pub use facts::{Facts, notes};
pub use json::{ended_code, ended_json, released_json};
