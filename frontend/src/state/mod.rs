//! What has happened so far, as reducers: values in, values out, tested without a browser.

pub(crate) mod columns;
pub(crate) mod own_figures;
pub(crate) mod plan_form;
pub(crate) mod reading;
pub(crate) mod result_tables;
pub(crate) mod schema_form;
mod schema_typed;
pub(crate) mod typed;
pub(crate) mod way;
