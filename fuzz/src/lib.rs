//! What the fuzz targets hold the kernels to, and how bytes become numbers.
//!
//! The same laws run on the corpus as ordinary tests: `crates/kernels/tests/corpus.rs`.

mod law;
mod reader;

pub use law::{eight_numbers, one_number};
