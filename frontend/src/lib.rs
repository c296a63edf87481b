//! The page on which organizers and reporters meet a survey. It shows and asks; it has no rules of its own.
//!
//! It is three programs, each of which is loaded where it is needed: [`start`], [`take_part`], [`organize`].
//!
//! # Map
//! - `app`: the frame around every page; `route`: which of an organizer's pages an address is.
//! - `pages`: one folder for each thing a person comes for.
//! - `components`: what pages are made of; waiting and failing are drawn here, once.
//! - `state`: what has happened so far, as reducers that tests run without a browser.
//! - `services`: everything outside: servers, workers, what the browser keeps, downloads, the clock.
//! - `texts`: every word, from the Fluent files in `i18n`.

mod app;
mod components;
mod pages;
mod route;
mod services;
mod state;
mod texts;

use yew::prelude::*;

/// What this is, and the two ways in, an organizer's sign-in included.
pub fn start() {
    let home = if route::is_organizers(&route::path()) { route::ORGANIZE } else { "/" };
    app::show(app::AppProps { texts: &texts::START, home, body: || html! { <pages::Start /> } });
}

/// The way of a reporter, from an invitation's link to a receipt.
pub fn take_part() {
    app::show(app::AppProps { texts: &texts::REPORTER, home: "/", body: || html! { <pages::TakePart /> } });
}

/// The way of an organizer who has signed in, to a result.
pub fn organize() {
    let body = || html! { <pages::Organizing /> };
    app::show(app::AppProps { texts: &texts::ORGANIZER, home: route::ORGANIZE, body });
}
