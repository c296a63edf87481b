//! Surveys: opened once, shown to everybody.

mod admitted;
pub(crate) mod http;
pub(crate) mod service;

pub(crate) use admitted::{Admitted, Survey};
