//! The data server: keeps submissions, gives receipts, multiplies. It has no key and cannot decrypt.
//!
//! # Map
//! [`start`] puts it on a socket; [`Settings`] says how. One folder per noun, each with what it does
//! (`service.rs`) and how that is asked for (`http.rs`):
//! identity · drafts · surveys · orders · enrolments · submissions · withdrawals · release.
//! [`store`] keeps everything; `peer` asks the computation server; `background` finishes what could not be
//! finished when it was asked for, also after a restart.
//! [`aggregate`] is the one calculation that others may want to measure.
//!
//! # What it never does
//! It gives a receipt before the disk has the submission; it computes a second product of a survey; it signs
//! a release whose figures it has not computed itself.

mod app;
mod background;
mod drafts;
mod enrolments;
pub mod identity;
mod intake;
mod orders;
mod peer;
mod randomness;
mod release;
mod settings;
mod startup;
pub mod store;
mod submissions;
mod surveys;
mod withdrawals;

pub use randomness::Randomness;
pub use release::{AggregateFailure, Aggregates, Damaged, aggregate};
pub use settings::{Floors, PeerSettings, Settings};
pub use startup::{RunningServer, StartRefusal, start};
