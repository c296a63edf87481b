//! Leads an organizer from draft to release, without I/O.
