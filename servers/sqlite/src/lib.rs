//! SQLite with a single writer and group commit.
