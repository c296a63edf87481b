//! Stories that measure time: they have the machine to themselves.
