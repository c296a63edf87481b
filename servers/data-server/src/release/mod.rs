//! The end of a survey: lists, set, the only opening, countersignature; step by step, each kept before it is
//! shown to anybody, so that after a restart the same bytes go out again.

mod aggregate;
mod agreement;
mod bundle;
mod deliver;
mod driver;
mod halted;
pub(crate) mod http;
pub(crate) mod marks;
mod multiply;
mod opening;

pub use aggregate::{AggregateFailure, aggregate};
pub(crate) use driver::advance_all;
pub(crate) use halted::{Halt, Halted};
pub use multiply::{Aggregates, Damaged};
