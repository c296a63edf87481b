//! Leads one reporter from records to receipt, without I/O.
