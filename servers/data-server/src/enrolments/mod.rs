//! Enrolments: an invitation binds one reporter key, once, at both servers.

pub(crate) mod http;
mod service;

pub(crate) use service::{enrol, forward};
