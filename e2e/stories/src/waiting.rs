//! Waiting for what a step needs, and no longer.

use crate::{Browser, failure};
use std::time::{Duration, Instant};

/// How long a step may take on a busy machine before it has failed.
const LIMIT: Duration = Duration::from_secs(45);
/// How often to look.
const LOOK_EVERY: Duration = Duration::from_millis(25);

impl Browser {
    /// Looks until there is something, and brings it. What does not come in time fails as `what`.
    pub fn until<T>(&self, what: &str, look: impl FnMut() -> Option<T>) -> T {
        self.until_within(LIMIT, what, look)
    }

    /// The same with a limit of its own, for what is known to take long.
    pub fn until_within<T>(&self, limit: Duration, what: &str, mut look: impl FnMut() -> Option<T>) -> T {
        let begun = Instant::now();
        loop {
            if let Some(found) = look() {
                return found;
            }
            if begun.elapsed() > limit {
                failure::fail(self, &format!("waited {} s for {what}", limit.as_secs()));
            }
            std::thread::sleep(LOOK_EVERY);
        }
    }
}
