//! Taking part in a browser: carries [`reporter`] across the JavaScript border.
//!
//! Has no rules of its own. What a survey must be, what is encrypted and how, what a receipt is worth: all of
//! that is decided in `reporter` and below.
//!
//! # Map
//! - [`check_survey`]: fetches what anybody may fetch and checks it; [`look_at_survey`] and [`prove_survey`]: the
//!   same in two steps, the first quick, the second in a worker; [`Shown`], [`find_out`] and [`prove_by`]: the same
//!   for a page of two programs, of which one shows the survey and the other takes part; [`complete_link`] for
//!   links whose end was cut off.
//! - [`OpenPayFile`], [`read_pay_file`], [`prepare`]: what else would keep a page from answering, done by a
//!   worker beside it (`aside`), which gets the messages of `errand` and does what `clerk` says.
//! - [`Pool`]: Web Workers that encrypt; [`serve`] is what runs inside one of them. They exchange the
//!   messages of `wire`; who gets which job is decided in `dispatch`, and how long a worker may be silent in
//!   `patience`, without a browser.
//! - `hand` encrypts and makes noise ahead, with `wide`, a faster module, where the browser takes it.
//! - [`Server`]: one method for each message that reporters and organizers send; [`go_through`]: other ways to
//!   the same servers, for development.
//! - [`randomness`]: the browser's.
//! - `javascript`: the interface for plain JavaScript, described in this folder's README.

mod aside;
mod check;
mod clerk;
mod dispatch;
mod errand;
mod failure;
mod fetch;
mod hand;
#[cfg(feature = "javascript")]
pub mod javascript;
mod member;
mod open_pay_file;
mod patience;
mod pool;
mod prepare;
mod proxies;
pub mod randomness;
mod server;
mod shown;
mod turns;
mod wide;
mod wire;
mod worker;

pub use check::{
    CheckFailure, KeyFailure, check_survey, check_survey_in_worker, complete_link, find_out, look_at_survey,
    prove_by, prove_survey, verify_key_in_worker,
};
pub use dispatch::Progress;
pub use failure::ServerFailure;
pub use open_pay_file::{OpenPayFile, PayFileFailure, read_pay_file};
pub use pool::{Pool, SealingFailure, usual_workers};
pub use prepare::{PrepareFailure, Prepared, Sealed, prepare};
pub use proxies::{Proxy, go_through};
pub use server::Server;
pub use shown::Shown;
pub use worker::serve;
