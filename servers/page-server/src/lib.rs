//! Serves the built page: a few files, held in memory, under a strict policy.
//!
//! Knows nothing of surveys and stores nothing. Best run by somebody who runs neither of the two servers: who
//! serves the page decides what program people run.
//!
//! # Map
//! [`Site::load`] reads the files of a build once; [`policy`] says what the page may do; `http` answers.

mod http;
mod policy;
mod site;

pub use http::{Answers, serve};
pub use policy::policy;
pub use site::{File, Site};
