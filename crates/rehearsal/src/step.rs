//! What a rehearsal tells while it goes on.

use std::sync::Arc;

/// A step that was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The search for a key began; it takes seconds to minutes.
    MakingKey,
    /// One of the two primes was found.
    PrimeFound,
    /// Both servers answer.
    ServersReady,
    /// The survey is open.
    Opened,
    /// So many of all ciphertexts of all reporters are made.
    Sealed {
        /// Ciphertexts made.
        done: usize,
        /// Ciphertexts to make.
        of: usize,
    },
    /// So many reporters have their receipts.
    Submitted {
        /// Reporters done.
        done: usize,
        /// Reporters in all.
        of: usize,
    },
    /// The survey is closed; the servers agree on the set and open the totals.
    Closed,
    /// The result is there and verified.
    Finished,
}

/// Told of every step, from any thread.
pub type Progress = Arc<dyn Fn(Step) + Send + Sync>;

/// Tells nobody.
#[must_use]
pub fn silent() -> Progress {
    Arc::new(|_| {})
}
