//! In a page: workers with the module for wide arithmetic beside them, with one that lies, and with none; and
//! that no factor recurs whatever a person does with them. `cargo xtask test` builds the module and says so
//! where the browser does not take it.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use client_wasm::{Pool, SealingFailure, randomness};
use common::survey;
use gloo_timers::future::TimeoutFuture;
use js_sys::Array;
use paillier::Plaintext;
use reporter::{Job, SealedEntry};
use std::collections::HashSet;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const SEALER: &str = "/tests/workers/sealer.js";

async fn eval(script: &str) -> JsValue {
    JsFuture::from(js_sys::Promise::resolve(&js_sys::eval(script).unwrap())).await.unwrap()
}

/// Whether this browser takes the module.
async fn is_taken() -> bool {
    let taken =
        "fetch('/tests/workers/wide.wasm').then((file) => file.arrayBuffer()).then(WebAssembly.validate)";
    eval(taken).await.is_truthy()
}

/// So many jobs of one block that all hide the same number.
fn jobs(count: u32) -> Vec<Job> {
    let job = |id: u32| Job::from_bytes(&[&id.to_be_bytes()[..], &[0; 255], &[42]].concat(), 256).unwrap();
    (0..count).map(job).collect()
}

async fn seal(script: &str, workers: usize, count: u32) -> Result<Vec<SealedEntry>, SealingFailure> {
    Pool::start(script, &survey(), workers)?.seal(jobs(count), |_| ()).await
}

/// Runs something; which calls of the module were told meanwhile.
async fn calls<T>(work: impl Future<Output = T>) -> (T, Vec<String>) {
    eval(
        "globalThis.wideChannel ??= new BroadcastChannel('wide'); globalThis.wideLog = []; \
         wideChannel.onmessage = ({ data }) => wideLog.push(data)",
    )
    .await;
    let result = work.await;
    TimeoutFuture::new(100).await;
    let log = Array::from(&js_sys::eval("wideLog").unwrap());
    (result, log.iter().map(|entry| entry.as_string().unwrap()).collect())
}

/// `cargo xtask test` counts the tests that say this.
fn not_run(test: &str) {
    wasm_bindgen_test::console_log!("not run here: {test}: this browser does not do wide arithmetic");
}

fn count(log: &[String], name: &str) -> usize {
    log.iter().filter(|entry| *entry == name).count()
}

#[wasm_bindgen_test]
async fn the_module_is_tried_out_and_makes_the_noise() {
    let (sealed, log) = calls(seal("/tests/workers/observed.js", 1, 12)).await;
    assert_eq!(sealed.unwrap().len(), 12);
    if is_taken().await {
        assert_eq!(count(&log, "multiply"), 64);
        assert!(count(&log, "power") >= 3 + 12, "{}", count(&log, "power"));
    } else {
        not_run("the_module_makes_the_noise");
        assert!(log.is_empty());
    }
}

#[wasm_bindgen_test]
async fn a_module_that_lies_is_not_used() {
    let (sealed, log) = calls(seal("/tests/workers/liar.js", 1, 12)).await;
    assert_eq!(sealed.unwrap().len(), 12);
    let taken = is_taken().await;
    if !taken {
        not_run("a_module_that_lies");
    }
    let asked = usize::from(taken);
    assert_eq!((count(&log, "multiply"), count(&log, "power")), (asked, 0), "the first lie was the last");
}

#[wasm_bindgen_test]
async fn where_there_is_no_module_the_worker_does_without() {
    assert_eq!(seal("/tests/workers/lonely/sealer.js", 1, 12).await.unwrap().len(), 12);
}

#[wasm_bindgen_test]
async fn what_was_made_ahead_is_handed_out_at_once() {
    let seal_after = async |expected: usize, wait_ms: u32| {
        let pool = Pool::start(SEALER, &survey(), 1).unwrap();
        pool.expect(expected);
        TimeoutFuture::new(wait_ms).await;
        let begun = js_sys::Date::now();
        assert_eq!(pool.seal(jobs(200), |_| ()).await.unwrap().len(), 200);
        js_sys::Date::now() - begun
    };
    // Both have time to build the tables; the second makes noise as well. A slow machine is given longer for that.
    let without = seal_after(0, 6000).await;
    let (mut ahead, mut wait_ms) = (f64::INFINITY, 0);
    while ahead * 4.0 > without && wait_ms < 30_000 {
        wait_ms += 6000;
        ahead = seal_after(200, wait_ms).await;
    }
    wasm_bindgen_test::console_log!("200 ciphertexts: {without} ms, {ahead} ms with noise made ahead");
    assert!(ahead * 4.0 <= without, "{ahead} ms where it takes {without} ms to make the noise");
}

#[wasm_bindgen_test]
async fn no_factor_recurs_over_cancelling_retrying_and_reloading_two_workers() {
    let mut all = HashSet::new();
    let mut rounds = 0;
    for script in [SEALER, "/tests/workers/lonely/sealer.js"] {
        for cancelled in [false, true, false] {
            let pool = Pool::start(script, &survey(), 2).unwrap();
            pool.expect(60);
            if cancelled {
                // Dropped with whatever was made ahead.
                TimeoutFuture::new(300).await;
                continue;
            }
            for entry in pool.seal(jobs(60), |_| ()).await.unwrap() {
                assert!(all.insert(entry.bytes), "a factor recurred");
            }
            rounds += 1;
        }
    }
    assert_eq!(all.len(), 60 * rounds);
    // They are encryptions of what the jobs say, with a factor that is none of the trivial ones.
    let survey = survey();
    let key = survey.manifest().paillier();
    let encryptor = paillier::Encryptor::new(key, &survey.manifest().manifest().survey.0);
    let fresh = encryptor.encrypt(&Plaintext::from_u64(42), &mut randomness::browser());
    assert!(!all.contains(&fresh.to_bytes()));
    assert!(all.iter().all(|bytes| key.admit_ciphertext(bytes).is_ok()));
}
