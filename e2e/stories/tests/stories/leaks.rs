//! Pay of twelve digits and its sums, typed, pasted and chosen in a browser: none of it leaves, is stored, or is on
//! the console, of the reporter's browser or of the organizer's.

use crate::files::Files;
use crate::left::Left;
use e2e::drawn::Drawn;
use e2e::http::{Answer, Request};
use e2e::leak::{Form, Hit, LeakSearch};
use e2e::play::{Plan, Played, Reporter as Elsewhere};
use serde_json::json;
use stories::pages::{Organizer, Question, Reporter};
use stories::{Browser, Options, World};

/// The least that a sealed submission weighs: two lists of 32 ciphertexts of 512 bytes.
const SUBMISSION: usize = 2 * 32 * 512;

fn drawn_pays(drawn: &mut Drawn, count: usize) -> Vec<u64> {
    (0..count).map(|_| drawn.between(100_000_000_000, 999_999_999_999)).collect()
}

/// Every pay, then what the women and the men of a list are paid together; they take turns in it.
fn with_sums(pays: &[u64]) -> Vec<u64> {
    let sum = |group: usize| pays.iter().skip(group).step_by(2).sum();
    pays.iter().copied().chain([sum(0), sum(1)]).collect()
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

/// An organization's gateway that adds a program to the page, for a worker.
fn planting(request: &Request, answer: &mut Answer) {
    if request.path != "/planted.js" {
        return;
    }
    let program = r"
onmessage = async ({ data: pay }) => {
  await fetch('/config.json?worker=' + pay);
  const done = request => new Promise(yes => { request.onsuccess = () => yes(request.result); });
  const request = indexedDB.open('planted by a worker', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('pays');
  const database = await done(request);
  await done(database.transaction('pays', 'readwrite').objectStore('pays').put(pay, 1));
  database.close();
  postMessage('done');
};";
    answer.status = 200;
    answer.headers.retain(|(name, _)| name != "content-type");
    answer.headers.push(("content-type".to_owned(), "text/javascript".to_owned()));
    answer.body = program.as_bytes().to_vec();
}

#[test]
fn no_pay_leaves_the_browser_and_a_planted_one_is_found_in_each_place() {
    let mut drawn = Drawn::printed("SEALED_PAY_BROWSER_LEAK_SEED");
    let pays = drawn_pays(&mut drawn, 40);
    let search = LeakSearch::of(&with_sums(&pays));
    let (world, files) = (World::start_behind(planting), Files::new());
    let survey = world.survey(&Plan::inviting(3));
    let mut browser = Browser::start(&Options::default().recording_network());
    Reporter(&browser).open(&world.link(&survey, 0));
    Reporter(&browser).begin();
    live(&browser, &files, &pays);
    let left = Left::by(&mut browser);
    assert!(left.bytes_sent > 2 * SUBMISSION, "two submissions are in the log: {} bytes", left.bytes_sent);
    assert_eq!(left.hits(&search), []);
    browser.reopen();
    browser.open(&world.page("/"));
    browser.wait_for("invitation");
    plant(&browser, pays[0]);
    // The last of the list is a sum.
    std::fs::write(browser.profile().join("planted"), written(*with_sums(&pays).last().unwrap())).unwrap();
    let left = Left::by(&mut browser);
    for (what, places) in [("sent", &left.sent), ("stored", &left.stored), ("console", &left.console)] {
        let hits: Vec<_> = places.iter().flat_map(|(place, bytes)| search.hits(place, bytes)).collect();
        assert!(hits.iter().all(|hit| hit.amount == 0 || hit.amount == pays.len() + 1), "{what}: {hits:?}");
        assert_found(what, &hits);
    }
}

/// Wherever a careless program might put it.
fn plant(browser: &Browser, minor: u64) {
    let script = r"
const [pay, grouped] = arguments;
localStorage.setItem('planted', pay);
localStorage.setItem('planted as shown', grouped);
sessionStorage.setItem('planted', pay);
console.log('planted', pay);
const done = request => new Promise(yes => { request.onsuccess = () => yes(request.result); });
const worker = new Worker('/planted.js');
return (async () => {
  await fetch('/config.json?pay=' + pay);
  await fetch('/config.json', { method: 'POST', body: new TextEncoder().encode(BigInt(pay).toString(16)) });
  await fetch('/config.json', { method: 'POST', body: grouped });
  const request = indexedDB.open('planted', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('planted');
  const database = await done(request);
  await done(database.transaction('planted', 'readwrite').objectStore('planted').put(pay, 1));
  database.close();
  await new Promise((yes, no) => { worker.onmessage = yes; worker.onerror = no; worker.postMessage(pay); });
})();
";
    let grouped = String::from_utf8(Form::Grouped.needle(minor)).unwrap();
    browser.run(script, &[json!(minor.to_string()), json!(grouped)]);
}

fn assert_found(what: &str, hits: &[Hit]) {
    let found = |form: Form, part: &str| hits.iter().any(|hit| hit.form == form && hit.place.contains(part));
    let expected: &[(Form, &str)] = match what {
        "sent" => &[
            (Form::Decimal, "log of the network"),
            (Form::Decimal, "sent by socket"),
            (Form::HexLower, "sent by socket"),
            (Form::Grouped, "sent by socket"),
        ],
        "stored" => &[
            (Form::Decimal, "local storage"),
            (Form::Grouped, "local storage"),
            (Form::Decimal, "session storage"),
            (Form::Decimal, "database planted/planted"),
            (Form::Decimal, "database planted by a worker/pays"),
            (Form::Decimal, "Local Storage"),
            (Form::Grouped, "Local Storage"),
            (Form::Decimal, "IndexedDB"),
            (Form::DecimalPoint, "profile/planted"),
        ],
        _ => &[(Form::Decimal, "console")],
    };
    for (form, part) in expected {
        assert!(found(*form, part), "{what}: {form:?} in {part} is not among {hits:?}");
    }
    if what == "sent" {
        let by_worker =
            hits.iter().filter(|hit| hit.form == Form::Decimal && hit.place.contains("sent by socket"));
        assert!(by_worker.count() >= 2, "the page's request and the worker's: {hits:?}");
    }
}

#[test]
fn no_pay_and_no_sum_of_one_reporter_is_in_anything_that_the_organizer_s_browser_leaves() {
    let mut drawn = Drawn::printed("SEALED_PAY_ORGANIZER_LEAK_SEED");
    let world = World::shared();
    let mut browser = Browser::start(&Options::default().recording_network());
    browser.open(&world.page("/organize"));
    Organizer(&browser).sign_in();
    let question = Question {
        maximum: "9999999999.99".to_owned(),
        min_reporters: 3,
        min_employees: 6,
        ..Question::about_salaries("Large pay")
    };
    Organizer(&browser).create(&question);
    Organizer(&browser).open_to(&["A", "B", "C"].map(str::to_owned));
    let data = world.servers.data.client();
    let survey = Played::behind(&Organizer(&browser).links(), data);
    let mut private = Vec::new();
    for invitation in 0..3 {
        let pays = drawn_pays(&mut drawn, 10);
        let records: Vec<_> = pays.iter().enumerate().map(|(at, pay)| (at % 2, *pay)).collect();
        Elsewhere::of(&survey, invitation).take_part(&survey, data, &records);
        private.extend(with_sums(&pays));
    }
    Organizer(&browser).wait_for_counts([3, 3, 3]);
    Organizer(&browser).close();
    let shown = Organizer(&browser).result();
    // What is published is seen by this search: all the women's pay together.
    let women = private.chunks(12).map(|one| one[10]).sum();
    assert!(!LeakSearch::of(&[women]).hits("the file", shown.csv.as_bytes()).is_empty(), "{}", shown.csv);
    let left = Left::by(&mut browser);
    assert!(left.bytes_sent > 0);
    assert_eq!(left.hits(&LeakSearch::of(&private)), []);
}
