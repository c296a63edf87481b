//! Either server is down, at every step: the page says which, offers to try again, and loses nothing.

use crate::files::{Files, rows};
use e2e::play::{Plan, Played, Reporter as Elsewhere};
use e2e::processes::Which;
use protocol::{Invitation, InvitationCode};
use stories::pages::{Organizer, Question, Reporter};
use stories::{Browser, Options, World};

/// Which servers a step needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    Data,
    Both,
}

/// A step: which servers it needs, what shows that it is done, and what stands in which field until then.
#[derive(Clone, Copy, Debug)]
struct Step<'a>(Needs, &'a str, &'a [(&'a str, &'a str)]);

/// Takes a step with a server down that comes back: a step that needs it fails with a way to try again, which
/// succeeds once the server is back; any other succeeds at once.
fn stumble(world: &mut World, browser: &Browser, which: Which, step: Step<'_>, press: impl Fn()) {
    world.servers.server(which).kill();
    press();
    let Step(needs, done, kept) = step;
    if which == Which::Computation && needs == Needs::Data {
        browser.wait_for(done);
        return world.servers.server(which).start();
    }
    assert_told(world, browser, which, done);
    for (field, value) in kept {
        assert_eq!(browser.value(field), *value, "{which:?} at {done}");
    }
    world.servers.server(which).start();
    browser.press("retry");
    browser.wait_until_gone("error");
    browser.wait_for(done);
}

/// Waits until the page says which server is down, and that the same can be tried again.
fn assert_told(world: &mut World, browser: &Browser, which: Which, step: &str) {
    browser.wait_for("error");
    let (code, said) = (browser.attribute("error", "data-code").unwrap(), browser.text("error"));
    let address = world.servers.server(which).front().address().to_string();
    let named = match (code.as_str(), which) {
        ("unreachable", _) => address,
        // Said by the data server about the other one.
        ("peer-unavailable", Which::Computation) => "cannot reach the computation server".to_owned(),
        _ => panic!("{which:?} at {step}: {code}"),
    };
    assert!(said.contains(&named) && said.contains("again"), "{which:?} at {step}: {said}");
}

#[test]
fn a_reporter_gets_through_with_either_server_down_at_every_step() {
    let (mut world, files) = (World::start(), Files::new());
    for which in [Which::Data, Which::Computation] {
        let survey = world.survey(&Plan { max_employees: 5_000, ..Plan::inviting(3) });
        let browser = Browser::start(&Options::default());
        walk(&mut world, &browser, &survey, which, &files);
    }
}

fn walk(world: &mut World, browser: &Browser, survey: &Played, which: Which, files: &Files) {
    let both = |done| Step(Needs::Both, done, &[]);
    let link = world.link(survey, 0);
    stumble(world, browser, which, both("survey-terms"), || browser.open(&link));
    stumble(world, browser, which, both("file-input"), || browser.press("begin"));
    Reporter(browser).choose(&files.put("pay.csv", rows(400)));
    Reporter(browser).check();
    // While it is being sealed.
    let seal = || {
        browser.press("seal");
        browser.wait_for("progress");
    };
    stumble(world, browser, which, both("submitted"), seal);
    let code = browser.text("receipt-code");
    // What waits to be sent survives a reload, too.
    browser.press("withdraw");
    world.servers.server(which).kill();
    browser.press("confirm-withdraw");
    assert_told(world, browser, which, "withdrawing");
    browser.reload();
    assert_told(world, browser, which, "a reload before withdrawing");
    world.servers.server(which).start();
    if browser.is_there("retry") {
        browser.press("retry");
    }
    browser.wait_for("withdrawn");
    assert_ne!(browser.text("receipt-code"), code);
}

#[test]
fn a_typed_code_and_rows_that_were_pasted_or_typed_survive_a_server_that_is_down() {
    let mut world = World::start();
    for which in [Which::Data, Which::Computation] {
        let survey = world.survey(&Plan::inviting(3));
        let link = world.link(&survey, 0);
        let code = InvitationCode::of(&Invitation::parse(&link).unwrap()).expose_code();
        let browser = Browser::start(&Options::default());
        browser.open(link.split('#').next().unwrap());
        browser.write("code", &code);
        let kept = [("code", code.as_str())];
        stumble(&mut world, &browser, which, Step(Needs::Both, "survey-terms", &kept), || {
            browser.press("code-go")
        });
        Reporter(&browser).begin();
        let pasted = "sex,salary\nFemale,4100.50\nMale,4200\n";
        // Nothing of this needs a server, down or not.
        world.servers.server(which).kill();
        Reporter(&browser).paste(pasted);
        browser.press("other-file");
        assert_eq!(browser.value("paste"), pasted);
        Reporter(&browser).type_rows(&[("Female", "4300.50"), ("Male", "4400"), ("Male", "4500")]);
        browser.wait_for("columns-go");
        Reporter(&browser).check();
        browser.press("seal");
        assert_told(&mut world, &browser, which, "typed rows");
        world.servers.server(which).start();
        browser.press("retry");
        assert!(Reporter(&browser).receipt().len() > 10);
    }
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
    stumble(&mut world, &browser, Which::Data, Step(Needs::Data, "counted", &[]), || {
        browser.press("was-counted")
    });
    assert_eq!(browser.attribute("counted", "data-counted").as_deref(), Some("yes"));
}

#[test]
fn an_organizer_gets_through_with_either_server_down_at_every_step() {
    let mut world = World::start();
    for which in [Which::Data, Which::Computation] {
        let browser = Browser::start(&Options::default());
        let (organizer, desk) = (Organizer(&browser), world.page("/organize"));
        browser.open(&desk);
        browser.write("sign-in-token", world.sign_in());
        let mut stumble = |step: Step<'_>, button: &str| {
            stumble(&mut world, &browser, which, step, || browser.press(button))
        };
        stumble(Step(Needs::Data, "new-survey", &[]), "sign-in");
        browser.press("new-survey");
        organizer.fill_in(&Question { min_reporters: 3, ..Question::about_salaries("Stumbling") });
        let kept = [("survey-title", "Stumbling"), ("categories", "Female\nMale"), ("maximum", "1000000")];
        stumble(Step(Needs::Both, "organized-title", &kept), "create-survey");
        assert_eq!(browser.text("organized-title"), "Stumbling");
        browser.press("key-saved");
        browser.write("invitees", "A\nB\nC");
        stumble(Step(Needs::Both, "status-table", &[("invitees", "A\nB\nC")]), "open-survey");
        assert_eq!(organizer.counts(), [3, 0, 0]);
        stumble(Step(Needs::Data, "status-table", &[]), "refresh");
        browser.press("invite-more");
        browser.write("more-invitees", "D");
        stumble(Step(Needs::Both, "status-table", &[("more-invitees", "D")]), "invite-go");
        organizer.wait_for_counts([4, 0, 0]);
        assert_eq!(browser.texts("status-table th[scope='row']"), ["A", "B", "C", "D"]);
        assert_eq!(organizer.links().len(), 4);
        browser.press("close-survey");
        stumble(Step(Needs::Both, "ended", &[]), "confirm-close");
        browser.open(&desk);
        organizer.sign_in();
        browser.wait_for("survey-link");
        stumble(Step(Needs::Both, "ended", &[]), "survey-link");
        assert_eq!(browser.attribute("ended", "data-reason").as_deref(), Some("too-few-reporters"));
    }
}
