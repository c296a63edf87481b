//! A whole survey with amounts of twelve digits: none of them stands anywhere outside its reporter.
//!
//! Searched are all bytes on all wires, both data folders with their databases, both folders of marks, logs,
//! and everything that both processes printed.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail loudly, and so do their helpers"
)]

use e2e::drawn::Drawn;
use e2e::http::Client;
use e2e::leak::{Form, Hit, LeakSearch};
use e2e::play::{Organizer, Plan, Played, Reporter};
use e2e::processes::{Pair, ServerProcess, TOKEN};
use protocol::OrderKind;
use std::io::Write;

const REPORTERS: usize = 4;

/// A woman and a man more than at the reporter before, all amounts of twelve digits.
fn draw_pays(drawn: &mut Drawn) -> Vec<Vec<(usize, u64)>> {
    let mut amount = || drawn.between(100_000_000_000, 999_999_999_999);
    (0..REPORTERS).map(|_| (0..6).map(|j| (j % 2, amount())).collect()).collect()
}

fn search_everything(search: &LeakSearch, pair: &Pair) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (name, proxy) in [
        ("to data", pair.data.front()),
        ("to computation", pair.computation.front()),
        ("between", &pair.between),
    ] {
        hits.extend(search.hits(name, &proxy.recorded()));
    }
    for server in [&pair.data, &pair.computation] {
        hits.extend(search.hits_in_folder(server.home()));
    }
    hits
}

/// Some of everything that may happen: repetitions, refusals, corrections, a withdrawal, a restart.
fn tell(survey: &Played, pair: &mut Pair, pays: &[Vec<(usize, u64)>]) {
    let data = pair.data.client();
    assert!(survey.label(data).status < 300);
    for (i, pays) in pays.iter().enumerate() {
        let reporter = Reporter::of(survey, i);
        let _ = reporter.enrol(survey, data);
        let first = reporter.upload(survey, 1, pays);
        first.assert_receipt(survey, &first.send(data).unwrap());
        let _ = first.send(data).unwrap();
        let refused = reporter.upload(survey, 1, pays).send(data).unwrap();
        assert!(refused.status >= 400);
        if i == 0 {
            assert!(reporter.withdraw(survey, data, 2).status < 300);
            let third = reporter.upload(survey, 3, pays);
            third.assert_receipt(survey, &third.send(data).unwrap());
            let mut broken = reporter.upload(survey, 4, pays);
            broken.sealed.truncate(5_000);
            assert!(broken.send(data).unwrap().status >= 400);
        }
    }
    pair.data.kill();
    pair.data.start();
}

#[test]
fn no_amount_is_anywhere_and_a_planted_one_is_found_in_every_place() {
    let mut drawn = Drawn::printed("SEALED_PAY_LEAK_SEED");
    let mut pair = Pair::start(1);
    let survey = Organizer::new(TOKEN).open(pair.data.client(), &Plan::inviting(REPORTERS));
    let pays = draw_pays(&mut drawn);
    tell(&survey, &mut pair, &pays);
    let secrets: Vec<u64> = pays.iter().flatten().map(|p| p.1).collect();
    let search = LeakSearch::of(&secrets);
    assert_eq!(search_everything(&search, &pair), [], "before the release");
    for kind in [OrderKind::Close {}, OrderKind::Release {}] {
        assert_eq!(survey.give(pair.data.client(), kind).status, 204);
    }
    let release = survey.release(pair.data.client());
    let sum: u64 = pays.iter().flatten().filter(|p| p.0 == 0).map(|p| p.1).sum();
    assert_eq!(release.cells[0].sum.as_deref().unwrap().replace('.', ""), sum.to_string());
    let _ = survey.release(pair.computation.client());
    assert_eq!(search_everything(&search, &pair), [], "after the release");
    let seen = pair.data.front().recorded().len() + pair.between.recorded().len();
    assert!(seen > 250_000, "the wires were recorded: {seen} bytes");
    plant_everywhere(&search, &mut pair, secrets[0]);
}

fn plant_everywhere(search: &LeakSearch, pair: &mut Pair, minor: u64) {
    let needle = |form: Form| String::from_utf8(form.needle(minor)).unwrap();
    // On each wire, in a body and in a URL.
    for (place, proxy) in [
        ("to data", pair.data.front().clone()),
        ("to computation", pair.computation.front().clone()),
        ("between", pair.between.clone()),
    ] {
        let client = Client::to(proxy.address());
        let _ = client.send("POST", "/nowhere", &[], needle(Form::HexLower).as_bytes());
        let _ = client.send("GET", &format!("/nowhere?pay={}", needle(Form::Decimal)), &[], b"");
        let hits = search.hits(place, &proxy.recorded());
        assert!(hits.iter().any(|hit| hit.form == Form::HexLower), "{place}: body");
        assert!(hits.iter().any(|hit| hit.form == Form::Decimal), "{place}: URL");
    }
    // What was asked for in a URL was nevertheless written into no log.
    for server in [&pair.data, &pair.computation] {
        assert_eq!(search.hits_in_folder(server.home()), [], "a log repeats what it was asked for");
    }
    // In every file that is there: logs, marks, what was printed, databases.
    pair.data.stop();
    pair.computation.stop();
    for server in [&pair.data, &pair.computation] {
        plant_in_files(search, server, &needle(Form::DecimalPoint));
    }
}

fn plant_in_files(search: &LeakSearch, server: &ServerProcess, text: &str) {
    let mut planted = 0;
    for folder in [server.home().to_owned(), server.data_folder(), server.marks_folder()] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
                write!(file, "{text}").unwrap();
                let name = path.display().to_string();
                let found = search.hits_in_folder(server.home());
                assert!(found.iter().any(|hit| hit.place == name), "planted in {name} and not found");
                planted += 1;
            }
        }
    }
    assert!(planted >= 4, "files were there: {planted}");
}
