//! Paillier encryption: secret half.
//!
//! Makes key pairs, proves them sound, and opens totals that are closed. Knows nothing of
//! files, sockets, clocks, salaries or JSON, and cannot: the crate is `no_std`.
//!
//! # Map
//! - [`generate_safe_prime`] and [`SecretKey`]: a key's life from two primes to its wiping.
//! - [`close`] is the only way to a [`ClosedAggregate`], and [`SecretKey::open`] takes
//!   nothing else: no function here decrypts one reporter's ciphertext.
#![no_std]

extern crate alloc;

mod aggregate;
mod prime_half;
mod safe_prime;
mod secret_key;
mod sieve;

pub use aggregate::{CloseRefusal, ClosedAggregate, CohortTooSmall, MemberId, MinimumCohort, close};
pub use safe_prime::{SafePrime, Stopped, generate_safe_prime};
pub use secret_key::{PrimesRefusal, SecretKey};
