//! How many bytes of submissions are in memory at a time; who comes then waits before it is read.

use protocol::Problem;
use tokio::sync::{Semaphore, SemaphorePermit};

const UNIT: usize = 1024;

/// Room for bodies.
pub(crate) struct Budget {
    room: Semaphore,
    units: usize,
}

impl Budget {
    /// Room for so many bytes.
    pub(crate) fn new(bytes: usize) -> Self {
        let units = bytes.div_ceil(UNIT).clamp(1, Semaphore::MAX_PERMITS);
        Self { room: Semaphore::new(units), units }
    }

    /// Waits for room for a body of at most `bytes`; free again when dropped.
    pub(crate) async fn room(&self, bytes: usize) -> Result<SemaphorePermit<'_>, Problem> {
        let units = bytes.div_ceil(UNIT).clamp(1, self.units);
        let units = u32::try_from(units).map_err(|_| Problem::BodyTooLarge)?;
        self.room.acquire_many(units).await.map_err(|_| Problem::Internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[tokio::test]
    async fn many_large_bodies_at_once_wait_for_room_before_they_are_read() {
        let budget = Budget::new(4 * UNIT);
        let first = budget.room(3 * UNIT).await.unwrap();
        let _small = budget.room(1).await.unwrap();
        let second = budget.room(3 * UNIT);
        assert!(tokio::time::timeout(Duration::from_millis(20), second).await.is_err());
        drop(first);
        drop(budget.room(3 * UNIT).await.unwrap());
    }
}
