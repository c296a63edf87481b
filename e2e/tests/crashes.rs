//! A server dies at the worst moment and comes back: nothing acknowledged is lost, nothing counts twice.
//!
//! Amounts are distinct powers of two, so that every sum says by itself who is in it, and how often.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail loudly, and so do their helpers"
)]

use e2e::http::{Answer, Client};
use e2e::play::{Organizer, Plan, Played, Reporter};
use e2e::processes::{Pair, TOKEN, Which};
use protocol::{OrderKind, ReleasedDocument};
use std::time::Duration;

const REPORTERS: usize = 4;

/// Two women and two men of reporter `i`: powers of two that nobody else has.
fn pays(i: usize) -> [(usize, u64); 4] {
    let power = |j: usize| 1 << (4 * i + j);
    [(0, power(0)), (0, power(1)), (1, power(2)), (1, power(3))]
}

/// Sums per category in hundredths, as they must come out.
fn expected() -> [u64; 2] {
    [0, 1].map(|cell| (0..REPORTERS).flat_map(pays).filter(|p| p.0 == cell).map(|p| p.1).sum())
}

fn hundredths(decimal: &str) -> u64 {
    decimal.replace('.', "").parse().unwrap()
}

/// Sends until there is an answer that is not "try again": connections break and servers are away.
fn insist(what: &str, mut send: impl FnMut() -> std::io::Result<Answer>) -> Answer {
    for _ in 0..600 {
        match send() {
            Ok(answer) if answer.status != 503 => return answer,
            _ => std::thread::sleep(Duration::from_millis(50)),
        }
    }
    panic!("{what} gets no answer");
}

fn insist_on_post(to: Client, path: &str, document: &impl serde::Serialize) -> Answer {
    let body = serde_json::to_vec(document).unwrap();
    insist(path, || to.send("POST", path, &[("content-type", "application/json")], &body))
}

/// Brings the server back when it has killed itself; says whether it had.
fn revive(pair: &mut Pair, which: Which) -> bool {
    let died = !pair.server(which).is_running();
    if died {
        pair.server(which).start();
    }
    died
}

/// A whole survey in which one server kills itself at `place` the first time it gets there.
fn survives(which: Which, place: &str) {
    let mut pair = Pair::start(1);
    let survey = Organizer::new(TOKEN).open(pair.data.client(), &Plan::inviting(REPORTERS));
    pair.server(which).start_failing_at(place);
    let story = tell(pair.data.client(), survey);
    let mut deaths = 0;
    while !story.is_finished() {
        deaths += usize::from(revive(&mut pair, which));
        std::thread::sleep(Duration::from_millis(30));
    }
    let survey = story.join().expect("the story ends well");
    deaths += usize::from(revive(&mut pair, which));
    assert_eq!(deaths, 1, "{place} was reached once");
    assert_released(&survey, &pair);
}

/// What clients do meanwhile: everything again until it is answered.
fn tell(data: Client, survey: Played) -> std::thread::JoinHandle<Played> {
    std::thread::spawn(move || {
        for i in 0..REPORTERS {
            let reporter = Reporter::of(&survey, i);
            let (path, enrolment) = (survey.route(protocol::routes::ENROLMENTS), reporter.enrolment(&survey));
            let answer = insist_on_post(data, &path, &enrolment);
            assert!(answer.status < 300, "{}", answer.text());
            // Once more after the receipt: an answer that was lost must not count twice.
            let upload = reporter.upload(&survey, 1, &pays(i));
            let first = upload.send_until_received(&survey, data);
            let again = upload.send_until_received(&survey, data);
            assert_eq!(
                (first.held.signature, first.declared.signature),
                (again.held.signature, again.declared.signature)
            );
        }
        for kind in [OrderKind::Close {}, OrderKind::Release {}] {
            let order = survey.order(kind);
            let answer = insist_on_post(data, &survey.route(protocol::routes::ORDERS), &order);
            assert_eq!(answer.status, 204, "{}", answer.text());
        }
        let _ = survey.result(data);
        survey
    })
}

fn assert_released(survey: &Played, pair: &Pair) {
    let release = survey.release(pair.data.client());
    assert_eq!(release.counted, u32::try_from(REPORTERS).unwrap());
    let sums: Vec<u64> = release.cells.iter().map(|c| hundredths(c.sum.as_deref().unwrap())).collect();
    assert_eq!(sums, expected(), "in binary: {:b} {:b}", sums[0], sums[1]);
    assert!(release.cells.iter().all(|c| c.employees == Some(2 * REPORTERS as u64)));
    assert_eq!(survey.release(pair.computation.client()), release, "both show the same");
    let ReleasedDocument::Released { agreed, .. } = survey.result(pair.data.client()) else {
        panic!("ended")
    };
    assert_eq!(agreed.body.discrepancies, []);
}

macro_rules! crashes {
    ($($name:ident: $which:ident, $place:literal;)+) => {
        $(#[test]
        fn $name() {
            survives(Which::$which, $place);
        })+
    };
}

crashes! {
    data_server_before_a_submission_is_written: Data, "data-server/submission/before-write";
    data_server_after_a_submission_is_written: Data, "data-server/submission/after-write";
    data_server_after_a_submission_is_answered: Data, "data-server/submission/after-answer";
    data_server_at_the_third_submission: Data, "data-server/submission/after-write:3";
    data_server_before_a_declaration_is_forwarded: Data, "data-server/declaration/before-forward";
    data_server_after_a_declaration_is_forwarded: Data, "data-server/declaration/after-forward";
    data_server_before_its_mark: Data, "data-server/opening/before-mark";
    data_server_after_its_mark: Data, "data-server/opening/after-mark";
    data_server_before_the_opening_is_sent: Data, "data-server/opening/before-send";
    data_server_after_the_opening_is_answered: Data, "data-server/opening/after-answer";
    data_server_before_the_countersignature_is_sent: Data, "data-server/countersignature/before-send";
    computation_server_before_a_declaration_is_written: Computation, "computation-server/declaration/before-write";
    computation_server_after_a_declaration_is_written: Computation, "computation-server/declaration/after-write";
    computation_server_before_the_agreement_is_written: Computation, "computation-server/agreement/before-write";
    computation_server_after_the_agreement_is_written: Computation, "computation-server/agreement/after-write";
    computation_server_before_its_mark: Computation, "computation-server/opening/before-mark";
    computation_server_after_its_mark: Computation, "computation-server/opening/after-mark";
    computation_server_after_the_totals_are_written: Computation, "computation-server/opening/after-write";
    computation_server_before_the_countersignature_is_written: Computation, "computation-server/countersignature/before-write";
    computation_server_after_the_countersignature_is_written: Computation, "computation-server/countersignature/after-write";
}
