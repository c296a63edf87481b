//! Organizations that forbid pages what this page needs.

use crate::files::{Files, rows};
use e2e::http::{Answer, Request};
use e2e::play::Plan;
use stories::pages::Reporter;
use stories::{Browser, Options, World};

/// A second policy beside the page's own: a browser keeps to both.
fn forbid(answer: &mut Answer, policy: &str) {
    answer.headers.push(("content-security-policy".to_owned(), policy.to_owned()));
}

fn no_programs(_: &Request, answer: &mut Answer) {
    forbid(answer, "script-src 'self' 'unsafe-inline'");
}

fn no_workers(_: &Request, answer: &mut Answer) {
    forbid(answer, "worker-src 'none'");
}

#[test]
fn where_programs_are_forbidden_the_page_says_so_by_itself() {
    let world = World::start_behind(no_programs);
    let survey = world.survey(&Plan::inviting(3));
    let browser = Browser::start(&Options::default());
    browser.open(&world.link(&survey, 0));
    browser.wait_for("unsupported");
    let said = browser.text("unsupported");
    assert!(said.contains("WebAssembly") && said.contains("your invitation is unused"), "{said}");
    assert!(!said.contains("Web Workers"), "only what is missing is named: {said}");
}

#[test]
fn where_webassembly_is_switched_off_the_page_says_so_by_itself() {
    let world = World::shared();
    let survey = world.survey(&Plan::inviting(3));
    let browser = Browser::start(&Options::default().switch("--js-flags=--jitless"));
    browser.open(&world.link(&survey, 0));
    browser.wait_for("unsupported");
    assert!(browser.text("unsupported").contains("WebAssembly"));
}

#[test]
fn where_workers_are_forbidden_nothing_is_sent_and_the_page_says_why() {
    let world = World::start_behind(no_workers);
    let (survey, files) = (world.survey(&Plan::inviting(3)), Files::new());
    let browser = Browser::start(&Options::default());
    let reporter = Reporter(&browser);
    reporter.open(&world.link(&survey, 0));
    reporter.begin();
    browser.choose_file("file-input", &files.put("pay.csv", rows(30)));
    let said = browser.trouble("workers-blocked");
    assert!(said.contains("Nothing was sent") && said.contains("Web Workers"), "{said}");
}
