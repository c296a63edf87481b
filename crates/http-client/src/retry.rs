//! How long a message is repeated.

use std::time::Duration;

/// Pauses between attempts: doubled each time, up to a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// How often a message is sent at most.
    pub attempts: u32,
    /// The first pause.
    pub first_pause: Duration,
    /// The longest pause.
    pub longest_pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { attempts: 5, first_pause: Duration::from_millis(300), longest_pause: Duration::from_secs(5) }
    }
}

impl Patience {
    /// One attempt.
    pub const NONE: Self = Self { attempts: 1, first_pause: Duration::ZERO, longest_pause: Duration::ZERO };

    /// The pause after an attempt (1, 2, …); `None` when it was the last.
    pub(crate) fn pause_after(&self, attempt: u32) -> Option<Duration> {
        let doubled = self.first_pause.saturating_mul(1 << (attempt.saturating_sub(1)).min(16));
        (attempt < self.attempts).then(|| doubled.min(self.longest_pause))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let patience = Patience {
            attempts: 4,
            first_pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(3),
        };
        let pauses: Vec<_> = (1..=4).map(|n| patience.pause_after(n).map(|p| p.as_secs())).collect();
        assert_eq!(pauses, [Some(1), Some(2), Some(3), None]);
        assert_eq!(Patience::NONE.pause_after(1), None);
    }
}
