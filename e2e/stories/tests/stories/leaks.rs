//! Pay of twelve digits, typed, pasted and chosen in a browser: none of it leaves, is stored, or is on the console.

use crate::files::Files;
use e2e::drawn::Drawn;
use e2e::leak::{Form, Hit, LeakSearch};
use e2e::play::Plan;
use serde_json::json;
use stories::evidence::{NetLog, Place, files_below, page_storage};
use stories::pages::Reporter;
use stories::{Browser, Options, World};

/// The least that a sealed submission weighs: two lists of 32 ciphertexts of 512 bytes.
const SUBMISSION: usize = 2 * 32 * 512;

/// What a browser left behind.
struct Left {
    bytes_sent: usize,
    sent: Vec<Place>,
    stored: Vec<Place>,
    console: Vec<Place>,
}

/// Closes the browser and gathers what it left, page storage and console first.
fn leave(browser: &mut Browser) -> Left {
    let console = vec![("the console".to_owned(), browser.console().join("\n").into_bytes())];
    let mut stored = page_storage(browser);
    browser.close();
    stored.extend(files_below(&browser.profile()));
    stored.extend(files_below(&browser.downloads()));
    let log = NetLog::read(&browser.net_log());
    Left { bytes_sent: log.bytes_sent(), sent: log.places(), stored, console }
}

impl Left {
    fn hits(&self, search: &LeakSearch) -> Vec<Hit> {
        let all = [&self.sent, &self.stored, &self.console].into_iter().flatten();
        all.flat_map(|(place, bytes)| search.hits(place, bytes)).collect()
    }
}

/// 1234567890.12
fn written(minor: u64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}

fn csv(pays: &[u64]) -> String {
    let row = |(at, minor): (usize, &u64)| format!("{},{}\n", ["Female", "Male"][at % 2], written(*minor));
    format!("sex,salary\n{}", pays.iter().enumerate().map(row).collect::<String>())
}

/// Everything a reporter may do with pay.
fn live(browser: &Browser, files: &Files, pays: &[u64]) {
    let reporter = Reporter(browser);
    // A file in which a row must be mended, and its pay is in the wrong cell.
    let spoilt = csv(pays).replacen("Female,", "Female,x", 1);
    reporter.choose(&files.put("spoilt.csv", spoilt));
    browser.press("columns-go");
    browser.wait_for("problems");
    browser.press("other-file");
    // One that is good, and is thought better of while it is sealed.
    reporter.choose(&files.put("good.csv", csv(pays)));
    reporter.check();
    reporter.seal();
    browser.press("receipt-file");
    let _ = browser.text("receipt-code");
    browser.press("replace");
    reporter.paste(&csv(pays));
    browser.wait_for("columns-go");
    reporter.check();
    reporter.seal();
    browser.press("replace");
    reporter.type_rows(&[("Female", &written(pays[0])), ("Male", &written(pays[1]))]);
    browser.wait_for("columns-go");
    reporter.check();
    // Left in the middle, with everything on the screen.
    browser.reload();
    browser.wait_for_one_of(&["submitted", "file-input"]);
}

#[test]
fn no_pay_leaves_the_browser_and_a_planted_one_is_found_in_each_place() {
    let mut drawn = Drawn::printed("SEALED_PAY_BROWSER_LEAK_SEED");
    let pays: Vec<u64> = (0..40).map(|_| drawn.between(100_000_000_000, 999_999_999_999)).collect();
    let search = LeakSearch::of(&pays);
    let (world, files) = (World::shared(), Files::new());
    let survey = world.survey(&Plan::inviting(3));
    let mut browser = Browser::start(&Options::default().recording_network());
    Reporter(&browser).open(&world.link(&survey, 0));
    Reporter(&browser).begin();
    live(&browser, &files, &pays);
    let left = leave(&mut browser);
    assert!(left.bytes_sent > 2 * SUBMISSION, "two submissions are in the log: {} bytes", left.bytes_sent);
    assert_eq!(left.hits(&search), []);
    browser.reopen();
    browser.open(&world.page("/"));
    browser.wait_for("invitation");
    plant(&browser, pays[0]);
    let left = leave(&mut browser);
    for (what, places) in [("sent", &left.sent), ("stored", &left.stored), ("console", &left.console)] {
        let hits: Vec<_> = places.iter().flat_map(|(place, bytes)| search.hits(place, bytes)).collect();
        assert!(!hits.is_empty() && hits.iter().all(|hit| hit.amount == 0), "planted and not found: {what}");
        assert_found(what, &hits);
    }
}

/// Wherever a careless program might put it.
fn plant(browser: &Browser, minor: u64) {
    let script = r"
const [pay, data] = arguments;
localStorage.setItem('planted', pay);
sessionStorage.setItem('planted', pay);
console.log('planted', pay);
const done = request => new Promise(yes => { request.onsuccess = () => yes(request.result); });
return (async () => {
  await fetch('/config.json?pay=' + pay);
  await fetch('/config.json', { method: 'POST', body: new TextEncoder().encode(BigInt(pay).toString(16)) });
  const request = indexedDB.open('planted', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('planted');
  const database = await done(request);
  await done(database.transaction('planted', 'readwrite').objectStore('planted').put(pay, 1));
  database.close();
})();
";
    browser.run(script, &[json!(minor.to_string())]);
}

fn assert_found(what: &str, hits: &[Hit]) {
    let found = |form: Form, part: &str| hits.iter().any(|hit| hit.form == form && hit.place.contains(part));
    let expected: &[(Form, &str)] = match what {
        "sent" => &[
            (Form::Decimal, "log of the network"),
            (Form::Decimal, "sent by socket"),
            (Form::HexLower, "sent by socket"),
        ],
        "stored" => &[
            (Form::Decimal, "local storage"),
            (Form::Decimal, "session storage"),
            (Form::Decimal, "database planted"),
            (Form::Decimal, "Local Storage"),
            (Form::Decimal, "IndexedDB"),
        ],
        _ => &[(Form::Decimal, "console")],
    };
    for (form, part) in expected {
        assert!(found(*form, part), "{what}: {form:?} in {part} is not among {hits:?}");
    }
}
