//! The one task that changes the database.
//!
//! It takes all that is queued (up to [`GROUP`]), runs it in one
//! `BEGIN IMMEDIATE` transaction with a savepoint per job, commits, and only
//! then answers: one wait for the disk serves the whole group.

use std::path::PathBuf;

use sqlx::sqlite::SqliteConnection;
use sqlx::{ConnectOptions, Connection};
use tokio::sync::mpsc::Receiver;

use crate::lock::Lock;
use crate::queue::{Job, Ran, Request};
use crate::{StoreError, options};

/// The most jobs in one transaction: bounds how long the first of them waits.
pub(crate) const GROUP: usize = 64;

/// The writer's state: its connection (none after a failure) and the file lock.
pub(crate) struct Writer {
    pub(crate) path: PathBuf,
    pub(crate) connection: Option<SqliteConnection>,
    pub(crate) lock: Lock,
}

impl Writer {
    /// Works until told to close, or until every handle is gone.
    pub(crate) async fn run(mut self, mut requests: Receiver<Request>) {
        let mut taken = Vec::with_capacity(GROUP);
        while requests.recv_many(&mut taken, GROUP).await > 0 {
            let mut group = Vec::with_capacity(taken.len());
            for request in taken.drain(..) {
                match request {
                    Request::Job(job) => group.push(job),
                    Request::Checkpoint(caller) => {
                        self.carry_out(std::mem::take(&mut group)).await;
                        let _ = caller.send(self.checkpoint().await);
                    }
                    Request::Close(caller) => {
                        self.carry_out(group).await;
                        // What is still queued is dropped, which its callers see as `Closed`.
                        requests.close();
                        self.finish().await;
                        let _ = caller.send(());
                        return;
                    }
                }
            }
            self.carry_out(group).await;
        }
        self.finish().await;
    }

    /// Runs one group and answers everybody in it.
    async fn carry_out(&mut self, group: Vec<Box<dyn Job>>) {
        if group.is_empty() {
            return;
        }
        let Some(mut connection) = self.connect().await else {
            group.into_iter().for_each(|job| job.refuse(StoreError::Unavailable));
            return;
        };
        let mut ran = Vec::with_capacity(group.len());
        let outcome = commit_together(&mut connection, group, &mut ran).await;
        if outcome.is_ok() {
            self.connection = Some(connection);
        } else {
            // The transaction's state is unknown: closing the connection undoes what is left of it.
            drop(connection.close().await);
        }
        ran.into_iter().for_each(|one| one.answer(outcome));
    }

    async fn connect(&mut self) -> Option<SqliteConnection> {
        match self.connection.take() {
            Some(connection) => Some(connection),
            None => options::writer(&self.path).connect().await.ok(),
        }
    }

    /// Moves the log into the database file and truncates it.
    async fn checkpoint(&mut self) -> Result<(), StoreError> {
        let mut connection = self.connect().await.ok_or(StoreError::Unavailable)?;
        let busy: Result<i64, _> =
            sqlx::query_scalar("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut connection).await;
        self.connection = Some(connection);
        if busy? == 0 { Ok(()) } else { Err(StoreError::Unavailable) }
    }

    async fn finish(mut self) {
        // A log that stays behind is replayed at the next start.
        let _ = self.checkpoint().await;
        if let Some(connection) = self.connection.take() {
            drop(connection.close().await);
        }
        drop(self.lock);
    }
}

/// Runs every job in its own savepoint of one transaction and commits.
///
/// `ran` is filled even when the group fails, so that everybody gets an answer.
async fn commit_together(
    connection: &mut SqliteConnection,
    group: Vec<Box<dyn Job>>,
    ran: &mut Vec<Ran>,
) -> Result<(), StoreError> {
    let mut jobs = group.into_iter();
    let Ok(mut transaction) = connection.begin_with("BEGIN IMMEDIATE").await else {
        jobs.for_each(|job| job.refuse(StoreError::Unavailable));
        return Err(StoreError::NotCommitted);
    };
    for job in jobs.by_ref() {
        // Some failures (disk full) make SQLite roll the whole transaction back by
        // itself: then the savepoint is gone too, and the group ends here.
        if in_savepoint(&mut transaction, job, ran).await.is_err() {
            jobs.for_each(|rest| rest.refuse(StoreError::NotCommitted));
            return Err(StoreError::NotCommitted);
        }
    }
    transaction.commit().await.map_err(|_| StoreError::NotCommitted)
}

/// Runs one job; a job that fails is undone alone.
async fn in_savepoint(
    transaction: &mut SqliteConnection,
    job: Box<dyn Job>,
    ran: &mut Vec<Ran>,
) -> Result<(), sqlx::Error> {
    let mut savepoint = match transaction.begin().await {
        Ok(savepoint) => savepoint,
        Err(error) => {
            job.refuse(StoreError::NotCommitted);
            return Err(error);
        }
    };
    let one = job.run(&mut savepoint).await;
    let succeeded = one.succeeded;
    ran.push(one);
    if succeeded { savepoint.commit().await } else { savepoint.rollback().await }
}
