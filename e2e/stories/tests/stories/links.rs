//! Links that lead nowhere any more, or never did.

use crate::files::{Files, rows};
use crate::setting::Setting;
use e2e::play::{Plan, Reporter as Elsewhere};
use protocol::{Invitation, InvitationCode};
use stories::evidence::page_storage;
use stories::pages::Reporter;
use stories::{Browser, Options, World};

#[test]
fn a_link_already_enrolled_elsewhere_is_refused_at_begin() {
    let setting = Setting::of_reporter();
    let enrolled =
        Elsewhere::of(&setting.survey, 0).enrol(&setting.survey, setting.world.servers.data.client());
    assert!(enrolled.status < 300);
    setting.browser.press("begin");
    let said = setting.browser.trouble("already-enrolled");
    assert!(said.contains("already"), "{said}");
    assert!(!setting.browser.is_there("file-input"));
}

#[test]
fn the_secret_leaves_the_address_and_stands_in_no_title_history_or_console() {
    let world = World::shared();
    let survey = world.survey(&Plan::inviting(3));
    let link = world.link(&survey, 0);
    let (address, secret) = link.split_once('#').unwrap();
    let browser = Browser::start(&Options::default());
    // As from a message: a link that is typed in, the browser itself remembers as typed.
    browser.run("location.assign(arguments[0])", &[link.as_str().into()]);
    browser.wait_for("survey-terms");
    assert_eq!(browser.address(), address);
    let secret = secret.split('.').next().unwrap();
    // As people see it; what the browser asked for at first it keeps to itself.
    let history = browser.devtools("Page.getNavigationHistory", serde_json::json!({}));
    let history: String =
        history["entries"].as_array().unwrap().iter().map(|e| e["url"].to_string()).collect();
    assert!(history.contains(address));
    let title = browser.run("return document.title", &[]).to_string();
    for (place, text) in [("history", history), ("title", title), ("console", browser.console().concat())] {
        assert!(!text.contains(secret), "the secret is in the {place}: {text}");
    }
    for (place, bytes) in page_storage(&browser) {
        assert!(!String::from_utf8_lossy(&bytes).contains(secret), "the secret is in {place}");
    }
}

#[test]
fn another_link_in_the_same_tab_is_another_invitation() {
    let setting = Setting::of_reporter();
    Reporter(&setting.browser).begin();
    // The address differs in what stands behind # alone: for a browser that is no new page.
    setting.browser.open(&setting.world.link(&setting.survey, 1));
    setting.browser.wait_for("begin");
    assert_eq!(setting.browser.address(), setting.address());
}

/// The same code with one letter of its second group exchanged.
fn mistyped(code: &str) -> String {
    let at = code.char_indices().filter(|(_, c)| c.is_ascii_alphanumeric()).nth(7).unwrap().0;
    let other = if &code[at..=at] == "7" { "8" } else { "7" };
    [&code[..at], other, &code[at + 1..]].concat()
}

#[test]
fn a_link_cut_by_a_mail_program_goes_on_with_the_code_beside_it() {
    let (world, files) = (World::shared(), Files::new());
    let [survey, other] = [0, 1].map(|_| world.survey(&Plan::inviting(3)));
    let link = world.link(&survey, 0);
    let code = |link: &str| InvitationCode::of(&Invitation::parse(link).unwrap()).expose_code();
    let (address, secret) = link.split_once('#').unwrap();
    let browser = Browser::start(&Options::default());
    for cut in [address.to_owned(), format!("{address}#"), format!("{address}#{}", &secret[..40])] {
        browser.open("about:blank");
        browser.open(&cut);
        let said = browser.trouble("link-cut");
        assert!(said.contains("your invitation is unused"), "{said}");
    }
    browser.write("code", &mistyped(&code(&link)));
    browser.press("code-go");
    let said = browser.trouble("code-group");
    assert!(said.contains('2'), "the second group is named: {said}");
    browser.write("code", &code(&world.link(&other, 0)));
    browser.press("code-go");
    let _ = browser.trouble("code-foreign");
    browser.write("code", &code(&link).to_lowercase().replace('-', "  "));
    browser.press("code-go");
    browser.wait_for("survey-terms");
    assert_eq!(browser.address(), address);
    Reporter(&browser).begin();
    // From now on the browser knows the link, as if it had come whole.
    browser.reload();
    browser.wait_for("file-input");
    Reporter(&browser).choose(&files.put("pay.csv", rows(12)));
    Reporter(&browser).check();
    Reporter(&browser).seal();
}
