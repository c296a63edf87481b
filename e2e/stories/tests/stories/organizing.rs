//! An organizer's days, good and bad, beside the averages.

use e2e::processes::TOKEN;
use serde_json::json;
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
fn a_sign_in_that_expires_at_inviting_closing_or_the_result_is_asked_for_there_and_nothing_is_lost() {
    let mut world = World::start();
    let browser = at_desk(&world);
    let organizer = Organizer(&browser);
    organizer.create(&Question { min_reporters: 3, ..Question::about_salaries("Signed in four times") });
    organizer.open_to(&["A".to_owned(), "B".to_owned()]);
    // What is pressed again afterwards, and what shows that it is done.
    browser.press("invite-more");
    browser.write("more-invitees", "C\nD");
    renew_at(&mut world, &browser, "the second sign-in of these tests", "invite-go");
    assert_eq!(browser.value("more-invitees"), "C\nD", "what was typed stays");
    browser.press("invite-go");
    organizer.wait_for_counts([4, 0, 0]);
    assert_eq!(browser.texts("status-table th[scope='row']"), ["A", "B", "C", "D"]);
    assert!(!browser.is_there("error"), "the same again is no mistake: {}", browser.text("error"));
    assert_eq!(organizer.links().len(), 4);
    browser.press("close-survey");
    renew_at(&mut world, &browser, "the third sign-in of these tests", "confirm-close");
    assert!(!browser.is_there("ended"), "it is not closed behind anybody's back");
    browser.press("confirm-close");
    browser.wait_for("ended");
    renew_at(&mut world, &browser, "the fourth sign-in of these tests", "refresh");
    browser.wait_for("ended");
    assert_eq!(browser.text("organized-title"), "Signed in four times");
}

/// The sign-in changes at the server; the press is answered with the form, and the new sign-in typed there.
fn renew_at(world: &mut World, browser: &Browser, sign_in: &str, button: &str) {
    world.renew_sign_in(sign_in);
    browser.press(button);
    let said = browser.trouble("sign-in-required");
    assert!(said.contains("ign in"), "{button}: {said}");
    Organizer(browser).sign_in_with(sign_in);
    browser.wait_until_gone("sign-in-token");
}

#[test]
fn an_organizer_in_two_tabs_invites_and_closes_in_both_without_losing_anybody() {
    let world = World::shared();
    let browser = at_desk(&world);
    let organizer = Organizer(&browser);
    organizer.create(&Question::about_salaries("In two tabs"));
    organizer.open_to(&["A".to_owned()]);
    let (first, address) = (browser.tab(), browser.address());
    let second = browser.new_tab();
    browser.open(&address);
    organizer.sign_in();
    browser.wait_for("status-table");
    for (tab, name) in [(&first, "B"), (&second, "C"), (&first, "D")] {
        browser.go_to(tab);
        // The other tab's order is not known here yet.
        if !browser.can_be_seen("more-invitees") {
            browser.press("invite-more");
        }
        browser.write("more-invitees", name);
        browser.press("invite-go");
        browser.until("the invitation to be taken", || {
            browser.texts("status-table").concat().contains(name).then_some(())
        });
    }
    for tab in [&first, &second] {
        browser.go_to(tab);
        organizer.wait_for_counts([4, 0, 0]);
    }
    let links = organizer.links();
    assert_eq!(links.iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
    browser.go_to(&first);
    assert_eq!(organizer.links(), links, "both tabs know every link");
    organizer.close();
    browser.wait_for("ended");
    browser.go_to(&second);
    organizer.close();
    // Closed already: nothing is done twice, and the same end shows.
    browser.wait_for("ended");
}

#[test]
fn the_closing_date_is_shown_to_the_organizer_and_to_reporters_in_their_own_time() {
    let world = World::shared();
    let browser = Browser::start(&Options::default());
    browser.devtools("Emulation.setTimezoneOverride", json!({ "timezoneId": "Asia/Kolkata" }));
    browser.open(&world.page("/organize"));
    let organizer = Organizer(&browser);
    organizer.sign_in();
    browser.press("new-survey");
    organizer.fill_in(&Question::about_salaries("Closing in the evening"));
    browser.set("closes", "2031-12-23T17:45");
    browser.press("create-survey");
    browser.wait_for("organized-title");
    organizer.open_to(&["A".to_owned()]);
    let here = browser.texts("status-closes").concat();
    for part in ["23 December 2031", "17:45", "GMT+5:30"] {
        assert!(here.contains(part), "{part} in {here}");
    }
    let reporter = Browser::start(&Options::default());
    reporter.devtools("Emulation.setTimezoneOverride", json!({ "timezoneId": "America/New_York" }));
    reporter.open(&organizer.links()[0]);
    reporter.wait_for("survey-terms");
    let terms = reporter.text("survey-terms");
    // 17:45 in India is 12:15 in UTC, and 7:15 in New York.
    for part in ["23 December 2031", "07:15"] {
        assert!(terms.contains(part), "{part} in {terms}");
    }
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

#[test]
fn decimals_and_ranges_that_make_no_survey_are_refused_where_they_stand_or_in_words() {
    let world = World::shared();
    let browser = at_desk(&world);
    browser.press("new-survey");
    Organizer(&browser).fill_in(&Question::about_salaries("Ranges"));
    browser.write("soft-minimum", "100");
    browser.write("soft-maximum", "900000");
    // Field, what is typed into it, and the fields at which something is wrong then.
    let refused: [(&str, &str, &[&str]); 6] = [
        ("decimals", "two", &["decimals"]),
        ("decimals", "-1", &["decimals"]),
        ("minimum", "10.505", &["minimum"]),
        ("minimum", "1000000", &["maximum"]),
        ("maximum", "-5", &["maximum"]),
        ("soft-maximum", "much", &["soft-maximum"]),
    ];
    for (field, typed, wrong) in refused {
        let before = browser.value(field);
        browser.write(field, typed);
        browser.press("create-survey");
        let _ = browser.trouble("form");
        let fields = ["decimals", "minimum", "maximum", "soft-minimum", "soft-maximum"];
        let invalid = |name: &&str| browser.attribute(name, "aria-invalid").as_deref() == Some("true");
        assert_eq!(fields.into_iter().filter(invalid).collect::<Vec<_>>(), wrong, "{typed} as {field}");
        browser.write(field, &before);
    }
    // Each field is right, and together they make no survey.
    for (field, typed, says) in
        [("decimals", "5", "at most 4 decimals"), ("soft-maximum", "2000000", "soft limits")]
    {
        let before = browser.value(field);
        browser.write(field, typed);
        browser.press("create-survey");
        let said = browser.trouble("plan");
        assert!(said.contains(says) && said.contains("no key was used up"), "{typed} as {field}: {said}");
        browser.write(field, &before);
    }
    browser.press("create-survey");
    browser.wait_for("organized-title");
}
