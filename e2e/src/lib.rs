//! Stories, attacks and faults through the real HTTP interfaces.
//!
//! The library is what the tests in `tests/` are told with. [`leak`] searches bytes for amounts, [`secrets`] for keys, [`wire`]
//! records and breaks connections, [`http`] speaks HTTP by hand, [`processes`] starts, kills and restarts the
//! two servers, [`oracle`] computes what must come out, [`drawn`] draws from printed seeds, [`bad_files`] are what
//! people upload, [`spoiled`] is a bad disk, and [`play`] takes any part, honestly or not.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "a test's tools fail loudly"
)]

pub mod bad_files;
pub mod drawn;
pub mod http;
pub mod leak;
pub mod oracle;
pub mod play;
pub mod processes;
pub mod secrets;
pub mod spoiled;
pub mod wire;

/// The time since 1970.
#[must_use]
pub fn now() -> std::time::Duration {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a clock after 1970")
}
