//! What the data server checks before it signs a release: thresholds, and that every figure follows from
//! the published slots.
