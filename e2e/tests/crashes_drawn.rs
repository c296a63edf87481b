//! Fifty kills at drawn moments, now the one server, now the other, while reporters submit version after version.
//!
//! `SEALED_PAY_CRASH_SEED=… cargo test -p sealed-pay-e2e --test crashes_drawn` draws the same moments again.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail loudly, and so do their helpers"
)]

use e2e::drawn::Drawn;
use e2e::http::Client;
use e2e::play::{Organizer, Plan, Played, Reporter};
use e2e::processes::{Pair, TOKEN, Which};
use e2e::wire::Fault;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const REPORTERS: usize = 5;
const KILLS: u32 = 50;

/// Two women and two men; every version has its own powers of two.
fn pays(i: usize, version: u32) -> Vec<(usize, u64)> {
    let power = |j: u32| 1u64 << (2 * u32::try_from(i).unwrap() + j + 10 * (version % 3));
    vec![(0, power(0)), (0, power(1)), (1, power(1)), (1, 3)]
}

/// Submits until told to stop; answers the last version, which was acknowledged.
fn keep_submitting(survey: &Played, i: usize, data: Client, stop: &AtomicBool) -> u32 {
    let reporter = Reporter::of(survey, i);
    let enrolment = reporter.enrolment(survey);
    let body = serde_json::to_vec(&enrolment).unwrap();
    let path = survey.route(protocol::routes::ENROLMENTS);
    while !data.send("POST", &path, &[], &body).is_ok_and(|answer| answer.status < 300) {
        std::thread::sleep(Duration::from_millis(50));
    }
    let mut version = 0;
    loop {
        version += 1;
        let upload = reporter.upload(survey, version, &pays(i, version));
        let _ = upload.send_until_received(survey, data);
        if stop.load(Ordering::SeqCst) {
            return version;
        }
    }
}

#[test]
fn nothing_acknowledged_is_lost_and_nothing_counts_twice() {
    let mut drawn = Drawn::printed("SEALED_PAY_CRASH_SEED");
    let started = Instant::now();
    let mut pair = Pair::start(1);
    let survey = Arc::new(Organizer::new(TOKEN).open(pair.data.client(), &Plan::inviting(REPORTERS)));
    let stop = Arc::new(AtomicBool::new(false));
    let data = pair.data.client();
    let reporters: Vec<_> = (0..REPORTERS)
        .map(|i| {
            let (survey, stop) = (Arc::clone(&survey), Arc::clone(&stop));
            std::thread::spawn(move || keep_submitting(&survey, i, data, &stop))
        })
        .collect();
    for kill in 0..KILLS {
        std::thread::sleep(Duration::from_millis(drawn.between(50, 900)));
        let which = if kill % 2 == 0 { Which::Data } else { Which::Computation };
        // Now and then the answer is what gets lost, not the server.
        if drawn.between(0, 2) == 0 {
            let bytes = usize::try_from(drawn.between(1, 20_000)).unwrap();
            let fault =
                *drawn.one_of(&[Fault::CutRequestAfter(bytes), Fault::CutAnswerAfter(bytes % 200 + 1)]);
            pair.data.front().next_connection(fault);
        }
        pair.server(which).kill();
        std::thread::sleep(Duration::from_millis(drawn.between(0, 150)));
        pair.server(which).start();
    }
    stop.store(true, Ordering::SeqCst);
    let versions: Vec<u32> = reporters.into_iter().map(|r| r.join().expect("a reporter")).collect();
    println!("versions acknowledged: {versions:?} in {:?}", started.elapsed());
    // One that was drawn last may have met nobody; the organizer of the tests asks only once.
    pair.data.front().forget_faults();
    survey.close_and_release(data);
    let release = survey.release(data);
    let last = |cell: usize| -> u64 {
        let of = |(i, version): (usize, &u32)| {
            pays(i, *version).into_iter().filter(|p| p.0 == cell).map(|p| p.1).sum::<u64>()
        };
        versions.iter().enumerate().map(of).sum()
    };
    let sums: Vec<u64> =
        release.cells.iter().map(|c| c.sum.as_deref().unwrap().replace('.', "").parse().unwrap()).collect();
    assert_eq!(sums, [last(0), last(1)], "exactly the last acknowledged version of each");
    assert_eq!(release.counted as usize, REPORTERS);
}
