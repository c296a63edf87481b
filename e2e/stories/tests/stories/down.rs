//! Either server is down, at every step: the page says which, offers to try again, and loses nothing.

use crate::files::{Files, rows};
use e2e::play::{Plan, Played, Reporter as Elsewhere};
use e2e::processes::Which;
use stories::pages::{Organizer, Question, Reporter};
use stories::{Browser, Options, World};

/// Which servers a step needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    Data,
    Both,
}

/// One step of somebody's, with a server down that comes back: a step that needs it fails with a way to try
/// again, which succeeds once the server is back; any other succeeds at once. `done` shows by what.
fn stumble(
    world: &mut World,
    browser: &Browser,
    which: Which,
    (needs, done): (Needs, &str),
    press: impl Fn(),
) {
    world.servers.server(which).kill();
    press();
    if which == Which::Computation && needs == Needs::Data {
        browser.wait_for(done);
        return world.servers.server(which).start();
    }
    browser.wait_for("error");
    world.servers.server(which).start();
    let code = browser.attribute("error", "data-code").unwrap();
    assert!(["unreachable", "peer-unavailable"].contains(&code.as_str()), "{which:?} at {done}: {code}");
    let said = browser.text("error");
    assert!(said.contains("again"), "{which:?} at {done}: {said}");
    browser.press("retry");
    browser.wait_until_gone("error");
    browser.wait_for(done);
}

#[test]
fn a_reporter_gets_through_with_either_server_down_at_every_step() {
    let (mut world, files) = (World::start(), Files::new());
    for which in [Which::Data, Which::Computation] {
        let survey = world.survey(&Plan::inviting(3));
        let browser = Browser::start(&Options::default());
        walk(&mut world, &browser, &survey, which, &files);
    }
}

fn walk(world: &mut World, browser: &Browser, survey: &Played, which: Which, files: &Files) {
    let link = world.link(survey, 0);
    stumble(world, browser, which, (Needs::Both, "survey-terms"), || browser.open(&link));
    stumble(world, browser, which, (Needs::Both, "file-input"), || browser.press("begin"));
    Reporter(browser).choose(&files.put("pay.csv", rows(20)));
    Reporter(browser).check();
    stumble(world, browser, which, (Needs::Both, "submitted"), || browser.press("seal"));
    let code = browser.text("receipt-code");
    // What waits to be sent survives a reload, too.
    browser.press("withdraw");
    world.servers.server(which).kill();
    browser.press("confirm-withdraw");
    browser.wait_for("error");
    browser.reload();
    browser.wait_for("error");
    world.servers.server(which).start();
    if browser.is_there("retry") {
        browser.press("retry");
    }
    browser.wait_for("withdrawn");
    assert_ne!(browser.text("receipt-code"), code);
}

#[test]
fn whether_it_was_counted_can_be_asked_again_after_a_server_was_down() {
    let (mut world, files) = (World::start(), Files::new());
    let survey = world.survey(&Plan::inviting(4));
    let data = world.servers.data.client();
    for invitation in 1..4 {
        let other = Elsewhere::of(&survey, invitation);
        assert!(other.enrol(&survey, data).status < 300);
        let pays: Vec<_> = (0..6).map(|i| (i % 2, 4_000_000 + 100 * i as u64)).collect();
        assert!(other.upload(&survey, 1, &pays).send(data).unwrap().status < 300);
    }
    let browser = Browser::start(&Options::default());
    Reporter(&browser).report(&world.link(&survey, 0), &files.put("pay.csv", rows(20)));
    survey.close_and_release(data);
    let _ = survey.release(data);
    stumble(&mut world, &browser, Which::Data, (Needs::Data, "counted"), || browser.press("was-counted"));
    assert_eq!(browser.attribute("counted", "data-counted").as_deref(), Some("yes"));
}

#[test]
fn an_organizer_gets_through_with_either_server_down_at_every_step() {
    let mut world = World::start();
    for which in [Which::Data, Which::Computation] {
        let browser = Browser::start(&Options::default());
        let organizer = Organizer(&browser);
        browser.open(&world.page("/organize"));
        browser.write("sign-in-token", world.sign_in());
        let mut stumble =
            |step, button: &str| stumble(&mut world, &browser, which, step, || browser.press(button));
        stumble((Needs::Data, "new-survey"), "sign-in");
        browser.press("new-survey");
        organizer.fill_in(&Question { min_reporters: 3, ..Question::about_salaries("Stumbling") });
        stumble((Needs::Both, "organized-title"), "create-survey");
        assert_eq!(browser.text("organized-title"), "Stumbling", "what was typed is not lost");
        browser.press("key-saved");
        browser.write("invitees", "A\nB\nC");
        stumble((Needs::Both, "status-table"), "open-survey");
        assert_eq!(organizer.counts(), [3, 0, 0]);
        stumble((Needs::Data, "status-table"), "refresh");
        browser.press("close-survey");
        stumble((Needs::Both, "ended"), "confirm-close");
    }
}
