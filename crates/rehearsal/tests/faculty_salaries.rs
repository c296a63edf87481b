//! A whole survey over HTTP: what six universities could learn together, with figures known beforehand.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails loudly")]

use organizer::VerifiedResult;
use paillier::KeyBits;
use paillier_keys::SecretKey;
use payfile::{Options as FileOptions, Table, infer_schema, read_records};
use protocol::{EndedReason, ReleaseCell};
use rehearsal::{Options, Play, Played, Rehearsal, deal, silent};
use survey::{Granularity, Thresholds};

const FILE: &str = include_str!("../../../data/faculty-salaries.csv");

fn insecure_key() -> SecretKey {
    let primes = test_support::insecure_secret_key(KeyBits::B2048).expose_primes();
    SecretKey::from_primes(&primes.0, &primes.1).unwrap()
}

async fn play(reporters: usize, thresholds: Thresholds) -> Played {
    let table = Table::parse(FILE.as_bytes()).unwrap();
    let mapping = table.mapping("sex", "salary").unwrap();
    let options = FileOptions::default();
    let schema = infer_schema(&table, mapping, None, "USD", options).unwrap();
    let records = read_records(&table, &schema, mapping, options).unwrap().into_records();
    let options = Options { keys: vec![insecure_key()], ..Options::new(KeyBits::B2048) };
    let rehearsal = Rehearsal::start(options).await.unwrap();
    let reporters = deal(&records, reporters);
    let play = Play {
        title: "Faculty salaries".to_owned(),
        schema,
        thresholds,
        granularity: Granularity::Records,
        reporters,
    };
    let played = rehearsal.play(play, &silent()).await.unwrap();
    rehearsal.stop().await.unwrap();
    played
}

fn figures(cell: &ReleaseCell) -> (Option<u32>, Option<u64>, Option<&str>, Option<&str>) {
    (cell.reporters, cell.employees, cell.sum.as_deref(), cell.mean.as_deref())
}

#[tokio::test(flavor = "multi_thread")]
async fn six_reporters_learn_the_known_means() {
    let played = play(6, Thresholds::DEFAULT).await;
    let VerifiedResult::Released { release, agreed } = &played.result else { panic!("a release") };
    assert_eq!((release.counted, agreed.members.len()), (6, 6));
    let [female, male] = release.cells.as_slice() else { panic!("two cells") };
    assert_eq!(figures(female), (Some(6), Some(39), Some("3939094.00"), Some("101002.41")));
    assert_eq!(figures(male), (Some(6), Some(358), Some("41202370.00"), Some("115090.42")));
    let [gap] = release.gaps.as_slice() else { panic!("one gap") };
    assert_eq!((gap.compared.as_str(), gap.reference.as_str()), ("Female", "Male"));
    assert_eq!((gap.percent.as_deref(), gap.cents_per_unit.as_deref()), (Some("12.24"), Some("87.76")));
}

#[tokio::test(flavor = "multi_thread")]
async fn too_few_reporters_end_without_a_result() {
    let played = play(4, Thresholds::DEFAULT).await;
    let VerifiedResult::Ended { ended, .. } = &played.result else { panic!("an end") };
    assert_eq!(ended.reason, EndedReason::TooFewReporters);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_of_too_few_is_suppressed_with_its_gap() {
    let played = play(6, Thresholds::new(3, 3, 40).unwrap()).await;
    let VerifiedResult::Released { release, .. } = &played.result else { panic!("a release") };
    let [female, male] = release.cells.as_slice() else { panic!("two cells") };
    assert_eq!(female.suppressed.as_deref(), Some("too-few"));
    assert_eq!(figures(female), (None, None, None, None));
    assert_eq!(male.mean.as_deref(), Some("115090.42"));
    let [gap] = release.gaps.as_slice() else { panic!("one gap") };
    assert_eq!(gap.suppressed.as_deref(), Some("suppressed-side"));
}
