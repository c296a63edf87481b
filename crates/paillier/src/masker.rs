//! Encryptions under exponents longer than half the key: what a proof answers with.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use kernels::swept;
use zeroize::Zeroizing;

use crate::secret_power::secret_power;
use crate::{Ciphertext, Encryptor, Exponent, Natural, Plaintext};

/// Calculates (1 + m·n)·h_s^α mod n² for α of any length, in time that depends on its length alone.
///
/// Clones share their tables.
#[derive(Clone)]
pub struct Masker {
    encryptor: Arc<Encryptor>,
    /// h_s^(2^(|n|/2)) in Montgomery form.
    beyond: Arc<[u64]>,
}

impl Masker {
    /// Squares h_s |n|/2 times, which takes as long as a few encryptions.
    pub fn new(encryptor: Arc<Encryptor>) -> Self {
        let key = encryptor.key();
        let mut beyond = key.ring().enter(encryptor.noise_generator().pair());
        (0..key.bits().exponent_bits()).for_each(|_| key.ring().square(&mut beyond));
        let beyond = beyond.into();
        Self { encryptor, beyond }
    }

    /// The tables that it stands on.
    pub fn encryptor(&self) -> &Encryptor {
        &self.encryptor
    }

    /// (1 + m·n)·h_s^α mod n². Takes drawn numbers and those read from bytes; sums of spent exponents are
    /// [`crate::ExponentSum`]s, which it does not take.
    pub fn mask(&self, plaintext: &Plaintext, exponent: &Natural) -> Ciphertext {
        // α = low + 2^(|n|/2)·high: the comb takes the low part, a window the high one.
        let key = self.encryptor.key();
        let (low, high) = exponent.split_at(Exponent::count(key.bits()));
        let low = Exponent::from_words(key.bits(), low);
        let masked = self.encryptor.encrypt_with(plaintext, low);
        let mut pair: Vec<u64> = masked.pair().to_vec();
        let power: Zeroizing<Vec<u64>> = secret_power(key.ring(), &self.beyond, high);
        // A plain number times a Montgomery form is plain.
        swept(|| key.ring().multiply(&mut pair, &power));
        Ciphertext::new(key, pair)
    }
}

impl fmt::Debug for Masker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Masker({} bits)", self.encryptor.key().bits().bits())
    }
}
