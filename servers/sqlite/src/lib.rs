//! SQLite as both servers use it: one writer, group commit, answers only after
//! the disk has them.
//!
//! Knows connections, transactions and files. Knows no table: every server
//! brings its own migrations and its own statements.
//!
//! # Map
//! [`Database`] is the front door. Jobs given to [`Database::write`] are queued
//! (`queue`), run in groups by one task (`writer`) and answered after the
//! group's `COMMIT`; [`Database::read`] runs on a pool of read-only connections.
//!
//! ```
//! # use sqlite::{Database, StoreError};
//! # async fn example(db: Database) -> Result<(), StoreError> {
//! let id = 7_i64;
//! let changed = db
//!     .write(move |c| {
//!         Box::pin(async move {
//!             let done = sqlx::query("UPDATE survey SET closed = 1 WHERE id = ?").bind(id).execute(c).await?;
//!             Ok(done.rows_affected())
//!         })
//!     })
//!     .await?;
//! # let _ = changed;
//! # Ok(())
//! # }
//! ```

mod database;
mod error;
mod lock;
mod options;
mod queue;
mod writer;

pub use database::Database;
pub use error::StoreError;
pub use futures_util::future::BoxFuture;
