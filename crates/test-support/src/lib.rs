//! Seeded randomness, committed insecure keys, builders.
