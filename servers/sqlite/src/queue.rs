//! Jobs on their way to the writer, and the answers on their way back.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use sqlx::sqlite::SqliteConnection;
use tokio::sync::oneshot;

use crate::StoreError;

/// What the writer can be asked for.
pub(crate) enum Request {
    /// Run this job in the next group.
    Job(Box<dyn Job>),
    /// Move the write-ahead log into the database file and empty it.
    Checkpoint(oneshot::Sender<Result<(), StoreError>>),
    /// Finish, checkpoint and let go of the file.
    Close(oneshot::Sender<()>),
}

/// A job whose result type the writer need not know.
pub(crate) trait Job: Send {
    /// Runs the job and keeps its answer back.
    fn run<'c>(self: Box<Self>, connection: &'c mut SqliteConnection) -> BoxFuture<'c, Ran>;

    /// Answers a job that could not be run.
    fn refuse(self: Box<Self>, reason: StoreError);
}

/// A job that has run and whose caller has not heard of it yet.
pub(crate) struct Ran {
    /// Whether its changes stand, provided the group commits.
    pub(crate) succeeded: bool,
    answer: Box<dyn FnOnce(Result<(), StoreError>) + Send>,
}

impl Ran {
    /// Tells the caller, after the fate of the whole group is known.
    pub(crate) fn answer(self, group: Result<(), StoreError>) {
        (self.answer)(group);
    }
}

/// A caller's closure and the way back to the caller.
pub(crate) struct Pending<T, F> {
    pub(crate) work: F,
    pub(crate) caller: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Job for Pending<T, F>
where
    T: Send + 'static,
    F: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
{
    fn run<'c>(self: Box<Self>, connection: &'c mut SqliteConnection) -> BoxFuture<'c, Ran> {
        let Self { work, caller } = *self;
        Box::pin(async move {
            // A panic must not take the writer down: its changes are rolled back below.
            let running = AssertUnwindSafe(async move { work(connection).await });
            let result = running.catch_unwind().await.unwrap_or(Err(StoreError::JobFailed));
            Ran {
                succeeded: result.is_ok(),
                // A caller that went away is no error: its change stands all the same.
                answer: Box::new(move |group| {
                    drop(caller.send(result.and_then(|value| group.map(|()| value))))
                }),
            }
        })
    }

    fn refuse(self: Box<Self>, reason: StoreError) {
        drop(self.caller.send(Err(reason)));
    }
}
