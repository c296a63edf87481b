//! Taking part in a browser: carries [`reporter`] across the JavaScript border.
//!
//! Has no rules of its own. What a survey must be, what is encrypted and how, what a receipt is worth: all of
//! that is decided in `reporter` and below.
//!
//! # Map
//! - [`check_survey`]: fetches what anybody may fetch and has it checked.
//! - [`Pool`]: Web Workers that encrypt; [`serve`] is what runs inside one of them. They exchange the
//!   messages of `wire`; who gets which job is decided in `dispatch`, without a browser.
//! - [`Server`]: one method for each message that reporters and organizers send.
//! - [`randomness`]: the browser's.
//! - `javascript`: the interface for plain JavaScript, described in this folder's README.

mod check;
mod dispatch;
mod failure;
mod fetch;
mod hand;
#[cfg(feature = "javascript")]
pub mod javascript;
mod pool;
pub mod randomness;
mod server;
mod wire;
mod worker;

pub use check::{CheckFailure, check_survey};
pub use dispatch::Progress;
pub use failure::ServerFailure;
pub use pool::{Pool, SealingFailure, usual_workers};
pub use server::Server;
pub use worker::serve;
