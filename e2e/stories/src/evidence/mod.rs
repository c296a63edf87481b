//! What a browser leaves behind, as bytes that can be searched: sent, stored, and written on its console.

mod net_log;
mod safe;
mod stored;

pub use net_log::NetLog;
pub use safe::{Safe, SafeKey};
pub use stored::{files_below, page_storage};

/// Bytes and where they were found.
pub type Place = (String, Vec<u8>);
