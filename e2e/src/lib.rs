//! Stories, attacks and faults through the real HTTP interfaces.
