//! Time as an argument.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Tells the time. Handed around as `Arc<dyn Clock>`.
pub trait Clock: Send + Sync + 'static {
    /// Seconds since 1970-01-01 00:00 UTC.
    fn now_s(&self) -> u64;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_s(&self) -> u64 {
        // A clock before 1970 is broken; zero makes every deadline lie ahead.
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
    }
}

/// A clock that stands still until it is set.
#[derive(Debug, Default)]
pub struct FixedClock(AtomicU64);

impl FixedClock {
    /// Stands at `now_s`.
    #[must_use]
    pub const fn at(now_s: u64) -> Self {
        Self(AtomicU64::new(now_s))
    }

    /// Moves to `now_s`, forwards or backwards.
    pub fn set(&self, now_s: u64) {
        self.0.store(now_s, Ordering::SeqCst);
    }

    /// Moves forward.
    pub fn advance(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now_s(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_moves_only_when_told() {
        let clock = FixedClock::at(100);
        assert_eq!((clock.now_s(), clock.now_s()), (100, 100));
        clock.advance(5);
        assert_eq!(clock.now_s(), 105);
        clock.set(3);
        assert_eq!(clock.now_s(), 3);
    }

    #[test]
    fn the_system_clock_is_past_2020() {
        assert!(SystemClock.now_s() > 1_577_836_800);
    }
}
