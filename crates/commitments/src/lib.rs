//! Commitments to slots, and their openings.
