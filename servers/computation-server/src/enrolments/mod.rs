//! Enrolments: an invitation key binds one reporter key, once, here as at the data server.

pub(crate) mod http;
pub(crate) mod service;
