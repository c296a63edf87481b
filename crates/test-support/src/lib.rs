//! Seeded randomness, committed insecure keys, builders.
//!
//! Everything here is for tests: the keys are public, the randomness is predictable.
#![expect(clippy::expect_used, reason = "tests want to fail loudly")]

mod insecure_keys;

pub use insecure_keys::{insecure_secret_key, own_insecure_secret_key};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

/// Randomness that a seed repeats on every machine.
pub fn seeded_rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}
