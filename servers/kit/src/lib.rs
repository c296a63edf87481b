//! What every server needs: problem answers, telemetry, limits, start and
//! graceful stop, a clock, private files, places to die in tests.
//!
//! Knows HTTP, the protocol's table of problems, files and signals. Knows no cryptography, no SQL and no survey.
//!
//! # Map
//! [`serve`] puts a server on a socket with everything in this crate around it;
//! [`Settings`] says with which limits. Handlers answer errors with [`Refusal`].
//! What is logged is decided in [`logging`] and nowhere else.

mod body;
mod clock;
mod cors;
pub mod data_folder;
#[doc(hidden)]
pub mod fail;
mod headers;
mod health;
mod intake;
pub mod logging;
pub mod private_file;
mod problem;
mod rate;
mod refusal;
mod server;
mod settings;
mod shutdown;

pub use clock::{Clock, FixedClock, SystemClock};
pub use logging::{LogTarget, init_logging};
pub use refusal::Refusal;
pub use server::{Running, serve};
pub use settings::{RateLimit, Settings};
pub use shutdown::shutdown_signal;
