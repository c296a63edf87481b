//! Links that lead nowhere any more, or never did.

use crate::setting::Setting;
use e2e::play::{Plan, Reporter as Elsewhere};
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
    Reporter(&browser).open(&link);
    assert_eq!(browser.address(), address);
    let secret = secret.split('.').next().unwrap();
    let history = browser.devtools("Page.getNavigationHistory", serde_json::json!({})).to_string();
    let title = browser.run("return document.title", &[]).to_string();
    for (place, text) in [("history", history), ("title", title), ("console", browser.console().concat())] {
        assert!(!text.contains(secret), "the secret is in the {place}: {text}");
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
