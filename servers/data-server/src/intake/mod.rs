//! What handlers read from a request before a service sees it.

mod budget;
pub(crate) mod http;

pub(crate) use budget::Budget;
