//! Makes bundles with every key at hand: good ones, and ones that are wrong in one way and signed all the same.
#![allow(dead_code, unused_imports, reason = "each test file uses a part")]

pub(crate) mod bend;
pub(crate) mod cases;
mod cases_release;
mod cases_set;
mod cases_survey;
pub(crate) mod forge;
mod lies;
pub(crate) mod surveys;

pub(crate) use bend::Bend;
pub(crate) use forge::{Forge, server_keys};
pub(crate) use surveys::{broken_down, plain, two_tables};

use protocol::SigningKey;

pub(crate) fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(&[seed; 32])
}

pub(crate) fn data_server() -> SigningKey {
    key(1)
}

pub(crate) fn computation_server() -> SigningKey {
    key(2)
}

pub(crate) fn organizer() -> SigningKey {
    key(3)
}
