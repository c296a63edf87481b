//! An organizer's days, good and bad, beside the averages.

use e2e::processes::TOKEN;
use stories::pages::{Organizer, Question};
use stories::{Browser, Options, World};

fn at_desk(world: &World) -> Browser {
    let browser = Browser::start(&Options::default());
    browser.open(&world.page("/organize"));
    Organizer(&browser).sign_in();
    browser
}

#[test]
fn a_wrong_sign_in_is_refused_and_stored_nowhere() {
    let world = World::shared();
    let browser = Browser::start(&Options::default());
    browser.open(&world.page("/organize"));
    Organizer(&browser).sign_in_with("not the sign-in");
    let said = browser.trouble("sign-in-required");
    assert!(said.contains("ign in"), "{said}");
    Organizer(&browser).sign_in();
    for (place, bytes) in stories::evidence::page_storage(&browser) {
        assert!(!String::from_utf8_lossy(&bytes).contains(TOKEN), "the sign-in is in {place}");
    }
}

#[test]
fn an_expired_sign_in_is_asked_for_again_and_what_was_typed_stays() {
    let mut world = World::start();
    let browser = at_desk(&world);
    browser.press("new-survey");
    Organizer(&browser).fill_in(&Question::about_salaries("Typed before the sign-in expired"));
    world.renew_sign_in("a sign-in that is as good for tests only");
    browser.press("create-survey");
    browser.wait_for("sign-in-token");
    Organizer(&browser).sign_in_with("a sign-in that is as good for tests only");
    browser.press("create-survey");
    browser.wait_for("organized-title");
    assert_eq!(browser.text("organized-title"), "Typed before the sign-in expired");
}

#[test]
fn a_survey_goes_on_in_another_browser_with_its_key_file() {
    let world = World::shared();
    let first = at_desk(&world);
    Organizer(&first).create(&Question::about_salaries("Carried over"));
    let key = Organizer(&first).open_to(&["A".to_owned(), "B".to_owned()]);
    let links = Organizer(&first).links();
    first.press("save-key");
    let key_with_links = first.saved(".json");
    assert_ne!(key, key_with_links);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("key.json");
    std::fs::write(&file, key_with_links).unwrap();
    let second = at_desk(&world);
    second.press("import-open");
    second.choose_file("key-file", &file);
    second.wait_for("status-table");
    assert_eq!(Organizer(&second).links(), links);
    assert_eq!(Organizer(&second).counts(), [2, 0, 0]);
}

#[test]
fn every_mistake_in_a_survey_shows_at_its_field_and_costs_no_key() {
    let world = World::shared();
    let browser = at_desk(&world);
    browser.press("new-survey");
    let question = Question {
        title: String::new(),
        reference: "Others".to_owned(),
        maximum: "much".to_owned(),
        ..Question::about_salaries("")
    };
    Organizer(&browser).fill_in(&question);
    browser.press("create-survey");
    assert!(browser.trouble("form").contains('3'));
    for field in ["survey-title", "reference", "maximum"] {
        assert_eq!(browser.attribute(field, "aria-invalid").as_deref(), Some("true"), "{field}");
    }
    assert_eq!(browser.attribute("unit", "aria-invalid").as_deref(), Some("false"));
}
