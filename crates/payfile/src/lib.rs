//! Reads pay files as they really come, into rows and records.
