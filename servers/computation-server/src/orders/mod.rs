//! Orders of the organizer: taken from anybody who brings them, on nobody's word but the organizer's.

pub(crate) mod http;
pub(crate) mod service;
