//! The reporter's pages, from the link to what became of the figures.

use crate::camera::Camera;
use crate::files::{Files, MISTAKEN, departments, people};
use crate::organizing::{Survey, other_ends};
use std::path::Path;
use stories::pages::Reporter;
use stories::{Browser, Options, World};

/// The first reporter sees everything there is to see; the others answer. Brings the first one's browser.
pub(crate) fn whole_way(world: &mut World, camera: &Camera, survey: &Survey) -> Browser {
    let files = Files::new();
    let departments: Vec<String> = departments().into_values().collect();
    let mut contents = survey.links.iter().zip(&departments);
    let (first, content) = contents.next().expect("a reporter");
    let browser = Browser::start(&Options::default());
    with_everything(world, camera, &browser, first, (&files, content));
    let (last, last_content) = contents.next_back().expect("another reporter");
    let begun = Browser::start(&Options::default());
    Reporter(&begun).open(last);
    Reporter(&begun).begin();
    survey.under_way(camera);
    Reporter(&begun).choose(&files.put("pay.csv", last_content));
    Reporter(&begun).check();
    let _ = Reporter(&begun).seal();
    for (link, content) in contents {
        let other = Browser::start(&Options::default());
        Reporter(&other).report(link, &files.put("pay.csv", content));
    }
    let report = |links: &[String]| {
        for link in links {
            let other = Browser::start(&Options::default());
            let mostly_men = format!("sex,salary\n{}Female,50000\n", "Male,50000\n".repeat(6));
            Reporter(&other).report(link, &files.put("pay.csv", &mostly_men));
        }
    };
    other_ends(world, camera, report);
    browser
}

fn with_everything(
    world: &World,
    camera: &Camera,
    browser: &Browser,
    link: &str,
    (files, content): (&Files, &str),
) {
    let reporter = Reporter(browser);
    browser.open(link.split('#').next().unwrap_or_default());
    browser.wait_for("code-entry");
    camera.take(browser, "code");
    browser.write("code", "7K3M9Q-2B4C8D");
    browser.press("code-go");
    let _ = browser.trouble("code-length");
    camera.take(browser, "code-mistyped");
    world.servers.data.pause();
    browser.open(link);
    browser.wait_for("waiting");
    camera.take(browser, "looking");
    world.servers.data.go_on();
    browser.wait_for("survey-terms");
    camera.take(browser, "terms");
    reporter.begin();
    camera.take(browser, "choose");
    browser.press("paste-open");
    browser.press("type-open");
    camera.take(browser, "choose-paste-type");
    let workbook = files.put("pay.xlsx", "PK\u{3}\u{4}[Content_Types].xml xl/workbook.xml");
    browser.choose_file("file-input", &workbook);
    let _ = browser.trouble("file");
    camera.take(browser, "file-refused");
    with_files(camera, browser, files);
    browser.reload();
    reporter.choose(&files.put("pay.csv", content));
    reporter.check();
    reporter.seal();
    camera.take(browser, "receipt");
    camera.take_printed(browser, "receipt");
    with_changes(camera, browser, &files.put("pay.csv", content));
}

/// From a file to sealing, and to sealing that was stopped.
fn with_files(camera: &Camera, browser: &Browser, files: &Files) {
    let reporter = Reporter(browser);
    reporter.choose(&files.put("mistaken.csv", MISTAKEN));
    camera.take(browser, "columns");
    browser.press("columns-go");
    browser.wait_for("problems");
    camera.take(browser, "mistakes");
    browser.press("other-file");
    reporter.choose(&files.put("unusual.csv", &format!("{}Female,500000\nMale,1200\n", people(12))));
    reporter.check();
    browser.wait_for("questions");
    camera.take(browser, "totals-questions");
    browser.reload();
    reporter.choose(&files.put("many.csv", &people(9_900)));
    reporter.check();
    camera.take(browser, "totals");
    // Totals are sealed in a moment, which is too short for pictures.
    browser.run(HOLD_WORKERS, &[]);
    browser.press("seal");
    browser.wait_for("progress");
    camera.take(browser, "sealing");
    browser.press("cancel");
    let _ = browser.trouble("cancelled");
    camera.take(browser, "cancelled");
}

/// No worker hears anything any more, until the page is loaded anew.
const HOLD_WORKERS: &str = "Worker.prototype.postMessage = () => {};";

/// Withdrawing, and reporting once more.
fn with_changes(camera: &Camera, browser: &Browser, file: &Path) {
    let reporter = Reporter(browser);
    browser.press("withdraw");
    browser.wait_for("confirm-withdraw");
    camera.take(browser, "withdraw");
    browser.press("confirm-withdraw");
    browser.wait_for("withdrawn");
    camera.take(browser, "withdrawn");
    browser.press("replace");
    browser.wait_for("file-input");
    camera.take(browser, "choose-replacing");
    reporter.choose(file);
    reporter.check();
    reporter.seal();
    browser.press("was-counted");
    let _ = browser.trouble("not-yet");
    camera.take(browser, "no-result-yet");
}

/// The first reporter looks again, and one comes when all is over.
pub(crate) fn afterwards(camera: &Camera, reporter: &Browser, links: &[String]) {
    reporter.press("was-counted");
    reporter.wait_for("counted");
    camera.take(reporter, "counted");
    let late = Browser::start(&Options::default());
    Reporter(&late).open(&links[0]);
    late.wait_for("survey-closed");
    camera.take(&late, "terms-closed");
}
