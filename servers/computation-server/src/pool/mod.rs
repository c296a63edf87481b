//! Keys made ahead: searched in the background, sealed, and put into the pool.

mod maker;
mod search;

pub(crate) use maker::{Maker, open_key, seal_key};
