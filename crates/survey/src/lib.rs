//! What a survey, a record, a cell and a layout of slots *are*.
//!
//! Pure: knows neither cryptography nor time nor files, and no floating point where money is meant.
//!
//! # Map
//! [`Schema`] says what is asked: one [`Dimension`] that is compared, one [`Measure`]. [`Capacity`] says how
//! much may be answered. From the two follows the [`Layout`]: which slot stands where in which block.
//! [`Record`]s become [`GroupEntries`] by [`Layout::entries`]; opened blocks become totals by
//! [`Layout::unpack`].

mod amount;
mod bits;
mod capacity;
mod entries;
mod label;
mod layout;
mod record;
mod schema;
mod thresholds;
mod unpack;

pub use amount::Amount;
pub use bits::{deposit, extract};
pub use capacity::{Capacity, CapacityRefusal, Granularity};
pub use entries::{EntriesRefusal, Entry, GroupEntries, is_padded_len, padded_len};
pub use label::{Label, LabelRefusal};
pub use layout::{GroupLayout, Layout, LayoutRefusal, Slot, SlotKind};
pub use record::Record;
pub use schema::{Dimension, Limits, Measure, Schema, SchemaRefusal};
pub use thresholds::{Thresholds, ThresholdsRefusal};
pub use unpack::{CellTotals, UnpackRefusal};

#[cfg(test)]
fn test_schema(max_minor: u64) -> Schema {
    let label = |text| Label::parse(text).unwrap();
    let limits = Limits::new(0, max_minor).unwrap();
    let pay = Measure::new(label("pay"), label("EUR"), 2, limits, limits).unwrap();
    let sex = Dimension::new(label("sex"), vec![label("women"), label("men")]).unwrap();
    Schema::new(sex, 1, pay).unwrap()
}
