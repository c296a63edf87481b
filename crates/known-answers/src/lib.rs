//! Checks files of known answers; holds the raw decryption no server may name.
//!
//! The files under `vectors/` are made by other programs: an error that this project makes
//! twice, in encryption and in decryption, still does not agree with them.

mod checks;
mod file;
mod noise;
mod raw;
mod report;

pub use checks::check_file;
pub use raw::{NotAKey, RawKey};
pub use report::Report;

/// Reads and checks one file; a file that cannot be read has failed.
pub fn run(path: &str) -> Report {
    match std::fs::read_to_string(path) {
        Ok(text) => check_file(&text),
        Err(error) => Report::failure(format!("{path}: {error}")),
    }
}
