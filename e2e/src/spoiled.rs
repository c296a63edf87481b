//! A store that a disk, or somebody with access to it, has spoiled.

use crate::processes::ServerProcess;
use sqlx::{Connection, Row, SqliteConnection, sqlite::SqliteConnectOptions};

/// Changes a byte of every ciphertext piece that a data server keeps. What is there afterwards are ciphertexts as well,
/// of other numbers. The server must not run.
///
/// # Panics
/// If there is no database with ciphertexts.
pub fn spoil_ciphertexts(data_server: &ServerProcess) {
    let files = std::fs::read_dir(data_server.data_folder()).expect("a data folder");
    let mut files = files.map(|entry| entry.expect("a file").path());
    let database =
        files.find(|path| path.extension().is_some_and(|end| end == "sqlite")).expect("a database");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let changed = runtime.block_on(spoil(SqliteConnectOptions::new().filename(database)));
    assert!(changed.expect("a readable database") > 0, "there is nothing to spoil");
}

async fn spoil(options: SqliteConnectOptions) -> sqlx::Result<u64> {
    let mut db = SqliteConnection::connect_with(&options).await?;
    let pieces = sqlx::query("SELECT DISTINCT entries FROM ciphertext_piece").fetch_all(&mut db).await?;
    let mut changed = 0;
    for piece in pieces {
        let entries: Vec<u8> = piece.try_get(0)?;
        let mut spoiled = entries.clone();
        // Far below the highest byte, so that the number stays below n.
        spoiled.iter_mut().skip(100).take(1).for_each(|byte| *byte ^= 1);
        let update = sqlx::query("UPDATE ciphertext_piece SET entries = ? WHERE entries = ?");
        changed += update.bind(spoiled).bind(entries).execute(&mut db).await?.rows_affected();
    }
    db.close().await?;
    Ok(changed)
}
