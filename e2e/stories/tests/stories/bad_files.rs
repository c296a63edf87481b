//! Every file that the command refuses, in the page: it says what and where, sends nothing, and goes on.

use crate::files::Files;
use crate::setting::{Setting, uploads};
use e2e::bad_files::{BadFile, bad_files, bad_for_a_survey, odd_files};
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
    for bad in [bad_files(), bad_for_a_survey()].concat() {
        let said = refuse(browser, &bad, &files);
        for words in bad.says {
            let found = said.to_lowercase().contains(&words.to_lowercase());
            assert!(found, "{}: “{words}” is not in: {said}", bad.name);
        }
        if let Some((row, column)) = bad.cell {
            let cells = browser.texts("problems tbody tr:only-child td");
            assert_eq!(cells[..2], [row.to_string(), column.to_owned()], "{}", bad.name);
            // The page never repeats an amount.
            assert!(
                !["45300", "9999", "45.300", "4.53"].iter().any(|pay| said.contains(pay)),
                "{}: {said}",
                bad.name
            );
        }
        start_over(browser);
    }
    assert_eq!(uploads(&setting), 0, "nothing was sent");
    Reporter(browser).choose(&files.put("good.csv", &odd_files()[0].1));
    Reporter(browser).check();
}

/// Rows 2 to 7 of a file, three of them wrong, one in both cells: what is wrong where, as the page lists it.
const SPOILT: &str = "sex,salary\nFemale,45300\nMale,much\n,-1\nMale,52300\nFemale,=A1\nFemale,50000\n";

/// Waits for the list of what must be mended, and compares where and what.
fn assert_listed(browser: &Browser, first: u32) {
    browser.wait_for("problems");
    let expected = [
        (1, "salary", "not a number"),
        (2, "sex", "there is no category"),
        (2, "salary", "negative"),
        (4, "salary", "formula"),
    ];
    let cells = browser.texts("problems tbody td");
    assert_eq!(cells.len(), 3 * expected.len(), "{cells:?}");
    for (cells, (row, column, what)) in cells.chunks(3).zip(expected) {
        assert_eq!(cells[..2], [(first + row).to_string(), column.to_owned()]);
        assert!(cells[2].contains(what), "{what} in {cells:?}");
    }
    assert!(browser.text("problems").contains("4 cells must be mended"));
}

#[test]
fn every_problem_is_listed_at_once_in_a_dropped_file_in_pasted_and_in_typed_rows() {
    let (setting, files) = (Setting::of_reporter(), Files::new());
    let (browser, reporter) = (&setting.browser, Reporter(&setting.browser));
    reporter.begin();
    browser.drop_file("drop", &files.put("pay.csv", SPOILT));
    browser.press("columns-go");
    assert_listed(browser, 2);
    browser.press("other-file");
    reporter.paste(SPOILT);
    browser.press("columns-go");
    assert_listed(browser, 2);
    browser.press("other-file");
    browser.wait_for("paste");
    assert_eq!(browser.value("paste"), SPOILT, "what was pasted is there to be mended");
    let rows: Vec<(&str, &str)> = SPOILT.lines().skip(1).map(|row| row.split_once(',').unwrap()).collect();
    reporter.type_rows(&rows[..5]);
    browser.press("columns-go");
    assert_listed(browser, 1);
    browser.press("other-file");
    browser.wait_for("type-go");
    let typed = |row: usize| browser.value(&format!("type-rows tbody tr:nth-child({row}) input"));
    assert_eq!([1, 2, 3].map(typed), ["45300", "much", "-1"], "what was typed is there to be mended");
    assert_eq!(uploads(&setting), 0, "nothing was sent");
}

#[test]
fn one_column_for_both_is_refused_and_another_can_be_chosen() {
    let (setting, files) = (Setting::of_reporter(), Files::new());
    let browser = &setting.browser;
    Reporter(browser).begin();
    Reporter(browser).choose(&files.put("pay.csv", &odd_files()[0].1));
    browser.choose("column-compared", "salary");
    browser.press("columns-go");
    let said = browser.trouble("column");
    assert!(said.contains("Choose different columns"), "{said}");
    browser.choose("column-compared", "sex");
    browser.choose("column-measure", "salary");
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
