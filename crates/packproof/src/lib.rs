//! PackProof: a reporter shows that its submission is honest in form, and nothing else.
//!
//! Indicators are 0 or 1, slots are bounded integers, forms that ought to be 0 are 0, what ought to lie in a
//! range lies in it, the ciphertexts hold what the commitment holds, and the two servers' shares open the
//! commitment. Formulas, bytes and arguments: `docs/PROOF.md`, which is normative.
//!
//! Knows numbers and randomness handed to it. Knows nothing of salaries, surveys, files, sockets, clocks or
//! JSON, and cannot: the crate is `no_std`.
//!
//! # Map
//! - [`Shape`] says what a survey's submissions must look like: [`Slot`]s, facts and [`Range`]s, both made of
//!   [`Form`]s.
//! - [`Setting`] is a shape with generators and a key: what all proofs of one survey share.
//! - [`Statement`] is one submission, seen from the data server; [`Witness`] is what its reporter knows besides.
//! - [`Setting::prove`] makes a [`Proof`], [`Setting::verify`] refuses or not, with a [`Refusal`]'s name.
#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate self as packproof;

mod bases;
mod class;
mod codec;
mod fold;
mod numbers;
mod products;
mod proof;
mod prove;
mod refusal;
mod rows;
mod setting;
mod shape;
mod squares;
mod statement;
mod transcript;
mod verify;
mod weights;

#[cfg(test)]
#[path = "../tests/common/mod.rs"]
mod common;

pub use proof::Proof;
pub use prove::{CannotProve, Witness};
pub use refusal::Refusal;
pub use setting::{ForeignShape, Setting};
pub use shape::{Form, MAX_ENTRIES, MAX_VALUE_BITS, Range, Shape, ShapeRefusal, Slot, SlotKind};
pub use statement::Statement;
