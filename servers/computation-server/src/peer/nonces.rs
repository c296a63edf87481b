//! Nonces that were taken: each once, remembered for as long as its request could come again.
//!
//! In memory: a request that is repeated after a restart gets the answer it got before.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use protocol::Hex;
use protocol::peer::MAX_SKEW_SECONDS;

/// After how many nonces the old ones are forgotten.
const SWEEP_AT: usize = 4096;

/// The nonces of the last minutes.
#[derive(Debug, Default)]
pub(crate) struct Nonces(Mutex<HashMap<Hex<16>, u64>>);

impl Nonces {
    /// Takes a nonce of a request whose signature holds; `false` if it was taken before.
    pub(crate) fn take(&self, nonce: Hex<16>, time: u64, now: u64) -> bool {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.len() >= SWEEP_AT && taken.len().is_power_of_two() {
            taken.retain(|_, time| now <= time.saturating_add(MAX_SKEW_SECONDS));
        }
        taken.insert(nonce, time).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_taken_once_and_forgotten_when_its_time_is_over() {
        let nonces = Nonces::default();
        let name = |i: usize| Hex((i as u128).to_be_bytes());
        for i in 0..SWEEP_AT {
            assert!(nonces.take(name(i), 1000, 1000));
            assert!(!nonces.take(name(i), 1000, 1000));
        }
        assert!(nonces.take(name(SWEEP_AT), 1000 + 2 * MAX_SKEW_SECONDS, 1000 + 2 * MAX_SKEW_SECONDS));
        assert_eq!(nonces.0.lock().unwrap().len(), 1);
    }
}
