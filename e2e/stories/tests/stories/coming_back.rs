//! Reloads, closed tabs, closed browsers, two tabs: whoever comes back goes on where it was.

use crate::files::{Files, rows};
use crate::setting::{Setting, uploads};
use stories::pages::Reporter;

#[test]
fn a_reload_at_every_step_loses_nothing_that_was_done() {
    let (setting, files) = (Setting::of_reporter(), Files::new());
    let (browser, reporter) = (&setting.browser, Reporter(&setting.browser));
    assert_eq!(browser.address(), setting.address(), "the secret has left the address");
    browser.reload();
    browser.wait_for("survey-terms");
    reporter.begin();
    browser.reload();
    // The invitation stays this browser's: no second Begin.
    browser.wait_for("file-input");
    reporter.choose(&files.put("pay.csv", rows(40)));
    reporter.check();
    browser.reload();
    // The file was not kept, as the page promised. Nothing was sent.
    browser.wait_for("file-input");
    assert_eq!(uploads(&setting), 0);
    reporter.choose(&files.put("pay.csv", rows(40)));
    reporter.check();
    let code = reporter.seal();
    browser.reload();
    assert_eq!(reporter.receipt(), code);
}

#[test]
fn a_tab_closed_while_sealing_and_a_browser_closed_afterwards_come_back() {
    let (mut setting, files) = (Setting::of_reporter(), Files::new());
    let (address, browser) = (setting.address(), &mut setting.browser);
    Reporter(browser).begin();
    Reporter(browser).choose(&files.put("pay.csv", rows(1_500)));
    Reporter(browser).check();
    browser.press("seal");
    browser.wait_for("progress");
    let (old, new) = (browser.tab(), browser.new_tab());
    browser.go_to(&old);
    browser.close_tab(&new);
    browser.open(&address);
    browser.wait_for("file-input");
    Reporter(browser).choose(&files.put("pay.csv", rows(30)));
    Reporter(browser).check();
    let code = Reporter(browser).seal();
    browser.reopen();
    browser.open(&address);
    assert_eq!(Reporter(browser).receipt(), code);
    assert_eq!(uploads(&setting), 1);
}

#[test]
fn a_second_tab_stops_until_the_first_is_closed() {
    let setting = Setting::of_reporter();
    let browser = &setting.browser;
    Reporter(browser).begin();
    let (first, second) = (browser.tab(), browser.new_tab());
    browser.open(&setting.address());
    let said = browser.trouble("other-tab");
    assert!(said.contains("another tab"), "{said}");
    assert!(!browser.is_there("file-input") && !browser.is_there("begin"));
    browser.go_to(&first);
    browser.close_tab(&second);
    browser.press("retry");
    browser.wait_for("file-input");
}
