//! What a survey, a record, a cell and a layout of slots *are*.
//!
//! Pure: knows neither cryptography nor time nor files, and no floating point where money is meant.
//!
//! # Map
//! [`Schema`] says what is asked: [`Dimension`]s, one of which is compared, [`Measure`]s with their
//! [`Statistics`], and which combinations of categories are cells ([`CrossTable`]). [`Capacity`] says how
//! much may be answered. From the two follows the [`Layout`]: which slot stands where in which block.
//! [`Record`]s add up to [`CellTotals`] by [`Schema::add_up`] and become [`GroupEntries`] by
//! [`Layout::entries`]; opened blocks become totals by [`Layout::unpack`] and [`Layout::cell_totals`]. [`PresetKind`] names
//! surveys to begin with.

mod amount;
mod bits;
mod capacity;
mod cross_table;
mod dimension;
mod entries;
mod label;
mod layout;
mod measure;
mod needs;
mod presets;
mod record;
mod schema;
mod slot;
mod thresholds;
mod totals;
mod unpack;
mod who_counts;

#[cfg(test)]
mod test_schemas;

pub use amount::Amount;
pub use bits::{deposit, extract};
pub use capacity::{Capacity, CapacityRefusal, Granularity};
pub use cross_table::CrossTable;
pub use dimension::Dimension;
pub use entries::{EntriesRefusal, Entry, GroupEntries, is_padded_len, padded_len};
pub use label::{Label, LabelRefusal};
pub use layout::{GroupLayout, Layout, LayoutRefusal};
pub use measure::{Formula, Limits, Measure, Statistics};
pub use presets::{Among, Definition, Preset, PresetKind, PresetOptions, Wanted};
pub use record::Record;
pub use schema::{Schema, SchemaParts, SchemaRefusal};
pub use slot::{Limb, Slot, SlotKind};
pub use thresholds::{Thresholds, ThresholdsRefusal};
pub use totals::{CellTotals, MeasureTotals};
pub use unpack::UnpackRefusal;
pub use who_counts::{Date, Leavers, MissingValues, PartTimers, WhoCounts};

#[cfg(test)]
use test_schemas::test_schema;
