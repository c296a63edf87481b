//! Both servers in one process, on free ports, with folders that are thrown away; and a survey played through
//! them, over HTTP, as real organizers and reporters do it.
//!
//! For the command, for tests across rooms, and for measuring. Nothing here is a party of its own: the play
//! uses the same state machines and the same client as everybody else.
//!
//! # Map
//! [`Rehearsal::start`] makes a key and starts the servers; [`Rehearsal::play`] runs a [`Play`] to its
//! [`Played`] end. [`seal_all`] encrypts on all cores. Progress comes as [`Step`]s.

mod error;
mod key;
mod places;
mod play;
mod randomness;
mod release;
mod seal;
mod servers;
mod step;
mod taking_part;

pub use error::RehearsalError;
pub use key::generate_key;
pub use play::{Play, Played, deal};
pub use seal::seal_all;
pub use servers::{Options, Rehearsal};
pub use step::{Progress, Step, silent};
