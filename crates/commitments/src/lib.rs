//! Commitments to slots, and their openings (Ristretto255, Pedersen vector commitments).
//!
//! Knows numbers and randomness handed to it. Knows nothing of Paillier, files, sockets, clocks or JSON, and
//! cannot: the crate is `no_std`.
//!
//! # Map
//! [`Generators`] are derived from a survey's fingerprint. A reporter draws [`Shares`], commits with
//! [`Generators::commit`], and shows with [`Generators::commit_share`] that the computation server's share is
//! the one it was given. After opening, [`Generators::opens`] checks totals against all commitments; what is not published of them is vouched for by
//! [`Generators::prove_rest`] and checked by [`Generators::verify_rest`].
#![no_std]
extern crate alloc;

mod generators;
mod point;
mod rest;
mod shares;
mod signed;

pub use generators::{Generators, derive_generator};
pub use point::{Point, PointRefusal};
pub use rest::{Margin, RestRefusal, RestStatement};
pub use shares::{Share, ShareRefusal, Shares};
pub use signed::signed_scalar;
