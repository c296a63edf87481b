//! How long workers may say nothing, and how often they are replaced for it. Knows no browser.
//!
//! A device may be a hundred times slower than another: a limit that always suits would be useless, and a short one
//! would start its workers anew for ever. So each time the limit was too short it is doubled, and that ends.

/// The first limit. A worker says that it lives between two ciphertexts, and getting ready takes longest: a second
/// on a slow telephone.
pub(crate) const FIRST_MS: u32 = 30_000;
/// So many times workers are replaced for their silence: with [`FIRST_MS`] the last are waited for four minutes.
const MOST_SILENCES: u32 = 3;

/// How patient a pool is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    limit_ms: u32,
    silences: u32,
}

impl Patience {
    /// Beginning with this limit.
    pub(crate) const fn new(first_ms: u32) -> Self {
        Self { limit_ms: first_ms, silences: 0 }
    }

    /// When nobody has said anything for so long, whoever is busy is taken for dead.
    pub(crate) const fn limit_ms(self) -> u32 {
        self.limit_ms
    }

    /// It was silent for that long. Says whether other workers may be tried.
    pub(crate) const fn was_silent(&mut self) -> bool {
        self.silences += 1;
        self.limit_ms = self.limit_ms.saturating_mul(2);
        self.silences <= MOST_SILENCES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_grows_and_ends() {
        let mut patience = Patience::new(FIRST_MS);
        let mut waited = vec![patience.limit_ms()];
        while patience.was_silent() {
            waited.push(patience.limit_ms());
        }
        assert_eq!(waited, [30_000, 60_000, 120_000, 240_000]);
        let mut endless = Patience::new(u32::MAX);
        endless.was_silent();
        assert_eq!(endless.limit_ms(), u32::MAX);
    }
}
