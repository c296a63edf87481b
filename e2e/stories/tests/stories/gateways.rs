//! Organizations that forbid pages what this page needs.

use e2e::http::{Answer, Request};
use e2e::play::{Plan, Reporter as Elsewhere};
use protocol::{SurveyStatus, routes};
use std::sync::atomic::{AtomicBool, Ordering};
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

/// A gateway that takes programs of some kinds out of what it lets through.
fn no_sealer(request: &Request, answer: &mut Answer) {
    if request.path.starts_with("/sealer") {
        *answer = Answer { status: 403, headers: Vec::new(), body: Vec::new() };
    }
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

/// Somebody who reads the terms, and sees in place of the button that begins why there is none.
fn learns_that_workers_are_blocked(world: &World) {
    let survey = world.survey(&Plan::inviting(3));
    let browser = Browser::start(&Options::default());
    Reporter(&browser).open(&world.link(&survey, 0));
    let said = browser.trouble("workers-blocked");
    assert!(said.contains("Nothing was sent") && said.contains("Web Workers"), "{said}");
    assert!(browser.text("survey-terms").contains("your invitation is unused"));
    assert!(!browser.is_there("begin"));
    // The same again, on the person's word, ends the same.
    browser.press("retry");
    let _ = browser.trouble("workers-blocked");
    assert!(!browser.is_there("begin"));
    let data = world.servers.data.client();
    let status: SurveyStatus = survey.organizer.send(data, "GET", &survey.route(routes::STATUS), &()).json();
    assert_eq!(status.invitations.len(), 3);
    assert!(status.invitations.iter().all(|invited| !invited.enrolled), "the invitation is unused");
    // So it can be used elsewhere.
    assert!(Elsewhere::of(&survey, 0).enrol(&survey, data).status < 300);
}

#[test]
fn where_workers_are_forbidden_the_page_says_so_before_anybody_begins() {
    learns_that_workers_are_blocked(&World::start_behind(no_workers));
}

#[test]
fn where_the_workers_program_does_not_arrive_the_terms_can_be_read_all_the_same() {
    learns_that_workers_are_blocked(&World::start_behind(no_sealer));
}

/// A gateway that takes out the program that takes part, for a while.
fn no_take_part(request: &Request, answer: &mut Answer) {
    let part = request.path.starts_with("/survey.js") || request.path.starts_with("/survey_bg.wasm");
    if part && MISSING.load(Ordering::Relaxed) {
        *answer = Answer { status: 403, headers: Vec::new(), body: Vec::new() };
    }
}

static MISSING: AtomicBool = AtomicBool::new(true);

#[test]
fn where_the_program_that_takes_part_does_not_arrive_nobody_has_begun_and_it_can_be_tried_again() {
    let world = World::start_behind(no_take_part);
    let survey = world.survey(&Plan::inviting(3));
    let browser = Browser::start(&Options::default());
    Reporter(&browser).open(&world.link(&survey, 0));
    browser.press("begin");
    let said = browser.trouble("program");
    assert!(said.contains("Nothing was lost"), "{said}");
    assert!(browser.is_there("survey-terms") && browser.is_there("begin"), "they can be read still");
    let data = world.servers.data.client();
    let status: SurveyStatus = survey.organizer.send(data, "GET", &survey.route(routes::STATUS), &()).json();
    assert!(status.invitations.iter().all(|invited| !invited.enrolled), "the invitation is unused");
    MISSING.store(false, Ordering::Relaxed);
    browser.press("retry");
    browser.wait_for("file-input");
}

#[test]
fn whoever_has_begun_learns_it_and_goes_on_where_workers_work() {
    static FORBIDDEN: AtomicBool = AtomicBool::new(false);
    let world = World::start_behind(|request, answer| {
        if FORBIDDEN.load(Ordering::Relaxed) {
            no_workers(request, answer);
        }
    });
    let survey = world.survey(&Plan::inviting(3));
    let browser = Browser::start(&Options::default());
    let reporter = Reporter(&browser);
    reporter.open(&world.link(&survey, 0));
    reporter.begin();
    FORBIDDEN.store(true, Ordering::Relaxed);
    browser.reload();
    let _ = browser.trouble("workers-blocked");
    FORBIDDEN.store(false, Ordering::Relaxed);
    browser.reload();
    browser.wait_for("file-input");
}
