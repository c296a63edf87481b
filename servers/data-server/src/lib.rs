//! Keeps submissions, gives receipts, multiplies; cannot decrypt.
