//! What people do in the page, told in a real browser against both real servers.
//!
//! The stories stand in `tests/`; this library is what they are told with, and what pictures of the page are
//! taken with.
//!
//! # Map
//! - [`World`]: both servers and the server of the built page, each a process of its own, on free ports.
//!   [`World::shared`] is one for many stories, [`World::start`] one that a story may hurt.
//! - [`development`]: the servers and `trunk serve`, as whoever changes the page has them.
//! - [`Browser`]: a headless Chromium with a fresh profile. It finds things by `data-test` and by nothing else,
//!   and waits for what it needs; what does not come in time fails with its name, a picture and the page's text.
//! - [`pages`]: what organizers and reporters do, as deeds.
//! - [`Keyboard`]: the same without a mouse, and where the focus is.
//! - [`evidence`]: what a browser sent, stored and wrote on its console, to be searched.
//!
//! # Example
//! ```no_run
//! use stories::{Browser, Options, Scheme, World, pages};
//! let world = World::shared();
//! let browser = Browser::start(&Options::sized(360, 800).scheme(Scheme::Dark));
//! browser.open(&world.page("/organize"));
//! pages::Organizer(&browser).sign_in();
//! browser.picture(std::path::Path::new("organize-360-dark.png"));
//! ```
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "a test's tools fail loudly"
)]

mod axe;
mod browser;
mod chromium;
pub mod development;
pub mod evidence;
mod failure;
mod finding;
mod keyboard;
pub mod long_tasks;
pub mod machine;
mod options;
mod page_server;
pub mod pages;
mod tabs;
mod waiting;
mod world;

pub use axe::Violation;
pub use browser::Browser;
pub use keyboard::Keyboard;
pub use options::{Options, Scheme};
pub use tabs::Tab;
pub use thirtyfour::Key;
pub use world::World;

/// A number as the page shows it to people: `1,234,567.80`.
#[must_use]
pub fn shown(decimal: &str) -> String {
    let (whole, decimals) = decimal.split_once('.').expect("a decimal number");
    let groups = whole.as_bytes().rchunks(3).map(|digits| std::str::from_utf8(digits).expect("digits"));
    let groups: Vec<&str> = groups.rev().collect();
    format!("{}.{decimals}", groups.join(","))
}
