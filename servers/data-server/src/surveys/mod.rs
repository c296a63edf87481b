//! Surveys: opened once, shown to everybody; their status, to the organizer.

mod cache;
mod checks;
pub(crate) mod http;
mod service;
mod status;

pub(crate) use cache::{Kept, ManifestCache};
pub(crate) use service::{open, show};
pub(crate) use status::{put_labels, status};
