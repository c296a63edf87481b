//! In a page: what workers beside it do, so that it always answers a person.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod common;

use client_wasm::{
    CheckFailure, OpenPayFile, PayFileFailure, Pool, PrepareFailure, SealingFailure, Shown,
    check_survey_in_worker, find_out, look_at_survey, prepare, prove_by, prove_survey, read_pay_file,
};
use common::{bytes, checked, document, identities, large_document, link_to, signed};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Uint8Array};
use payfile::{FileProblem, NumberFormat, Table};
use protocol::{Hex, ManifestRefusal, SealingKey, ServerUrl, SignedStatement, Submission, SurveyDocument};
use reporter::{PreparationRefusal, ReporterKey, SealedEntry, SurveyDistrust};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Blob;

wasm_bindgen_test_configure!(run_in_browser);

const SEALER: &str = "/tests/workers/sealer.js";
/// People may not wait longer for a page to answer.
const LONGEST_MS: f64 = 50.0;

fn eval(script: &str) -> JsValue {
    js_sys::eval(script).unwrap()
}

fn blob(text: &str) -> Blob {
    Blob::new_with_str_sequence(&Array::of1(&text.into())).unwrap()
}

/// Runs something and tells the browser's own log of tasks that kept the page from answering.
async fn long_tasks<T>(work: impl Future<Output = T>) -> (T, Vec<f64>) {
    eval(
        "globalThis.longLog ??= (() => { const log = []; new PerformanceObserver((list) => \
         log.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: 'longtask' }); \
         return log; })()",
    );
    // What was before is over and logged.
    TimeoutFuture::new(300).await;
    eval("longLog.length = 0");
    let result = work.await;
    TimeoutFuture::new(300).await;
    let log = Array::from(&eval("longLog")).iter().map(|entry| entry.as_f64().unwrap()).collect();
    (result, log)
}

fn rows(count: usize) -> String {
    let mut text = String::from("name;sex;gross yearly pay\n");
    for at in 0..count {
        let category = if at % 2 == 0 { "women" } else { "men" };
        writeln!(text, "N{at};{category};{}.{:02}", 30_000 + at % 20_000, at % 100).unwrap();
    }
    text
}

#[wasm_bindgen_test]
async fn the_log_of_long_tasks_works() {
    let ((), log) = long_tasks(async {
        TimeoutFuture::new(0).await;
        eval("{ const end = performance.now() + 120; while (performance.now() < end); }");
    })
    .await;
    assert!(log.iter().any(|duration| *duration >= 100.0), "{log:?}");
}

#[wasm_bindgen_test]
async fn three_thousand_rows_under_3072_bits_never_keep_the_page_from_answering() {
    let survey = checked(&large_document());
    let text = blob(&rows(3000));
    let key = ReporterKey::from_seed(&[4; 32]);
    let (sealed, log) = long_tasks(async {
        let pool = Pool::start(SEALER, &survey, 1).unwrap();
        let mut file = OpenPayFile::open(SEALER, &survey, &text).await.unwrap();
        assert_eq!(
            (file.headers(), file.row_count()),
            (&["name", "sex", "gross yearly pay"].map(str::to_owned)[..], 3000)
        );
        let reading = file.read("sex", "gross yearly pay", None).await.unwrap();
        let mut prepared = prepare(SEALER, &survey, reading.records(), 1).await.unwrap();
        let mut jobs = prepared.take_jobs();
        // Encrypting all of them takes a minute here; the page's part in it is the same for each.
        let rest = jobs.split_off(200);
        let mut outputs = pool.seal(jobs, |_| ()).await.unwrap();
        let like = outputs[0].clone();
        outputs.extend(rest.iter().map(|job| SealedEntry { id: job.id(), ..like.clone() }));
        TimeoutFuture::new(0).await;
        prepared.seal(&key, outputs).await.unwrap()
    })
    .await;
    assert!(sealed.bytes.len() > 3000 * 768);
    assert_eq!(sealed.sha256, Hex(Sha256::digest(&sealed.bytes).into()));
    console_log!("long tasks: {log:?}");
    assert!(log.iter().all(|duration| *duration <= LONGEST_MS), "{log:?}");
}

#[wasm_bindgen_test]
async fn a_hundred_thousand_rows_are_read_and_prepared_beside_the_page() {
    let survey = checked(&large_document());
    let text = blob(&rows(100_000));
    let ((reading, jobs), log) = long_tasks(async {
        let reading = read_pay_file(SEALER, &survey, &text, ("sex", "gross yearly pay"), None).await.unwrap();
        TimeoutFuture::new(0).await;
        let jobs = prepare(SEALER, &survey, reading.records(), 1).await.unwrap().take_jobs();
        (reading, jobs)
    })
    .await;
    assert_eq!(reading.counts(), [50_000, 50_000]);
    assert!(jobs.len() > 100_000);
    console_log!("long tasks: {log:?}");
    assert!(log.iter().all(|duration| *duration <= LONGEST_MS), "{log:?}");
}

#[wasm_bindgen_test]
async fn a_file_of_200_megabytes_is_refused_before_it_is_read() {
    let survey = checked(&document());
    let part: JsValue = Uint8Array::new_with_length(1 << 20).into();
    let file = Blob::new_with_u8_array_sequence(&(0..200).map(|_| part.clone()).collect::<Array>()).unwrap();
    let (refused, log) = long_tasks(OpenPayFile::open(SEALER, &survey, &file)).await;
    let too_large = FileProblem::TooLarge { max_bytes: Table::MAX_BYTES };
    assert_eq!(refused.unwrap_err(), PayFileFailure::File(too_large));
    assert!(log.is_empty(), "{log:?}");
}

#[wasm_bindgen_test]
async fn what_is_wrong_with_a_file_comes_back_from_the_worker_in_its_own_words() {
    let survey = checked(&document());
    let open = async |text: &str| OpenPayFile::open(SEALER, &survey, &blob(text)).await;
    assert_eq!(open("").await.unwrap_err(), PayFileFailure::File(FileProblem::Empty));
    let too_many = open(&rows(301)).await.unwrap_err();
    assert_eq!(too_many, PayFileFailure::File(FileProblem::TooManyRows { max_rows: 300 }));
    let mut file = open("sex;pay\nwomen;45.300\nwhales;4711,17\nmen;much\n").await.unwrap();
    assert_eq!(file.first_rows()[1], ["whales", "4711,17"]);
    let unknown = file.read("sex", "wage", None).await.unwrap_err();
    assert!(matches!(unknown, PayFileFailure::Column(_)), "{unknown:?}");
    let PayFileFailure::Rows(problems) = file.read("sex", "pay", None).await.unwrap_err() else {
        panic!("rows are wrong")
    };
    assert_eq!((problems.total(), problems.listed()[0].category_as_entered()), (2, Some("whales")));
    assert!(!format!("{problems} {problems:?} {file:?}").contains("4711"));
    let mut file = open("sex;pay\nwomen;45.301\n").await.unwrap();
    let reading = file.read("sex", "pay", Some(NumberFormat::DecimalDot)).await;
    assert!(matches!(reading, Err(PayFileFailure::Rows(_))), "three decimals");
    let reading = file.read("sex", "pay", Some(NumberFormat::DecimalComma)).await.unwrap();
    assert_eq!(reading.records()[0].amount(0).unwrap().minor(), 4_530_100);
    let key = ReporterKey::from_seed(&[4; 32]);
    assert_eq!(file.source_of(&key).await.unwrap(), key.source_of(b"sex;pay\nwomen;45.301\n"));
}

#[wasm_bindgen_test]
async fn a_submission_sealed_beside_the_page_is_one() {
    let survey = checked(&document());
    let reading =
        read_pay_file(SEALER, &survey, &blob(&rows(20)), ("sex", "gross yearly pay"), None).await.unwrap();
    let mut prepared = prepare(SEALER, &survey, reading.records(), 3).await.unwrap();
    let pool = Pool::start(SEALER, &survey, 2).unwrap();
    let outputs = pool.seal(prepared.take_jobs(), |_| ()).await.unwrap();
    let reporter = ReporterKey::from_seed(&[4; 32]);
    let sealed = prepared.seal(&reporter, outputs).await.unwrap();
    let statement: SignedStatement = sealed.statement;
    assert_eq!((statement.statement.version, statement.statement.credential), (3, reporter.credential()));
    let key = SealingKey::from_bytes(&bytes("data_server.sealing_secret").try_into().unwrap()).unwrap();
    let layout = survey.manifest().layout();
    let opened = Submission::admit(&sealed.bytes, &statement.statement.aad(), &key, layout).unwrap();
    assert_eq!(opened.groups.iter().map(|group| group.entries).collect::<Vec<_>>(), [16, 16]);
}

#[wasm_bindgen_test]
async fn what_cannot_be_prepared_is_refused_by_name() {
    let survey = checked(&document());
    let refused = prepare(SEALER, &survey, &[], 1).await.unwrap_err();
    assert_eq!(refused, PrepareFailure::Records(PreparationRefusal::NoRecords));
    let reading =
        read_pay_file(SEALER, &survey, &blob(&rows(2)), ("sex", "gross yearly pay"), None).await.unwrap();
    let blocked = prepare("/tests/workers/stillborn.js", &survey, reading.records(), 1).await.unwrap_err();
    assert_eq!(blocked, PrepareFailure::Worker(SealingFailure::WorkersBlocked));
    // An entry that is missing is noticed where the submission is put together.
    let prepared = prepare(SEALER, &survey, reading.records(), 1).await.unwrap();
    let refused = prepared.seal(&ReporterKey::from_seed(&[4; 32]), Vec::new()).await.unwrap_err();
    assert_eq!(refused, SealingFailure::Refused);
}

/// Plays both servers: the page's own `fetch` answers with what they would.
fn serve(document: &SurveyDocument) {
    let [data, computation] = identities(document).map(|identity| serde_json::to_string(&identity).unwrap());
    let shown = serde_json::to_string(document).unwrap();
    let play = js_sys::Function::new_with_args(
        "shown, data, computation",
        "globalThis.fetch = async (request) => new Response(!request.url.includes('well-known') ? shown \
         : request.url.includes('//data.example') ? data : computation)",
    );
    play.call3(&JsValue::UNDEFINED, &shown.into(), &data.into(), &computation.into()).unwrap();
}

#[wasm_bindgen_test]
async fn a_survey_s_key_is_checked_beside_the_page() {
    let large = large_document();
    serve(&large);
    let link = link_to(&large);
    let at = || ServerUrl::parse("https://data.example").unwrap();
    let (survey, log) = long_tasks(check_survey_in_worker(SEALER, at(), &link)).await;
    assert_eq!(survey.unwrap().fingerprint(), &link.fingerprint);
    console_log!("long tasks: {log:?}");
    assert!(log.iter().all(|duration| *duration <= LONGEST_MS), "{log:?}");
    // Where no worker can be had the page learns it, shows the survey all the same, and calculates nothing itself.
    let (shown, log) = long_tasks(async {
        let shown = look_at_survey(at(), &link).await.unwrap();
        TimeoutFuture::new(0).await;
        for script in ["/tests/workers/stillborn.js", "/tests/workers/not-there.js"] {
            let blocked = prove_survey(script, shown.clone()).await.unwrap_err();
            assert_eq!(blocked, CheckFailure::Worker(SealingFailure::WorkersBlocked), "{script}");
        }
        shown
    })
    .await;
    assert_eq!(shown.manifest().fingerprint(), &link.fingerprint);
    assert!(log.iter().all(|duration| *duration <= LONGEST_MS), "{log:?}");
}

#[wasm_bindgen_test]
async fn one_program_of_a_page_shows_a_survey_and_another_goes_on_with_it() {
    let (document, other) = (document(), large_document());
    serve(&document);
    let link = link_to(&document);
    let shown = Shown::fetch(ServerUrl::parse("https://data.example").unwrap(), &link).await.unwrap();
    let finding = find_out(SEALER, &shown.check(&link).unwrap()).await.unwrap();
    let handed = shown.hand_over();
    let taken = Shown::take_over(&handed).unwrap();
    assert_eq!(taken, shown);
    let survey = prove_by(taken.check(&link).unwrap(), &finding).unwrap();
    assert_eq!(survey.fingerprint(), &link.fingerprint);
    // What is no such text, another survey's, or changed on the way is not gone on with.
    assert_eq!(Shown::take_over(&handed[1..]), None);
    assert_eq!(taken.check(&link_to(&other)).unwrap_err(), SurveyDistrust::OtherSurvey);
    let changed = handed.replace(&document.manifest.title, "Another title");
    assert_ne!(changed, handed);
    let changed = Shown::take_over(&changed).unwrap();
    assert_eq!(changed.check(&link).unwrap_err(), SurveyDistrust::OtherSurvey);
    let foreign = prove_by(taken.check(&link).unwrap(), &Hex([0; 32])).unwrap_err();
    assert_eq!(foreign, SurveyDistrust::from(ManifestRefusal::Paillier));
}

#[wasm_bindgen_test]
async fn a_key_whose_proof_does_not_hold_is_refused_by_name() {
    let mut damaged = document();
    damaged.manifest.paillier.proof.0[40] ^= 1;
    // Whoever shows it signs it as well.
    let damaged = signed(damaged.manifest);
    serve(&damaged);
    let at = || ServerUrl::parse("https://data.example").unwrap();
    let link = link_to(&damaged);
    assert!(look_at_survey(at(), &link).await.is_ok(), "it can be read");
    let refused = check_survey_in_worker(SEALER, at(), &link).await.unwrap_err();
    assert_eq!(refused, CheckFailure::Distrust(SurveyDistrust::from(ManifestRefusal::Paillier)));
}
