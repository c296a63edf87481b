//! SQLite obeys the law of the store, and what it deletes leaves the disk.
#![expect(clippy::unwrap_used, reason = "tests want to fail loudly")]

use std::fs;
use std::path::Path;

use computation_server::store::{PoolKey, SqliteStore, Store, conformance};

#[tokio::test]
async fn sqlite_obeys_the_law() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("store.sqlite")).await.unwrap();
    conformance::obeys_the_law(&store).await;
    store.close().await.unwrap();
}

#[tokio::test]
async fn what_was_kept_before_a_restart_is_there_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.sqlite");
    let store = SqliteStore::open(&path).await.unwrap();
    store.add_key(PoolKey { bits: 2048, n: vec![1], sealed: vec![2; 90] }).await.unwrap();
    store.close().await.unwrap();
    let store = SqliteStore::open(&path).await.unwrap();
    assert_eq!(store.ready_keys(2048).await.unwrap(), 1);
    store.close().await.unwrap();
}

#[tokio::test]
async fn a_superseded_share_leaves_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("store.sqlite")).await.unwrap();
    let (first, second) = ([0xa5; 72], [0x5a; 72]);
    conformance::supersede(&store, first.to_vec(), second.to_vec()).await;
    store.scrub().await.unwrap();
    assert!(on_disk(folder.path(), &second) && !on_disk(folder.path(), &first));
    store.close().await.unwrap();
}

fn on_disk(folder: &Path, secret: &[u8]) -> bool {
    let files = fs::read_dir(folder).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap());
    files.into_iter().any(|bytes| bytes.windows(secret.len()).any(|window| window == secret))
}
