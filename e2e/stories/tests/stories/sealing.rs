//! What may happen while pay is being sealed.

use crate::files::{Files, rows};
use crate::setting::{Setting, uploads};
use protocol::OrderKind;
use stories::pages::Reporter;

/// So many rows are being sealed for some seconds, on a slow machine for a minute.
const MANY: usize = 600;

/// Goes as far as the button and presses it.
fn begin_sealing(reporter: &Reporter<'_>, files: &Files) {
    reporter.begin();
    reporter.choose(&files.put("pay.csv", rows(MANY)));
    reporter.check();
    reporter.0.press("seal");
}

#[test]
fn cancelling_sends_nothing_and_keeps_the_file() {
    let (setting, files) = (Setting::of_reporter(), Files::new());
    let (browser, reporter) = (&setting.browser, Reporter(&setting.browser));
    begin_sealing(&reporter, &files);
    let all = format!("of {MANY} salaries sealed");
    browser.until("some salaries to be sealed", || {
        let so_far = browser.texts("progress-text").concat();
        (so_far.ends_with(&all) && !so_far.starts_with("0 ")).then_some(())
    });
    let left = browser.until("the time left", || {
        let left = browser.texts("time-left").concat();
        left.starts_with("About ").then_some(left)
    });
    let number = left.split(' ').nth(1).unwrap();
    let in_time = ["a", "one"].contains(&number)
        || number.parse::<u32>().is_ok_and(|number| (1..=60).contains(&number));
    assert!(in_time && left.ends_with(" left"), "{left}");
    browser.press("cancel");
    let said = browser.trouble("cancelled");
    assert!(said.contains("Nothing was sent"), "{said}");
    assert_eq!(uploads(&setting), 0);
    browser.wait_for("totals");
    reporter.seal();
    assert_eq!(uploads(&setting), 1);
}

#[test]
fn a_survey_closed_while_sealing_takes_nothing_and_says_so() {
    let (setting, files) = (Setting::of_reporter(), Files::new());
    let (browser, reporter) = (&setting.browser, Reporter(&setting.browser));
    begin_sealing(&reporter, &files);
    browser.wait_for("progress");
    let closed = setting.survey.give(setting.world.servers.data.client(), OrderKind::Close {});
    assert_eq!(closed.status, 204);
    let said = reporter.refused("survey-closed");
    assert!(said.contains("closed"), "{said}");
    assert!(!browser.is_there("submitted"));
    // What will never be taken is not tried again and again.
    browser.reload();
    browser.wait_for_one_of(&["error", "survey-terms", "file-input"]);
    assert!(!browser.is_there("submitted"));
}
