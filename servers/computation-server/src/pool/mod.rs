//! Keys made ahead: searched in the background, sealed, and put into the pool.

mod maker;
mod search;

pub(crate) use maker::{Maker, Pool, open_key};
