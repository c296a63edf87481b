//! What an earlier version of the server has stored is still read.

use std::borrow::Cow;

use futures_util::StreamExt;
use protocol::Hex;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, query};

use super::{MIGRATIONS, SqliteStore};
use crate::store::{PIECE_BYTES, Piece, Store, VersionKey};

#[tokio::test]
async fn groups_that_were_stored_in_one_come_in_pieces() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.sqlite");
    let group: Vec<u8> = (0..2 * PIECE_BYTES + 5).map(|at| (at % 253) as u8).collect();
    let mut old =
        SqliteConnectOptions::new().filename(&path).create_if_missing(true).connect().await.unwrap();
    let first = Migrator { migrations: Cow::Owned(MIGRATIONS.migrations[..1].to_vec()), ..Migrator::DEFAULT };
    first.run(&mut old).await.unwrap();
    query("PRAGMA foreign_keys = OFF").execute(&mut old).await.unwrap();
    query("INSERT INTO version VALUES (?1, ?1, 1, ?1, 1, ?1, NULL, NULL, NULL, NULL, NULL)")
        .bind(vec![3; 32])
        .execute(&mut old)
        .await
        .unwrap();
    for (category, entries) in [(0, &group[..]), (1, &group[..7])] {
        query("INSERT INTO ciphertexts VALUES (?1, ?1, 1, ?2, ?3)")
            .bind(vec![3; 32])
            .bind(category)
            .bind(entries)
            .execute(&mut old)
            .await
            .unwrap();
    }
    old.close().await.unwrap();

    let store = SqliteStore::open(&path).await.unwrap();
    let key = VersionKey { survey: Hex([3; 32]), credential: Hex([3; 32]), version: 1 };
    let pieces: Vec<Piece> = store.ciphertexts(key).map(Result::unwrap).collect().await;
    let piece = |category, entries: &[u8]| Piece { category, entries: entries.to_vec() };
    let (first, rest) = group.split_at(PIECE_BYTES);
    let (second, third) = rest.split_at(PIECE_BYTES);
    assert!(pieces == [piece(0, first), piece(0, second), piece(0, third), piece(1, &group[..7])]);
    store.close().await.unwrap();
}
