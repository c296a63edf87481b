//! Noise made before the plaintext is known.

use alloc::vec::Vec;
use core::fmt;

use zeroize::Zeroizing;

use crate::{Ciphertext, Plaintext, PublicKey};

/// h_s^a mod n² for one fresh secret a: what hides exactly one plaintext.
///
/// Nearly all of an encryption's time goes into it, so it is made while nobody waits, by
/// [`crate::Encryptor::make_noise`] or a [`crate::machine::Proven`] machine. It hides one plaintext only: two ciphertexts with the
/// same noise show the difference of their plaintexts, and whoever knows it can decrypt. So
/// it is not `Clone`, is used up by value, cannot leave the process, and is wiped when it is
/// dropped unused.
pub struct Noise {
    key: PublicKey,
    /// In Montgomery form.
    power: Zeroizing<Vec<u64>>,
}

impl Noise {
    pub(crate) fn new(key: &PublicKey, power: Zeroizing<Vec<u64>>) -> Self {
        Self { key: key.clone(), power }
    }

    /// The key it was made for.
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// Encrypts, and is used up: a single multiplication.
    pub fn hide(self, plaintext: &Plaintext) -> Ciphertext {
        // c = (1 + n)^m · h_s^a mod n² = (1 + m·n) · h_s^a mod n²     [binomial theorem]
        // The pair of 1 + m·n in base n is (1, m).
        let key = self.key.clone();
        let mut message = Zeroizing::new(Vec::with_capacity(2 * key.ring().count()));
        message.push(1);
        message.resize(key.ring().count(), 0);
        message.extend_from_slice(&plaintext.words_under(&key));
        Ciphertext::new(&key, self.blind(&message))
    }

    /// `pair` · h_s^a, plain: the power is in Montgomery form, the pair plain.
    pub(crate) fn blind(mut self, pair: &[u64]) -> Vec<u64> {
        self.key.ring().multiply(&mut self.power, pair);
        // What is left is public: the ciphertext.
        core::mem::take(&mut *self.power)
    }
}

impl fmt::Debug for Noise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Noise(<private>)")
    }
}
