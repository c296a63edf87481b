//! Orders: signed by the organizer, taken by the computation server, then carried out here.

pub(crate) mod http;
mod service;

pub(crate) use service::{forward, limit, take};
