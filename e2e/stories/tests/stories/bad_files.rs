//! Every file that the command refuses, in the page: it says what and where, sends nothing, and goes on.

use crate::files::Files;
use crate::setting::{Setting, uploads};
use e2e::bad_files::{BadFile, bad_files, odd_files};
use stories::Browser;
use stories::pages::Reporter;

/// Chooses a file and takes the columns that the page proposes, until it says something about it.
fn refuse(browser: &Browser, bad: &BadFile, files: &Files) -> String {
    browser.choose_file("file-input", &files.put("pay.csv", &bad.content));
    if browser.wait_for_one_of(&["error", "columns-go"]) == "columns-go" {
        browser.press("columns-go");
    }
    match browser.wait_for_one_of(&["error", "totals"]) {
        "error" => {}
        _ => panic!("{} was taken", bad.name),
    }
    let said = [browser.texts("error"), browser.texts("problems")].concat().join("\n");
    assert!(!said.contains("panicked"), "{said}");
    said
}

/// Back to where a file is chosen.
fn start_over(browser: &Browser) {
    if browser.is_there("other-file") {
        browser.press("other-file");
    }
    browser.wait_for("file-input");
}

#[test]
fn every_bad_file_is_refused_in_words_and_a_good_one_is_taken_after_it() {
    let (setting, files) = (Setting::of_reporter(), Files::new());
    let browser = &setting.browser;
    Reporter(browser).begin();
    for bad in bad_files() {
        let said = refuse(browser, &bad, &files);
        for words in bad.says {
            let found = said.to_lowercase().contains(&words.to_lowercase());
            assert!(found, "{}: “{words}” is not in: {said}", bad.name);
        }
        if let Some((row, column)) = bad.cell {
            let cells = browser.texts("problems tbody tr:only-child td");
            assert_eq!(cells[..2], [row.to_string(), column.to_owned()], "{}", bad.name);
            // The page never repeats an amount.
            assert!(!said.contains("45300") && !said.contains("9999"), "{}: {said}", bad.name);
        }
        start_over(browser);
    }
    assert_eq!(uploads(&setting), 0, "nothing was sent");
    Reporter(browser).choose(&files.put("good.csv", &odd_files()[0].1));
    Reporter(browser).check();
}

#[test]
fn odd_files_are_read_in_every_encoding() {
    let (setting, files) = (Setting::of_reporter(), Files::new());
    let reporter = Reporter(&setting.browser);
    reporter.begin();
    for (name, content) in odd_files() {
        reporter.choose(&files.put("pay.csv", content));
        reporter.check();
        let totals = setting.browser.text("totals");
        for figure in ["12", "543,606.00", "600,000.00"] {
            assert!(totals.contains(figure), "{name}: {figure} is not in {totals}");
        }
        setting.browser.press("other-columns");
        setting.browser.press("other-file");
    }
}

#[test]
fn a_file_of_200_megabytes_is_refused_at_once() {
    let (setting, files) = (Setting::of_reporter(), Files::new());
    let browser = &setting.browser;
    Reporter(browser).begin();
    let file = files.put("huge.csv", "sex,salary\n");
    // Zeros that take no room on the disk.
    std::fs::File::options().write(true).open(&file).unwrap().set_len(200 << 20).unwrap();
    browser.choose_file("file-input", &file);
    let said = browser.trouble("file");
    assert!(said.contains("larger than 64 MiB"), "{said}");
    assert!(browser.is_there("file-input"), "another file can be chosen");
    assert_eq!(uploads(&setting), 0);
}
