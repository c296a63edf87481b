mod alternatives;
mod pattern;
mod sums;
mod tableau;
mod tabulation;
mod thin;
pub use alternatives::{Counts, stats};
pub use pattern::{Standing, standings, protection};
pub use tabulation::{Crossing, Tabulation, TabulationRefusal};
