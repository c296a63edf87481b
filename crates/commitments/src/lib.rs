//! Commitments to slots, and their openings (Ristretto255, Pedersen vector commitments).
//!
//! Knows numbers and randomness handed to it. Knows nothing of Paillier, files, sockets, clocks or JSON, and
//! cannot: the crate is `no_std`.
//!
//! # Map
//! [`Generators`] are derived from a survey's fingerprint. A reporter draws [`Shares`], commits with
//! [`Generators::commit`], and shows with [`Generators::commit_share`] that the computation server's share is
//! the one it was given. After opening, [`Generators::opens`] checks totals against all commitments.
#![no_std]
extern crate alloc;

mod generators;
mod point;
mod shares;

pub use generators::{Generators, derive_generator};
pub use point::{Point, PointRefusal};
pub use shares::{Share, ShareRefusal, Shares};
