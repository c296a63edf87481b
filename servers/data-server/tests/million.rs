//! A million ciphertexts from the database, in the memory of a process of its own. Takes a while, so it is asked
//! for by name: `cargo xtask test` does; docs/BENCHMARKS.md says what came out.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement fails loudly and prints")]

use std::time::Instant;

use data_server::store::{SqliteStore, conformance};
use data_server::{Aggregates, aggregate};
use paillier::{Ciphertext, Encryptor, KeyBits, Plaintext};
use paillier_keys::{MemberId, MinimumCohort, close};
use protocol::Hex;
use test_support::{insecure_secret_key, seeded_rng};

const SURVEY: u8 = 7;
/// Submissions, and ciphertexts in each.
const SUBMISSIONS: u8 = 10;
const IN_EACH: u64 = 100;
/// How often every submission is read.
const ROUNDS: usize = 1000;
/// Resident memory that must not be exceeded.
const LIMIT_KB: u64 = 200_000;

/// The most memory that this process ever had resident, in units of 1024 bytes (proc(5), `VmHWM`).
fn most_resident_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches("kB").trim().parse().unwrap()
}

#[tokio::test]
#[ignore = "takes a while: cargo xtask test runs it after the others"]
async fn a_million_ciphertexts_are_multiplied_in_less_than_200_megabytes() {
    let key = insecure_secret_key(KeyBits::B3072).public();
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("test.sqlite")).await.unwrap();
    let encryptor = Encryptor::new(key, &[SURVEY; 32]);
    let groups = |who: u8| {
        let mut rng = seeded_rng(who.into());
        let all = (0..IN_EACH).map(|m| encryptor.encrypt(&Plaintext::from_u64(m), &mut rng));
        vec![all.flat_map(|ciphertext: Ciphertext| ciphertext.to_bytes()).collect()]
    };
    // The same thousand come from the database again and again: a list of versions may name one twice here.
    let versions = conformance::submitted(&store, SURVEY, SUBMISSIONS, groups).await.repeat(ROUNDS);
    let count = versions.len() as u64 * IN_EACH;
    assert_eq!(count, 1_000_000);
    let (before, begun) = (most_resident_kb(), Instant::now());
    let all = Aggregates::new(key, Hex([SURVEY; 32]), &[1]);
    let all = aggregate(&store, all, &versions).await.unwrap();
    let products = all.finish(&mut seeded_rng(1)).unwrap();
    let (took, most) = (begun.elapsed(), most_resident_kb());
    println!(
        "{count} ciphertexts in {:.1} s, {:.2} us each on {} threads; resident at most {most} kB, {before} kB before",
        took.as_secs_f64(),
        took.as_secs_f64() * 1e6 / count as f64,
        std::thread::available_parallelism().unwrap(),
    );
    let products = products.concat().iter().map(|c| key.admit_ciphertext(&c.0).unwrap()).collect();
    let members = [1, 2, 3].map(|id| MemberId([id; 32]));
    let closed = close(&members, &members, products, MinimumCohort::new(3).unwrap()).unwrap();
    let totals = insecure_secret_key(KeyBits::B3072).open(closed).unwrap();
    let sum = u64::from(SUBMISSIONS) * ROUNDS as u64 * IN_EACH * (IN_EACH - 1) / 2;
    assert_eq!(totals.iter().map(Plaintext::to_biguint).collect::<Vec<_>>(), [sum.into()]);
    assert!(most < LIMIT_KB, "{most} kB");
}
