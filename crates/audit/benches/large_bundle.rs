//! How long it takes to verify a bundle of 1,000 reporters and 5,000 slots:
//! `cargo bench -p sealed-pay-audit`.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a tool that is started by hand"
)]

#[path = "../tests/common/mod.rs"]
mod common;

use audit::verify;
use common::{server_keys, surveys::large};
use std::time::Instant;

fn main() {
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let reporters = 1000;
    let bundle = large(reporters, 5000).good();
    let admitted = bundle.manifest.clone().assume().unwrap();
    let bytes = serde_json::to_vec(&bundle).unwrap();
    let mut times = Vec::new();
    for _ in 0..5 {
        let begun = Instant::now();
        let report = verify(&bytes, &server_keys());
        times.push(begun.elapsed());
        assert!(report.passed(), "{:?}", report.failed().collect::<Vec<_>>());
    }
    times.sort_unstable();
    let slots = admitted.layout().slot_count();
    println!(
        "{reporters} reporters, {slots} slots, {} bytes: median {:?} of {times:?}",
        bytes.len(),
        times[2]
    );
}
