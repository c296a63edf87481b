//! What the servers rely on: durability, isolation of jobs, answers after the commit.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sqlite::{Database, StoreError};
use sqlx::migrate::Migrator;
use tokio::sync::Notify;

static MIGRATOR: Migrator = sqlx::migrate!("tests/migrations");

async fn open(folder: &Path) -> Database {
    Database::open(&folder.join("test.sqlite"), &MIGRATOR).await.unwrap()
}

async fn add(db: &Database, id: i64) -> Result<(), StoreError> {
    db.write(move |c| {
        Box::pin(async move {
            sqlx::query("INSERT INTO note (id, text) VALUES (?, 'x')").bind(id).execute(c).await?;
            Ok(())
        })
    })
    .await
}

async fn count(db: &Database) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM note").fetch_one(db.read_pool()).await.unwrap()
}

/// Occupies the writer until the returned signal is given, so that what is
/// written meanwhile falls into one group.
async fn hold_writer(db: &Database) -> Arc<Notify> {
    let (go, entered) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (db, wait, enter) = (db.clone(), go.clone(), entered.clone());
    tokio::spawn(async move {
        db.write(move |_| {
            Box::pin(async move {
                enter.notify_one();
                wait.notified().await;
                Ok(())
            })
        })
        .await
    });
    entered.notified().await;
    go
}

/// Counts commits, and lets them through only if `allow`.
async fn count_commits(db: &Database, allow: bool) -> Arc<AtomicUsize> {
    let commits = Arc::new(AtomicUsize::new(0));
    let seen = commits.clone();
    db.write(move |c| {
        Box::pin(async move {
            let mut first = true;
            c.lock_handle().await?.set_commit_hook(move || {
                // The commit that installs the hook is not counted.
                if std::mem::take(&mut first) {
                    return true;
                }
                // Slow enough for an answer given too early to be noticed.
                std::thread::sleep(Duration::from_millis(20));
                seen.fetch_add(1, Ordering::SeqCst);
                allow
            });
            Ok(())
        })
    })
    .await
    .unwrap();
    commits
}

/// Lets tasks that are ready put their jobs into the queue.
async fn settle() {
    tokio::time::sleep(Duration::from_millis(50)).await;
}

#[tokio::test]
async fn writes_that_wait_together_share_one_commit() {
    let folder = tempfile::tempdir().unwrap();
    let db = open(folder.path()).await;
    let commits = count_commits(&db, true).await;
    let go = hold_writer(&db).await;
    let writes: Vec<_> = (0..20)
        .map(|id| {
            let db = db.clone();
            tokio::spawn(async move { add(&db, id).await })
        })
        .collect();
    settle().await;
    go.notify_one();
    for write in writes {
        write.await.unwrap().unwrap();
    }
    assert_eq!(commits.load(Ordering::SeqCst), 2, "one for the holder, one for the twenty");
    assert_eq!(count(&db).await, 20);
}

#[tokio::test]
async fn a_failing_job_is_undone_alone() {
    let folder = tempfile::tempdir().unwrap();
    let db = open(folder.path()).await;
    let go = hold_writer(&db).await;
    let failing = db.write(|c| {
        Box::pin(async move {
            sqlx::query("INSERT INTO note (id, text) VALUES (1, 'undone')").execute(&mut *c).await?;
            sqlx::query("INSERT INTO note (id, text) VALUES (2, NULL)").execute(&mut *c).await?;
            Ok(())
        })
    });
    let panicking = db.write(|c| {
        Box::pin(async move {
            sqlx::query("INSERT INTO note (id, text) VALUES (3, 'undone')").execute(c).await?;
            if count_of_nothing() == 0 {
                panic!("planted");
            }
            Ok(())
        })
    });
    let all = async { tokio::join!(add(&db, 10), failing, panicking, add(&db, 11)) };
    let release = async {
        settle().await;
        go.notify_one();
    };
    let ((before, failed, panicked, after), ()) = tokio::join!(all, release);
    assert_eq!(
        (before, failed, panicked, after),
        (Ok(()), Err(StoreError::Constraint), Err(StoreError::JobFailed), Ok(()))
    );
    assert_eq!(count(&db).await, 2);
}

fn count_of_nothing() -> usize {
    std::hint::black_box(0)
}

#[tokio::test]
async fn nobody_is_answered_before_the_commit() {
    let folder = tempfile::tempdir().unwrap();
    let db = open(folder.path()).await;
    let commits = count_commits(&db, true).await;
    for id in 0..5 {
        let before = commits.load(Ordering::SeqCst);
        add(&db, id).await.unwrap();
        assert_eq!(commits.load(Ordering::SeqCst), before + 1);
        // A second connection sees it as soon as the caller has its answer.
        assert_eq!(count(&db).await, id + 1);
    }
}

#[tokio::test]
async fn a_group_that_is_not_committed_is_confirmed_to_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let db = open(folder.path()).await;
    count_commits(&db, false).await;
    let (one, two) = tokio::join!(add(&db, 1), add(&db, 2));
    assert_eq!(one, Err(StoreError::NotCommitted));
    // Depending on the grouping the second one met the refusing connection or the fresh one.
    let stored = i64::from(two.is_ok());
    assert_eq!(count(&db).await, stored);
    add(&db, 3).await.unwrap();
    assert_eq!(count(&db).await, stored + 1);
}

#[tokio::test]
async fn the_writer_waits_for_the_disk_and_enforces_references() {
    let folder = tempfile::tempdir().unwrap();
    let db = open(folder.path()).await;
    let pragmas: (String, Vec<i64>) = db
        .write(|c| {
            Box::pin(async move {
                let journal = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut *c).await?;
                let mut numbers = Vec::new();
                for pragma in [
                    "PRAGMA synchronous",
                    "PRAGMA foreign_keys",
                    "PRAGMA busy_timeout",
                    "PRAGMA secure_delete",
                ] {
                    numbers.push(sqlx::query_scalar(pragma).fetch_one(&mut *c).await?);
                }
                Ok((journal, numbers))
            })
        })
        .await
        .unwrap();
    // 2 is FULL.
    assert_eq!(pragmas, ("wal".to_owned(), vec![2, 1, 5000, 1]));
    let orphan = db
        .write(|c| {
            Box::pin(async move {
                sqlx::query("INSERT INTO note (id, author, text) VALUES (1, 99, 'x')").execute(c).await?;
                Ok(())
            })
        })
        .await;
    assert_eq!(orphan, Err(StoreError::Constraint));
}

#[tokio::test]
async fn reopening_keeps_the_data_and_closing_empties_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let db = open(folder.path()).await;
    add(&db, 1).await.unwrap();
    db.close().await;
    assert_eq!(add(&db, 2).await, Err(StoreError::Closed));
    db.close().await;
    let log = folder.path().join("test.sqlite-wal");
    assert!(!log.exists() || log.metadata().unwrap().len() == 0);
    assert_eq!(count(&open(folder.path()).await).await, 1);
}

#[tokio::test]
async fn a_second_handle_is_told_that_the_database_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let db = open(folder.path()).await;
    let second = Database::open(&folder.path().join("test.sqlite"), &MIGRATOR).await;
    assert_eq!(second.err(), Some(StoreError::AlreadyOpen));
    db.close().await;
    open(folder.path()).await;
}

#[tokio::test]
async fn a_reader_cannot_write_and_sees_one_view() {
    let folder = tempfile::tempdir().unwrap();
    let db = open(folder.path()).await;
    let written = db
        .read(|c| {
            Box::pin(async move {
                sqlx::query("INSERT INTO note (id, text) VALUES (1, 'x')").execute(c).await?;
                Ok(())
            })
        })
        .await;
    assert_eq!(written, Err(StoreError::Unavailable));
    let writing = db.clone();
    let (before, after) = db
        .read(|c| {
            Box::pin(async move {
                let before: i64 = sqlx::query_scalar("SELECT count(*) FROM note").fetch_one(&mut *c).await?;
                add(&writing, 1).await?;
                let after: i64 = sqlx::query_scalar("SELECT count(*) FROM note").fetch_one(&mut *c).await?;
                Ok((before, after))
            })
        })
        .await
        .unwrap();
    assert_eq!((before, after), (0, 0));
    assert_eq!(count(&db).await, 1);
}

#[tokio::test]
async fn a_checkpoint_leaves_no_deleted_text_behind() {
    let folder = tempfile::tempdir().unwrap();
    let db = open(folder.path()).await;
    for statement in ["INSERT INTO note (id, text) VALUES (1, 'erase-me-entirely')", "DELETE FROM note"] {
        db.write(move |c| {
            Box::pin(async move {
                sqlx::query(statement).execute(c).await?;
                Ok(())
            })
        })
        .await
        .unwrap();
    }
    db.checkpoint().await.unwrap();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(17).any(|at| at == b"erase-me-entirely"));
    }
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let db = open(folder.path()).await;
    add(&db, 1).await.unwrap();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        assert_eq!(file.unwrap().metadata().unwrap().permissions().mode() & 0o077, 0);
    }
}
