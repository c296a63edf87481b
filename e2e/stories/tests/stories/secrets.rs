//! The link's secret and the keys that are made in the browser: what may be kept of them is sealed under a key that
//! the page cannot read, and nothing else holds them, not a file of the browser's profile either.

use crate::files::{Files, rows};
use crate::left::Left;
use e2e::play::Plan;
use e2e::secrets::{Found, SecretSearch, Written};
use protocol::{Invitation, InvitationCode};
use serde_json::json;
use std::collections::BTreeSet;
use stories::evidence::{Safe, SafeKey};
use stories::pages::{Organizer, Question, Reporter};
use stories::{Browser, Options, World};

/// The bytes behind # that enrol somebody.
fn secret_of(link: &str) -> Vec<u8> {
    let digits = link.split_once('#').unwrap().1.split('.').next().unwrap();
    protocol::Hex::<16>::parse(digits).unwrap().0.to_vec()
}

/// The seed of the key that this secret makes.
fn invitation_seed(link: &str) -> Vec<u8> {
    let link = Invitation::parse(link).unwrap();
    link.secret.derive_key(&link.survey).expose_seed().to_vec()
}

/// There is one key, which does nothing but seal and open, and which the page cannot read.
fn assert_key_stays_inside(safe: &Safe) {
    assert_eq!(safe.stores, ["sealed-pay/entries", "sealed-pay/keys"]);
    assert_eq!(safe.foreign, Vec::<String>::new(), "everything is sealed under its own name");
    let usages = ["decrypt", "encrypt"].map(str::to_owned).to_vec();
    let key = SafeKey { algorithm: "AES-GCM 256".to_owned(), extractable: false, extracted: false, usages };
    assert_eq!(safe.keys.values().collect::<Vec<_>>(), [&key]);
}

/// Where a browser itself writes addresses that were opened, as they were at first; pages have no say in that. The
/// log is one that only tests have it write.
fn is_list_of_addresses(place: &str) -> bool {
    const LISTS: [&str; 3] = ["/Default/History", "/Default/Favicons", "/segmentation_platform/ukm_db"];
    place == "the log of the network"
        || place.contains("/Default/Sessions/")
        || LISTS
            .iter()
            .any(|list| ["", "-journal", "-wal"].iter().any(|end| place.ends_with(&format!("{list}{end}"))))
}

fn places(found: &[Found]) -> BTreeSet<&str> {
    found.iter().map(|found| found.place.as_str()).collect()
}

#[test]
fn a_link_s_secret_and_a_reporter_s_key_are_nowhere_but_in_the_safe_and_the_browser_s_list_of_addresses() {
    let (world, files) = (World::shared(), Files::new());
    let survey = world.survey(&Plan::inviting(3));
    let link = world.link(&survey, 0);
    let mut browser = Browser::start(&Options::default().recording_network());
    browser.open(&world.page("/"));
    // As from a message: a link that is typed in, the browser remembers as typed.
    browser.run("location.assign(arguments[0])", &[link.as_str().into()]);
    browser.wait_for("survey-terms");
    Reporter(&browser).begin();
    Reporter(&browser).choose(&files.put("pay.csv", rows(12)));
    Reporter(&browser).check();
    Reporter(&browser).seal();
    browser.press("receipt-file");
    let receipt = browser.saved(".json");
    let safe = Safe::open(&browser);
    assert_key_stays_inside(&safe);
    let expected = [format!("invitation/{}", survey.id()), format!("reporter/{}/", survey.id())];
    assert_eq!(safe.names().len(), expected.len(), "{:?}", safe.names());
    assert!(safe.names().iter().zip(&expected).all(|(name, expected)| name.starts_with(expected)));
    let kept: String = serde_json::from_slice(&safe.entry("invitation/")).unwrap();
    assert_eq!(kept, link, "a reload finds it here");
    let [secret, invitation] = [secret_of(&link), invitation_seed(&link)];
    let keys =
        [("reporter's key", safe.secret("reporter/", "reporter_seed")), ("invitation's key", invitation)];
    let [of_link, of_keys] = [SecretSearch::of(&[("link", secret)]), SecretSearch::of(&keys)];
    for search in [&of_link, &of_keys] {
        assert_eq!(search.found("the receipt", &receipt), []);
    }
    let left = Left::by(&mut browser);
    assert_eq!(left.secrets(&of_keys), []);
    let of_link = left.secrets(&of_link);
    println!("the link's secret is in {:?}", places(&of_link));
    assert!(places(&of_link).iter().all(|place| is_list_of_addresses(place)), "{of_link:?}");
}

#[test]
fn a_typed_code_leaves_no_trace_in_any_file_of_the_profile() {
    let world = World::shared();
    let survey = world.survey(&Plan::inviting(3));
    let link = world.link(&survey, 0);
    let code = InvitationCode::of(&Invitation::parse(&link).unwrap()).expose_code();
    let mut browser = Browser::start(&Options::default().recording_network());
    browser.open(link.split('#').next().unwrap());
    browser.write("code", &code);
    browser.press("code-go");
    browser.wait_for("survey-terms");
    Reporter(&browser).begin();
    assert_key_stays_inside(&Safe::open(&browser));
    let search =
        SecretSearch::of(&[("link", secret_of(&link)), ("invitation's key", invitation_seed(&link))]);
    let left = Left::by(&mut browser);
    assert_eq!(left.secrets(&search), []);
    let typed = |bytes: &[u8]| bytes.windows(code.len()).any(|part| part == code.as_bytes());
    let all = [&left.sent, &left.stored, &left.console].into_iter().flatten();
    assert_eq!(all.filter(|(_, bytes)| typed(bytes)).count(), 0);
}

#[test]
fn an_organizer_s_key_and_links_are_nowhere_but_in_the_safe_and_the_saved_file() {
    let world = World::shared();
    let mut browser = Browser::start(&Options::default().recording_network());
    browser.open(&world.page("/organize"));
    Organizer(&browser).sign_in();
    Organizer(&browser).create(&Question::about_salaries("Kept"));
    let file = Organizer(&browser).open_to(&["A".to_owned(), "B".to_owned()]);
    let link = Organizer(&browser).links().remove(0);
    let safe = Safe::open(&browser);
    assert_key_stays_inside(&safe);
    assert_eq!(safe.names().len(), 1, "{:?}", safe.names());
    let key = safe.secret("organizer/", "organizer_seed");
    let secrets = [
        ("organizer's key", key),
        ("link", secret_of(&link)),
        ("sign-in", world.sign_in().as_bytes().to_vec()),
    ];
    let search = SecretSearch::of(&secrets);
    assert!(!search.found("the key's file", &file).is_empty(), "the search knows the key");
    let mut left = Left::by(&mut browser);
    // Who signs in tells the data server so, and nobody stores it.
    let at_server = |found: &Found| found.secret == "sign-in";
    let sent = std::mem::take(&mut left.sent);
    let sent: Vec<_> = sent.iter().flat_map(|(place, bytes)| search.found(place, bytes)).collect();
    assert!(sent.iter().any(at_server) && sent.iter().all(at_server), "{sent:?}");
    assert_eq!(left.secrets(&search), []);
}

#[test]
fn a_planted_secret_is_found_in_each_place() {
    let world = World::shared();
    let mut browser = Browser::start(&Options::default().recording_network());
    browser.open(&world.page("/"));
    browser.wait_for("invitation");
    let secret: Vec<u8> = (0..32).map(|at| 7 * at + 3).collect();
    let script = r"
const bytes = Uint8Array.from(arguments[0]);
const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
const base64 = btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
localStorage.setItem('planted', hex);
console.log(base64.replaceAll('+', '-').replaceAll('/', '_'));
const done = request => new Promise(yes => { request.onsuccess = () => yes(request.result); });
return (async () => {
  await fetch('/config.json', { method: 'POST', body: bytes });
  const request = indexedDB.open('planted', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('planted');
  const database = await done(request);
  await done(database.transaction('planted', 'readwrite').objectStore('planted').put(bytes, 1));
  database.close();
})();
";
    browser.run(script, &[json!(secret)]);
    let search = SecretSearch::of(&[("planted", secret.clone())]);
    let file = browser.profile().join("planted");
    let left = {
        // Written behind the browser's back, as by another program.
        std::fs::write(&file, Written::Base64(0).needle(&secret)).unwrap();
        Left::by(&mut browser)
    };
    let found = left.secrets(&search);
    let expected = [
        (Written::Raw, "sent by socket"),
        (Written::HexLower, "local storage"),
        (Written::HexLower, "Local Storage"),
        (Written::Raw, "database planted"),
        (Written::Raw, "IndexedDB"),
        (Written::Base64(0), "profile/planted"),
        (Written::Base64Url(0), "the console"),
    ];
    for (written, part) in expected {
        let there = found.iter().any(|found| found.written == written && found.place.contains(part));
        assert!(there, "{written:?} in {part} is not among {found:?}");
    }
}
