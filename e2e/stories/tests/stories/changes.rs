//! Replacing, withdrawing, and finding out whether it was counted.

use crate::files::{Files, rows};
use crate::setting::Setting;
use e2e::play::Reporter as Elsewhere;
use stories::pages::Reporter;

/// Everybody else reports, without a browser.
fn others_report(setting: &Setting) {
    let (survey, data) = (&setting.survey, setting.world.servers.data.client());
    for invitation in 1..6 {
        let other = Elsewhere::of(survey, invitation);
        assert!(other.enrol(survey, data).status < 300);
        let pays: Vec<_> = (0..6).map(|i| (i % 2, 4_000_000 + 100 * i as u64)).collect();
        let upload = other.upload(survey, 1, &pays);
        upload.assert_receipt(survey, &upload.send(data).unwrap());
    }
}

fn report(setting: &Setting, files: &Files, count: usize) -> String {
    let reporter = Reporter(&setting.browser);
    reporter.choose(&files.put("pay.csv", rows(count)));
    reporter.check();
    reporter.seal()
}

#[test]
fn what_was_sent_is_replaced_withdrawn_sent_again_and_counted_once() {
    let (setting, files) = (Setting::of_reporter(), Files::new());
    let browser = &setting.browser;
    others_report(&setting);
    Reporter(browser).begin();
    let first = report(&setting, &files, 20);
    browser.press("was-counted");
    assert!(browser.trouble("not-yet").contains("no result yet"));
    browser.press("replace");
    let second = report(&setting, &files, 30);
    assert_ne!(first, second);
    browser.press("withdraw");
    browser.press("confirm-withdraw");
    browser.wait_for("withdrawn");
    browser.reload();
    browser.wait_for("withdrawn");
    browser.press("replace");
    let fourth = report(&setting, &files, 40);
    browser.press("receipt-file");
    let receipt: serde_json::Value = serde_json::from_slice(&browser.saved(".json")).unwrap();
    assert_eq!((&receipt["code"], receipt["version"].as_u64()), (&fourth.into(), Some(4)));
    setting.survey.close_and_release(setting.world.servers.data.client());
    let release = setting.survey.release(setting.world.servers.data.client());
    assert_eq!(release.counted, 6);
    browser.press("was-counted");
    assert_eq!(browser.attribute("counted", "data-counted").as_deref(), Some("yes"));
}

#[test]
fn who_withdrew_is_not_counted() {
    let (setting, files) = (Setting::of_reporter(), Files::new());
    let browser = &setting.browser;
    others_report(&setting);
    Reporter(browser).begin();
    report(&setting, &files, 20);
    browser.press("withdraw");
    browser.press("confirm-withdraw");
    browser.wait_for("withdrawn");
    setting.survey.close_and_release(setting.world.servers.data.client());
    let release = setting.survey.release(setting.world.servers.data.client());
    assert_eq!(release.counted, 5);
}
