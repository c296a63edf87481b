//! The computation server: holds the keys, keeps declarations, opens one total per survey.
//!
//! Never learns who a credential is, never receives a ciphertext of one reporter, and has no address at which
//! a caller could have anything decrypted but the one product over the agreed set.
//!
//! # Map
//! [`start`] puts a server with its [`Settings`] on a socket. One folder per noun, the address in `http`, the
//! rule in `service`: [`identity`], `pool`, `drafts`, `surveys`, `orders`, `enrolments`, `declarations`,
//! `withdrawals`, `agreement`, `opening`, `release`. `peer` lets only the data server in where only it may
//! ask. [`store`] is the port to the database; `marks` are the files that outlive it.

mod agreement;
mod at_rest;
pub mod cli;
mod declarations;
mod drafts;
mod enrolments;
mod fault;
pub mod identity;
mod marks;
mod opening;
mod orders;
mod peer;
mod pool;
mod randomness;
mod release;
mod settings;
mod startup;
mod state;
pub mod store;
mod surveys;
mod terminal;
mod withdrawals;

pub use at_rest::{AtRestKey, AtRestRefusal};
pub use settings::{Floors, Settings, StartRefusal};
pub use startup::{RunningServer, start};
