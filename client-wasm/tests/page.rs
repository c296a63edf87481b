//! In a page: a pool of real workers, and the interface for plain JavaScript.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use client_wasm::javascript::{Reporter, columns_of, from_documents, read, read_by, read_rows};
use client_wasm::{Pool, Progress, SealingFailure, randomness, usual_workers};
use common::{bytes, checked, document, identity, link_to, signed, survey, text};
use futures_util::future::{Either, select};
use js_sys::{Function, Object, Reflect, Uint8Array};
use protocol::{
    DimensionWire, Enrolled, Enrolment, GranularityWire, MissingWire, Role, SealingKey, SignedHour,
    SignedStatement, SigningKey, Submission, SurveyDocument,
};
use reporter::{CheckedSurvey, Preparation, ReporterKey};
use std::pin::pin;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const SEALER: &str = "/tests/workers/sealer.js";

fn preparation() -> Preparation {
    let schema = survey().manifest().schema().clone();
    let record = |cell, minor| survey::Record::new(&schema, cell, survey::Amount::from_minor(minor)).unwrap();
    let records = [record(0, 4_530_050), record(1, 4_900_012), record(1, 4_900_013)];
    Preparation::new(&survey(), &records, 1, &mut randomness::browser()).unwrap()
}

async fn seal(script: &str, workers: usize) -> Result<Vec<Progress>, SealingFailure> {
    let (mut preparation, mut seen) = (preparation(), Vec::new());
    let pool = Pool::start(script, &survey(), workers)?;
    let outputs = pool.seal(preparation.take_jobs(), |progress| seen.push(progress)).await?;
    let key = ReporterKey::generate(&mut randomness::browser());
    let participant = reporter::Participant::resume(survey(), key);
    let sealed = preparation.seal(&participant, outputs, &mut randomness::browser()).unwrap();
    assert!(sealed.bytes.len() > 32 * 512);
    Ok(seen)
}

#[wasm_bindgen_test]
async fn workers_seal_side_by_side_and_say_how_far_they_are() {
    let seen = seal(SEALER, 2).await.unwrap();
    let done: Vec<usize> = seen.iter().map(|progress| progress.done).collect();
    assert_eq!(done, (0..=32).collect::<Vec<_>>(), "every entry once, in steps of one");
    assert!(seen.iter().all(|progress| progress.total == 32));
}

#[wasm_bindgen_test]
async fn what_dying_workers_leave_undone_is_done_by_others() {
    // Each does one job and dies: 32 jobs take 32 workers, and none is lost or done twice.
    let seen = seal("/tests/workers/mortal.js", 2).await.unwrap();
    assert_eq!(seen.last().map(|progress| (progress.done, progress.total)), Some((32, 32)));
}

#[wasm_bindgen_test]
async fn blocked_workers_are_called_blocked() {
    for script in ["/tests/workers/stillborn.js", "/tests/workers/not-there.js"] {
        assert_eq!(seal(script, 2).await.unwrap_err(), SealingFailure::WorkersBlocked);
    }
}

/// Seals with a pool that takes its workers for dead after so many milliseconds of silence.
async fn seal_impatiently(script: &str, first_ms: u32) -> Result<usize, SealingFailure> {
    let pool = Pool::start(script, &survey(), 1)?.patient_for(first_ms);
    pool.seal(preparation().take_jobs(), |_| ()).await.map(|outputs| outputs.len())
}

#[wasm_bindgen_test]
async fn workers_that_are_slow_get_more_time_and_come_to_an_end() {
    // Each takes more than 1500 ms to come: the first two are given up, and patience has doubled twice then.
    let begun = js_sys::Date::now();
    assert_eq!(seal_impatiently("/tests/workers/slow.js", 400).await.unwrap(), 32);
    assert!(js_sys::Date::now() - begun > 400.0 + 800.0, "two were given up before");
}

#[wasm_bindgen_test]
async fn workers_that_say_nothing_are_not_replaced_for_ever() {
    let begun = js_sys::Date::now();
    let failed = seal_impatiently("/tests/workers/mute.js", 100).await.unwrap_err();
    assert_eq!(failed, SealingFailure::TooSlow);
    // 100, 200, 400 and 800 ms.
    let took = js_sys::Date::now() - begun;
    assert!((1500.0..10_000.0).contains(&took), "{took} ms");
}

#[wasm_bindgen_test]
async fn sealing_that_is_dropped_stops() {
    let pool = Pool::start(SEALER, &survey(), 1).unwrap();
    let (sender, mut first) = futures_channel::mpsc::unbounded();
    let sealing = pool.seal(preparation().take_jobs(), move |progress| {
        sender.unbounded_send(progress.done).unwrap();
    });
    let some = pin!(async {
        use futures_util::StreamExt;
        while first.next().await != Some(2) {}
    });
    assert!(matches!(select(Box::pin(sealing), some).await, Either::Right(_)));
    gloo_timers::future::TimeoutFuture::new(200).await;
    assert!(first.try_recv().is_err(), "nothing more comes");
}

#[wasm_bindgen_test]
fn the_page_keeps_a_thread_for_itself() {
    assert!((1..=8).contains(&usual_workers()));
}

fn code(thrown: &JsValue) -> String {
    Reflect::get(thrown, &"code".into()).unwrap().as_string().unwrap()
}

fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap()
}

fn signer(name: &str) -> SigningKey {
    SigningKey::from_seed(&bytes(name).try_into().unwrap())
}

fn documents() -> Vec<String> {
    documents_of(&document())
}

fn documents_of(document: &SurveyDocument) -> Vec<String> {
    let shown = serde_json::to_string(document).unwrap();
    let manifest = document.manifest.clone();
    let data = identity(Role::DataServer, &manifest.data_server);
    let computation = identity(Role::ComputationServer, &manifest.computation_server);
    let identities = [data, computation].map(|identity| serde_json::to_string(&identity).unwrap());
    [vec![shown.clone(), shown], identities.to_vec()].concat()
}

/// Plays both servers by the example's keys.
fn enrolled(request: &str) -> String {
    enrolled_in(&survey(), request)
}

fn enrolled_in(survey: &CheckedSurvey, request: &str) -> String {
    let request: Enrolment = serde_json::from_str(request).unwrap();
    let fingerprint = *survey.fingerprint();
    let [data, computation] = ["data_server.signing_seed", "computation_server.signing_seed"].map(signer);
    let [data_server, computation_server] =
        [data, computation].map(|key| request.confirm(&fingerprint, &key));
    serde_json::to_string(&Enrolled { data_server, computation_server }).unwrap()
}

#[wasm_bindgen_test]
async fn plain_javascript_gets_from_documents_to_a_receipt() {
    let checked = from_documents("https://data.example", &text("link"), documents()).unwrap();
    assert_eq!(checked.state(), "open");
    assert_eq!(property(&checked.manifest(), "title"), "Pay in the harbour");
    let file = b"sex;gross yearly pay\nwomen;45300,50\nmen;49000,12\nmen;49000,13\n".to_vec();
    assert_eq!(columns_of(&file).unwrap(), ["sex", "gross yearly pay"]);
    let file = read(&checked, file, "sex", "gross yearly pay", None).unwrap();
    assert_eq!((file.rows(), file.counts()), (3.0, vec![1.0, 2.0]));

    let reporter = Reporter::begin(&checked);
    let options: JsValue = Object::new().into();
    Reflect::set(&options, &"workerUrl".into(), &SEALER.into()).unwrap();
    assert_eq!(code(&reporter.seal(&file, options.clone()).await.unwrap_err()), "state");
    reporter.confirm_enrolment(&enrolled(&reporter.enrolment_request())).unwrap();

    let note = Function::new_with_args("done, total", "(globalThis.seen ??= []).push([done, total])");
    Reflect::set(&options, &"onProgress".into(), &note).unwrap();
    let sealed = reporter.seal(&file, options).await.unwrap();
    let submission = Uint8Array::new(&property(&sealed, "submissionBytes")).to_vec();
    let last = js_sys::eval("JSON.stringify(globalThis.seen.at(-1))").unwrap();
    assert_eq!(last, "[32,32]");

    // What the data server reads with its own key is what was signed.
    let state: reporter::ReporterState = serde_json::from_str(&reporter.state()).unwrap();
    let statement = state.pending.unwrap().statement().unwrap();
    opens(&submission, &statement);
    assert_eq!(code(&reporter.submit(b"other bytes").await.unwrap_err()), "state");
    let (statement, hour) = (&statement.statement, 500_000);
    let receipt = protocol::Receipt {
        held: SignedHour::held(statement, hour, &signer("data_server.signing_seed")),
        declared: SignedHour::declared(statement, hour, &signer("computation_server.signing_seed")),
    };
    let receipt = reporter.accept_receipt(&serde_json::to_string(&receipt).unwrap()).unwrap();
    assert_eq!(property(&receipt, "version"), 1);
    assert_eq!(Reporter::resume(&checked, &reporter.state()).unwrap().state(), reporter.state());
}

fn opens(submission: &[u8], statement: &SignedStatement) {
    let key = SealingKey::from_bytes(&bytes("data_server.sealing_secret").try_into().unwrap());
    let layout = survey().manifest().layout().clone();
    let opened = Submission::admit(submission, &statement.statement.aad(), &key.unwrap(), &layout).unwrap();
    assert_eq!(opened.statement, *statement);
    assert_eq!(opened.groups.iter().map(|group| group.entries).collect::<Vec<_>>(), [16, 16]);
}

/// The example's survey, asked by rank as well, in totals, with bands; rows with a gap are left out.
fn by_rank() -> SurveyDocument {
    let mut manifest = document().manifest;
    let rank = vec!["low".to_owned(), "high".to_owned()];
    manifest.dimensions.push(DimensionWire { name: "rank".to_owned(), categories: rank });
    manifest.cross_tabulations = vec![vec!["sex".to_owned(), "rank".to_owned()]];
    manifest.margins = vec![vec!["sex".to_owned()]];
    manifest.measures[0].bands = vec![4_000_000, 4_600_000];
    manifest.who_counts.missing = MissingWire::LeaveOut;
    manifest.granularity = GranularityWire::Totals;
    signed(manifest)
}

#[wasm_bindgen_test]
async fn plain_javascript_answers_a_survey_of_two_dimensions_with_bands_in_totals() {
    let (document, options): (_, JsValue) = (by_rank(), Object::new().into());
    let link = link_to(&document).expose_link();
    let survey = from_documents("https://data.example", &link, documents_of(&document)).unwrap();
    let rows =
        b"grade;who;wage\nlow;women;45300,50\nhigh;men;49000,12\nlow;women;NA\nhigh;men;43000\n".to_vec();
    let columns = || (vec!["who".to_owned(), "grade".to_owned()], vec!["wage".to_owned()]);
    let read = |stops| read_by(&survey, rows.clone(), columns().0, columns().1, None, stops);
    assert_eq!(code(&read(Some(true)).err().unwrap()), "rows", "whoever would rather complete it");
    let few = read_by(&survey, rows.clone(), columns().1, vec![], None, None);
    assert_eq!(code(&few.err().unwrap()), "malformed");
    let file = read(None).unwrap();
    assert_eq!((file.rows(), file.left_out(), file.counts()), (3.0, 1.0, vec![1.0, 2.0]));
    let report = String::from(js_sys::JSON::stringify(&file.own_report()).unwrap());
    let high =
        r#"{"categories":["men","high"],"employees":2,"measures":[{"sum":"92000.12","receiving":null}]}"#;
    assert!(report.contains(high), "{report}");
    assert!(report.contains(r#""kind":"Median","groups":["45300.50","46000.06"]"#), "{report}");

    let reporter = Reporter::begin(&survey);
    let in_it = checked(&document);
    reporter.confirm_enrolment(&enrolled_in(&in_it, &reporter.enrolment_request())).unwrap();
    Reflect::set(&options, &"workerUrl".into(), &SEALER.into()).unwrap();
    let sealed = reporter.seal(&file, options).await.unwrap();
    let submission = Uint8Array::new(&property(&sealed, "submissionBytes")).to_vec();
    let state: reporter::ReporterState = serde_json::from_str(&reporter.state()).unwrap();
    let statement = state.pending.unwrap().statement().unwrap();
    let key = SealingKey::from_bytes(&bytes("data_server.sealing_secret").try_into().unwrap());
    let layout = in_it.manifest().layout();
    let opened = Submission::admit(&submission, &statement.statement.aad(), &key.unwrap(), layout).unwrap();
    assert_eq!(opened.groups.iter().map(|group| group.entries).collect::<Vec<_>>(), [1], "one for all cells");
}

#[wasm_bindgen_test]
async fn what_is_wrong_is_thrown_with_a_code_and_no_pay() {
    let from = |link: &str, documents| from_documents("https://data.example", link, documents).err().unwrap();
    assert_eq!(code(&from("https://data.example/take-part/x", documents())), "link");
    let mut other = documents();
    other[1] = other[1].replace("Pay in the harbour", "Pay in the desert");
    assert_eq!(code(&from(&text("link"), other)), "survey-untrusted");
    assert_eq!(
        code(&from_documents("http://data.example", &text("link"), documents()).err().unwrap()),
        "address"
    );

    let checked = from_documents("https://data.example", &text("link"), documents()).unwrap();
    let rows = js_sys::JSON::parse(r#"[["women","45300.50"],["whales","4711.17"],["men","much"]]"#).unwrap();
    let thrown = read_rows(&checked, &js_sys::Array::from(&rows)).err().unwrap();
    assert_eq!(code(&thrown), "rows");
    assert_eq!(js_sys::Array::from(&property(&thrown, "problems")).length(), 2);
    let all = js_sys::JSON::stringify(&property(&thrown, "problems")).unwrap();
    assert!(!String::from(all).contains("4711"));
}

#[wasm_bindgen_test]
async fn a_signal_cancels_sealing() {
    let checked = from_documents("https://data.example", &text("link"), documents()).unwrap();
    let rows = js_sys::JSON::parse(r#"[["women","45300.50"],["men","45300.50"]]"#).unwrap();
    let file = read_rows(&checked, &js_sys::Array::from(&rows)).unwrap();
    let reporter = Reporter::begin(&checked);
    reporter.confirm_enrolment(&enrolled(&reporter.enrolment_request())).unwrap();
    let options = js_sys::eval(
        "(() => { const stop = new AbortController(); return { workerUrl: '/tests/workers/sealer.js', \
         signal: stop.signal, onProgress: (done) => done === 3 && stop.abort() }; })()",
    );
    let thrown = reporter.seal(&file, options.unwrap()).await.unwrap_err();
    assert_eq!(code(&thrown), "cancelled");
}
