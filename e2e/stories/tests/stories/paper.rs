//! The receipt as it is printed.

use crate::files::{Files, rows};
use crate::setting::Setting;
use serde_json::json;
use stories::pages::Reporter;

#[test]
fn a_printed_receipt_has_what_both_servers_signed_and_no_buttons() {
    let (setting, files) = (Setting::of_reporter(), Files::new());
    let browser = &setting.browser;
    Reporter(browser).begin();
    Reporter(browser).choose(&files.put("pay.csv", rows(12)));
    Reporter(browser).check();
    let code = Reporter(browser).seal();
    for shown in ["replace", "was-counted"] {
        assert!(browser.can_be_seen(shown), "{shown} on the screen");
    }
    browser.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    for hidden in ["replace", "withdraw", "was-counted", "receipt-file", "print"] {
        assert!(browser.is_there(hidden) && !browser.can_be_seen(hidden), "{hidden} on paper");
    }
    let paper = browser.run("return document.body.innerText", &[]);
    let paper = paper.as_str().unwrap();
    let fingerprint = setting.survey.fingerprint().to_string();
    let expected = [
        "A played survey",
        &code,
        "signed by Data server of the tests, in the hour from",
        "signed by Computation server of the tests, in the hour from",
        // The first of the 24 digits that people compare.
        &fingerprint[..4],
    ];
    for part in expected {
        assert!(paper.contains(part), "{part} in {paper}");
    }
    let printed = browser.devtools("Page.printToPDF", json!({ "preferCSSPageSize": true }));
    let bytes =
        base64::Engine::decode(&base64::prelude::BASE64_STANDARD, printed["data"].as_str().unwrap()).unwrap();
    let pages = String::from_utf8_lossy(&bytes).matches("/Type /Page\n").count();
    assert_eq!(pages, 1, "the receipt fits on one sheet");
    // Printing is asked for, once, and not blocked.
    browser.devtools("Emulation.setEmulatedMedia", json!({ "media": "screen" }));
    browser.run("window.printed = 0; window.print = () => { window.printed += 1 }", &[]);
    browser.press("print");
    browser.until("the browser to be asked to print", || {
        (browser.run("return window.printed", &[]) == json!(1)).then_some(())
    });
}
