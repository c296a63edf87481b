//! A reporter's own report: the figures of its own employees, computed where they are and never sent.
//!
//! Nothing here is suppressed, because nobody else sees it. What is computed here is a single employer's:
//! the types show nothing in `Debug`.

mod compare;
mod eu;
mod report;
mod summary;
mod uk;

pub use compare::OwnGap;
pub use eu::{EuCategory, EuReport, EuWorker, eu_report};
pub use report::{OwnFigure, OwnValue, own_report};
pub use summary::{Summary, summaries};
pub use uk::{UkEmployee, UkGroup, UkReport, uk_report};
