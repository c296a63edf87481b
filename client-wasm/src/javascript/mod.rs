//! The interface for plain JavaScript. Described, with an example, in this crate's README.
//!
//! Everything here translates: values in, one call, values out.

mod error;
mod options;
mod pay_file;
mod reporter;
mod survey;

pub use pay_file::{PayFile, columns_of, read, read_by, read_rows};
pub use reporter::Reporter;
pub use survey::{Survey, check, from_documents};
