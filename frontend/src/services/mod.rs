//! Everything outside of the page: servers, workers, what the browser keeps, downloads, the clock.

pub(crate) mod arrival;
pub(crate) mod clipboard;
pub(crate) mod clock;
pub(crate) mod config;
pub(crate) mod download;
pub(crate) mod focus;
pub(crate) mod handover;
pub(crate) mod leaving;
pub(crate) mod lock;
pub(crate) mod numbers;
pub(crate) mod organizing;
pub(crate) mod safe;
pub(crate) mod sign_in;
pub(crate) mod taking_part;
pub(crate) mod workers;
