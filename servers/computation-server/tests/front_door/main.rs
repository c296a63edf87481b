//! The computation server through its front door, asked by a data server that may be tampered with.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests want to fail loudly")]

mod agreeing;
mod http;
mod intake;
mod opening;
mod restored;
mod straight_path;
mod survey;
mod world;
