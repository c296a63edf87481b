//! The law that every store obeys.
