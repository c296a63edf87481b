//! The page on which organizers and reporters meet a survey. It shows and asks; it has no rules of its own.
//!
//! It is two programs: [`start`], which comes first and is small, and [`survey()`], which comes while people read a
//! survey's terms or sign in.
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

/// What follows: the way of an organizer who has signed in, to a result, or that of a reporter, from *Begin* to a
/// receipt, as the address says.
pub fn survey() {
    app::show(if route::is_organizers(&route::path()) {
        let body = || html! { <pages::Organizing /> };
        app::AppProps { texts: &texts::ORGANIZER, home: route::ORGANIZE, body }
    } else {
        app::AppProps { texts: &texts::REPORTER, home: "/", body: || html! { <pages::TakePart /> } }
    });
}
