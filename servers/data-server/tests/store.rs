//! SQLite obeys the law.

use data_server::store::{SqliteStore, Store, conformance};

#[tokio::test]
async fn sqlite_obeys_the_law() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("test.sqlite")).await.unwrap();
    conformance::all(&store).await;
    store.scrub().await.unwrap();
    store.close().await.unwrap();
}
