//! Which cells are published, so that nobody can work out those that are not.
//!
//! A cell behind which too few stand is suppressed ([`crate::suppression`]); where published sums would give
//! it away, others are suppressed with it. [`standings`] begins with everything suppressed and publishes as
//! much as it can while every suppressed cell keeps its protection interval.

mod alternatives;
mod pattern;
mod sums;
mod tableau;
mod tabulation;
mod thin;
pub use alternatives::Counts;
pub use pattern::{Standing, protection, standings};
pub use tabulation::{Crossing, Tabulation, TabulationRefusal};
