//! Randomness as an argument: whoever starts the server says where it comes from.

use std::fmt;
use std::sync::Arc;

use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng, UnwrapErr};

/// Where generators are seeded from.
#[derive(Clone)]
pub struct Randomness(Arc<dyn Fn() -> [u8; 32] + Send + Sync>);

impl Randomness {
    /// Seeds from `source`, which is asked once for each generator.
    pub fn new(source: impl Fn() -> [u8; 32] + Send + Sync + 'static) -> Self {
        Self(Arc::new(source))
    }

    /// Seeds from the operating system.
    #[must_use]
    pub fn system() -> Self {
        Self::new(|| {
            let mut seed = [0; 32];
            UnwrapErr(getrandom::SysRng).fill_bytes(&mut seed);
            seed
        })
    }

    /// A fresh generator.
    #[must_use]
    pub fn rng(&self) -> ChaCha20Rng {
        ChaCha20Rng::from_seed((self.0)())
    }

    /// Fresh bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.rng().fill_bytes(&mut bytes);
        bytes
    }
}

impl fmt::Debug for Randomness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Randomness(<private>)")
    }
}
