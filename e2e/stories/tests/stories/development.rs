//! Whoever changes the page sees it with `trunk serve`, and it works with both servers through its own host.

use crate::files::{Files, rows};
use e2e::wire::Proxy;
use stories::development::Development;
use stories::pages::{Organizer, Question, Reporter};
use stories::{Browser, Options};

const WAYS: [&str; 2] = ["/data-server/", "/computation-server/"];

/// Asserts that the page asked both servers, and nobody at all but its own host.
fn assert_asked_its_own_host(browser: &Browser, origin: &str) {
    let asked = "return performance.getEntriesByType('resource').map(entry => entry.name)";
    let asked: Vec<String> = serde_json::from_value(browser.run(asked, &[])).unwrap();
    let elsewhere: Vec<_> = asked.iter().filter(|address| !address.starts_with(origin)).collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
    for way in WAYS {
        let way = format!("{origin}{way}");
        assert!(asked.iter().any(|address| address.starts_with(&way)), "{way} is not among {asked:?}");
    }
}

/// Whether a server was sent this, without the way that leads to it.
fn was_sent(front: &Proxy, line: &str) -> bool {
    front.recorded().windows(line.len()).any(|part| part == line.as_bytes())
}

#[test]
fn a_survey_is_made_and_answered_in_the_page_that_trunk_serves() {
    let (development, files) = (Development::start(), Files::new());
    let desk = Browser::start(&Options::default());
    desk.open(&development.page("/organize"));
    let organizer = Organizer(&desk);
    organizer.sign_in();
    organizer.create(&Question::about_salaries("While the page is being changed"));
    organizer.open_to(&["A".to_owned(), "B".to_owned()]);
    let links = organizer.links();
    let origin = development.page("");
    assert!(links.iter().all(|link| link.starts_with(&format!("{origin}/take-part/"))), "they lead here");
    let reporter = Browser::start(&Options::default());
    assert!(Reporter(&reporter).report(&links[0], &files.put("pay.csv", rows(20))).len() > 10);
    organizer.wait_for_counts([2, 1, 1]);
    for browser in [&desk, &reporter] {
        assert_asked_its_own_host(browser, &origin);
    }
    let servers = &development.servers;
    assert!(was_sent(servers.data.front(), "PUT /v1/surveys/"), "the way's name is taken off");
    for front in [servers.data.front(), servers.computation.front()] {
        assert!(was_sent(front, "GET /v1/") && !WAYS.iter().any(|way| was_sent(front, way)));
    }
    // What is changed comes by itself. In the head: what stands in the body goes when the page's program begins.
    development.change("</head>", "<meta data-test=\"changed\"></head>");
    desk.until("the changed page", || desk.is_there("changed").then_some(()));
}
