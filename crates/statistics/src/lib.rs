//! What totals say, and which of it may be published.
