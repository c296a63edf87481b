//! How long a submission takes from its first byte to the receipt, proof checked, over HTTP; and how long its proof
//! is: `cargo bench -p sealed-pay-data-server`. Beside the time on the clock stands what the processors spent in this
//! process, everything included, so that a busy machine matters less.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a tool that is started by hand"
)]

#[path = "../tests/common/mod.rs"]
mod common;

use common::World;
use common::reporter::reporters;
use paillier::Encryptor;
use protocol::{DimensionWire, Draft, GranularityWire, Manifest, OpenRequest, Validity};
use reporter::{Preparation, Prover, ReporterKey};
use std::sync::Arc;
use std::time::{Duration, Instant};
use survey::{Amount, Record};

const ROUNDS: u8 = 20;

/// Milliseconds that processors have spent in this process: fields 14 and 15 of proc(5) `stat`, in hundredths of a
/// second.
fn spent_ms() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    10 * fields[11..13].iter().map(|ticks| ticks.parse::<u64>().unwrap()).sum::<u64>()
}

/// Rank by team by sex: so many cells of so many slots.
fn widen(manifest: &mut Manifest, ranks: usize, teams: usize, bands: u64, validity: Validity) {
    let dimension = |name: &str, count: usize| DimensionWire {
        name: name.to_owned(),
        categories: (0..count).map(|at| format!("{name} {at}")).collect(),
    };
    manifest.dimensions.extend([dimension("rank", ranks), dimension("team", teams)]);
    manifest.cross_tabulations = vec![["rank", "team", "sex"].map(str::to_owned).to_vec()];
    manifest.measures[0].bands = (1..bands).map(|band| band * 1_000_000).collect();
    manifest.granularity = GranularityWire::Totals;
    manifest.max_employees_per_reporter = 10_000;
    manifest.max_reporters = 1_000;
    manifest.validity = validity;
}

async fn measure(name: &str, (ranks, teams, bands): (usize, usize, u64), validity: Validity) {
    let world = World::new().await;
    let (all, roster) = reporters(ROUNDS);
    let asked = serde_json::json!({ "key_bits": 3072 });
    let draft: Draft = world.organizer("POST", "/v1/drafts", &asked).await.json();
    let mut manifest = world.request(draft, roster.clone()).manifest;
    widen(&mut manifest, ranks, teams, bands, validity);
    let organizer_signature = manifest.sign(&world.organizer);
    let request = OpenRequest { organizer_signature, manifest: manifest.clone(), roster };
    let opened = world.organizer("POST", "/v1/surveys", &request).await;
    assert_eq!(opened.status, 200, "{}", opened.text());
    let manifest = manifest.admit().unwrap();
    let encryptor = Arc::new(Encryptor::new(manifest.paillier(), &manifest.manifest().survey.0));
    let prover = Prover::with(&manifest, &encryptor).unwrap();
    let mut rng = data_server::Randomness::system().rng();
    let (mut intake, mut proving, mut spent) = (Vec::new(), Vec::new(), 0);
    for one in &all {
        one.enrol(&world, &manifest).await;
        let pay = |at: usize| Amount::from_minor(3_000_000 + 1_000 * at as u64);
        let record = |at: usize| Record::of(manifest.schema(), &[at % 2, at % ranks, at % teams], &[pay(at)]);
        let records: Vec<Record> = (0..500).map(|at| record(at).unwrap()).collect();
        let mut preparation = Preparation::under(&manifest, &records, 1, &mut rng).unwrap();
        let jobs = preparation.take_jobs();
        let outputs = jobs.iter().map(|job| job.run(&encryptor, &mut rng).unwrap()).collect();
        let key = ReporterKey::from_seed(&one.key.expose_seed());
        let begun = Instant::now();
        let sealed = preparation.seal_by(&prover, &manifest, &key, outputs, &mut rng).unwrap();
        proving.push(begun.elapsed());
        let (begun, before) = (Instant::now(), spent_ms());
        let answer = one.put(&world, &manifest, 1, &sealed.bytes).await;
        intake.push(begun.elapsed());
        spent += spent_ms() - before;
        assert_eq!(answer.status, 201, "{}", answer.text());
    }
    let shape = manifest.proof_shape().map(Result::unwrap);
    let median = |times: &mut Vec<Duration>| {
        times.sort_unstable();
        times[times.len() / 2]
    };
    println!(
        "{name}: {} slots, {} ranges, proof {} bytes; commit, prove, seal {:?}; intake median {:?}, of the \
         processors {} ms each",
        manifest.layout().slot_count(),
        shape.as_ref().map_or(0, |shape| shape.ranges().len()),
        shape.as_ref().map_or(0, |shape| shape.proof_bytes(1)),
        median(&mut proving),
        median(&mut intake),
        spent / u64::from(ROUNDS),
    );
}

fn main() {
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        measure("4,800 slots, no proofs", (20, 12, 7), Validity::None).await;
        measure("4,800 slots", (20, 12, 7), Validity::PackProof1).await;
        measure("as many ranges as there may be", (13, 15, 0), Validity::PackProof1).await;
    });
}
