//! The page on which organizers and reporters meet a survey. It shows and asks; it has no rules of its own.
//!
//! # Map
//! - `app`: the frame around every page; `route`: which page an address is.
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

/// Takes the secret out of the address bar, then shows the page.
pub fn start() {
    let arrival = services::arrival::take();
    yew::Renderer::<app::App>::with_props(app::AppProps { arrival }).render();
}
