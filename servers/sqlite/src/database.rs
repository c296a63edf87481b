//! The handle the servers hold.

use std::path::Path;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use sqlx::sqlite::{SqliteConnection, SqlitePool, SqlitePoolOptions};
use sqlx::{ConnectOptions, migrate::Migrator};
use tokio::sync::{mpsc, oneshot};

use crate::lock::{self, Lock};
use crate::queue::{Pending, Request};
use crate::writer::Writer;
use crate::{StoreError, options};

/// How many writes may wait; the next caller waits before its job is queued.
const QUEUE: usize = 1024;
/// How many read-only connections there are.
const READERS: u32 = 4;

/// An open database. Cheap to clone; all clones share one writer.
#[derive(Clone, Debug)]
pub struct Database {
    requests: mpsc::Sender<Request>,
    readers: SqlitePool,
    path: Arc<Path>,
}

impl Database {
    /// Opens (or creates) the database at `path` and brings its schema up to date.
    ///
    /// Must be called inside a Tokio runtime, which then runs the writer.
    ///
    /// # Errors
    /// - [`StoreError::AlreadyOpen`] if another handle or process has it.
    /// - [`StoreError::CannotOpen`] if the file cannot be made or is no database.
    /// - [`StoreError::Migration`] if the schema cannot be brought up to date.
    pub async fn open(path: &Path, migrator: &'static Migrator) -> Result<Self, StoreError> {
        let lock = Lock::take(path)?;
        lock::prepare_file(path)?;
        let mut connection = options::writer(path).connect().await.map_err(|_| StoreError::CannotOpen)?;
        migrator.run(&mut connection).await.map_err(|_| StoreError::Migration)?;
        let readers =
            SqlitePoolOptions::new().max_connections(READERS).connect_lazy_with(options::reader(path));
        let (requests, queue) = mpsc::channel(QUEUE);
        let writer = Writer { path: path.to_owned(), connection: Some(connection), lock };
        tokio::spawn(writer.run(queue));
        Ok(Self { requests, readers, path: path.into() })
    }

    /// Queues `job` and answers once the group it ran in is on disk.
    ///
    /// A job that returns an error or panics is undone, alone. A caller that stops
    /// waiting does not stop its job. Jobs must not wait for anything but the
    /// connection: everybody else's writes wait behind them.
    ///
    /// # Errors
    /// The job's own error; [`StoreError::NotCommitted`] if the group's commit
    /// failed; [`StoreError::Closed`] after [`Database::close`].
    pub async fn write<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
    {
        let (caller, answer) = oneshot::channel();
        self.ask(Request::Job(Box::new(Pending { work: job, caller }))).await?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// Runs `job` on a read-only connection, over one unchanging view of the data.
    ///
    /// # Errors
    /// The job's own error, or [`StoreError::Unavailable`] if no connection is free in time.
    pub async fn read<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        F: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, StoreError>>,
    {
        let mut view = self.readers.begin().await?;
        let result = job(&mut view).await?;
        view.rollback().await?;
        Ok(result)
    }

    /// The pool of read-only connections, for single statements.
    #[must_use]
    pub fn read_pool(&self) -> &SqlitePool {
        &self.readers
    }

    /// Where the database lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Empties the write-ahead log, so that what was deleted is gone from it too.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] if a reader keeps the log in use; try again later.
    pub async fn checkpoint(&self) -> Result<(), StoreError> {
        let (caller, answer) = oneshot::channel();
        self.ask(Request::Checkpoint(caller)).await?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// Carries out what is queued, empties the log and lets go of the file.
    ///
    /// Later calls on any clone answer [`StoreError::Closed`]. Closing twice is harmless.
    pub async fn close(&self) {
        self.readers.close().await;
        let (caller, closed) = oneshot::channel();
        if self.ask(Request::Close(caller)).await.is_ok() {
            drop(closed.await);
        }
    }

    async fn ask(&self, request: Request) -> Result<(), StoreError> {
        self.requests.send(request).await.map_err(|_| StoreError::Closed)
    }
}
