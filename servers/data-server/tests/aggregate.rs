//! Products from a store, piece by piece: what comes out, and what is refused.

use std::sync::OnceLock;

use data_server::store::{PIECE_BYTES, SqliteStore, Store, VersionKey, conformance};
use data_server::{AggregateFailure, Aggregates, aggregate};
use num_bigint::BigUint;
use paillier::{Ciphertext, Encryptor, KeyBits, Plaintext, PublicKey};
use paillier_keys::{MemberId, MinimumCohort, close};
use protocol::{Hex, HexBytes};
use test_support::{insecure_secret_key, seeded_rng};

const SURVEY: u8 = 7;

fn key() -> &'static PublicKey {
    insecure_secret_key(KeyBits::B2048).public()
}

/// Encryptions of 0 to 63, each its own noise.
fn ciphertexts() -> &'static [Ciphertext] {
    static ALL: OnceLock<Vec<Ciphertext>> = OnceLock::new();
    ALL.get_or_init(|| {
        let encryptor = Encryptor::new(key(), &[SURVEY; 32]);
        let mut rng = seeded_rng(31);
        (0..64).map(|m| encryptor.encrypt(&Plaintext::from_u64(m), &mut rng)).collect()
    })
}

/// A group whose ciphertexts hide `first`, `first + 1`, … modulo 64.
fn group(first: usize, count: usize) -> Vec<u8> {
    let all = ciphertexts().iter().cycle().skip(first).take(count);
    all.flat_map(Ciphertext::to_bytes).collect()
}

async fn store() -> (tempfile::TempDir, SqliteStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("test.sqlite")).await.unwrap();
    (folder, store)
}

fn opened(groups: Vec<Vec<HexBytes>>) -> Vec<BigUint> {
    let products = groups.concat();
    let products = products.iter().map(|bytes| key().admit_ciphertext(&bytes.0).unwrap()).collect();
    let members = [1, 2, 3].map(|id| MemberId([id; 32]));
    let closed = close(&members, &members, products, MinimumCohort::new(3).unwrap()).unwrap();
    let totals = insecure_secret_key(KeyBits::B2048).open(closed).unwrap();
    totals.iter().map(Plaintext::to_biguint).collect()
}

#[tokio::test]
async fn every_block_of_every_group_gets_its_own_product_however_long_the_groups_are() {
    let (_folder, store) = store().await;
    // More than two pieces of five blocks an entry, so that entries lie across pieces; and a short group.
    let in_piece = PIECE_BYTES / key().ciphertext_bytes();
    let counts = [10 * (in_piece / 5 + 1), 2];
    assert!(counts[0] > 2 * in_piece && !in_piece.is_multiple_of(5));
    let first = |who: u8| [usize::from(who), 40 + usize::from(who)];
    let groups = |who: u8| counts.iter().zip(first(who)).map(|(count, first)| group(first, *count)).collect();
    let versions = conformance::submitted(&store, SURVEY, 3, groups).await;
    let all = Aggregates::new(key(), Hex([SURVEY; 32]), &[5, 1]);
    let all = aggregate(&store, all, &versions).await.unwrap();
    let products = all.finish(&mut seeded_rng(1)).unwrap();
    assert_eq!(products.iter().map(Vec::len).collect::<Vec<_>>(), [5, 1]);
    let mut expected = [0u64; 6];
    for who in 1..=3 {
        let [long, short] = first(who);
        (0..counts[0]).for_each(|at| expected[at % 5] += ((long + at) % 64) as u64);
        (0..counts[1]).for_each(|at| expected[5] += ((short + at) % 64) as u64);
    }
    assert_eq!(opened(products), expected.map(BigUint::from));
}

async fn failure(store: &SqliteStore, versions: &[VersionKey], blocks: &[usize]) -> AggregateFailure {
    let all = Aggregates::new(key(), Hex([SURVEY; 32]), blocks);
    aggregate(store, all, versions).await.map(|_| ()).unwrap_err()
}

#[tokio::test]
async fn submissions_of_another_shape_are_damaged() {
    let (_folder, store) = store().await;
    let groups = |who: u8| match who {
        1 => vec![group(0, 2), group(2, 2)],
        2 => vec![group(0, 3)],
        _ => vec![[group(0, 1), vec![0; 100]].concat()],
    };
    let versions = conformance::submitted(&store, SURVEY, 3, groups).await;
    let all = Aggregates::new(key(), Hex([SURVEY; 32]), &[2, 1]);
    assert!(aggregate(&store, all, &versions[..1]).await.is_ok());
    // Too few groups, too many, an entry that is not whole, bytes that are no ciphertext.
    for (blocks, of) in [(&[2, 1, 1][..], 0), (&[2], 0), (&[2], 1), (&[1], 2)] {
        let failure = failure(&store, &versions[of..=of], blocks).await;
        assert!(matches!(failure, AggregateFailure::Damaged), "{blocks:?} of {of}: {failure:?}");
    }
}

#[tokio::test]
async fn a_factor_that_is_no_unit_is_noticed_at_the_end() {
    let (_folder, store) = store().await;
    let p = insecure_secret_key(KeyBits::B2048).expose_primes().0.clone();
    let shares_p = [vec![0; 256 - p.len()], p, vec![0; 256]].concat();
    let groups =
        |who: u8| vec![if who == 2 { [group(0, 1), shares_p.clone()].concat() } else { group(0, 2) }];
    let versions = conformance::submitted(&store, SURVEY, 3, groups).await;
    let all = Aggregates::new(key(), Hex([SURVEY; 32]), &[1]);
    let all = aggregate(&store, all, &versions).await.unwrap();
    assert!(all.finish(&mut seeded_rng(1)).is_err());
}

#[tokio::test]
async fn nothing_is_left_to_read_of_a_version_that_is_not_there() {
    let (_folder, store) = store().await;
    let versions = conformance::submitted(&store, SURVEY, 1, |_| vec![group(0, 1)]).await;
    let missing = VersionKey { version: 9, ..versions[0] };
    assert!(matches!(failure(&store, &[missing], &[1]).await, AggregateFailure::Damaged));
    store.close().await.unwrap();
    assert!(matches!(failure(&store, &versions, &[1]).await, AggregateFailure::Store(_)));
}
