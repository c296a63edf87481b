//! What a survey, a record, a cell and a layout of slots are.
