//! Noise made before the plaintext is known.

use alloc::vec::Vec;
use core::fmt;

use kernels::swept;
use zeroize::Zeroizing;

use crate::{Ciphertext, Exponent, Plaintext, PublicKey, SpentExponent};

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
    exponent: Exponent,
}

impl Noise {
    pub(crate) fn new(key: &PublicKey, power: Zeroizing<Vec<u64>>, exponent: Exponent) -> Self {
        Self { key: key.clone(), power, exponent }
    }

    /// The key it was made for.
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// Encrypts, and is used up: a single multiplication.
    pub fn hide(self, plaintext: &Plaintext) -> Ciphertext {
        self.hide_provably(plaintext).0
    }

    /// The same, and the exponent as well: for whoever proves something about the ciphertext. It goes into an
    /// [`crate::ExponentSum`] and nowhere else: nothing takes either of them to encrypt with.
    pub fn hide_provably(self, plaintext: &Plaintext) -> (Ciphertext, SpentExponent) {
        // c = (1 + n)^m · h_s^a mod n² = (1 + m·n) · h_s^a mod n²     [binomial theorem]
        // The pair of 1 + m·n in base n is (1, m).
        let key = self.key.clone();
        let mut message = Zeroizing::new(Vec::with_capacity(2 * key.ring().count()));
        message.push(1);
        message.resize(key.ring().count(), 0);
        message.extend_from_slice(&plaintext.words_under(&key));
        let (pair, exponent) = self.blind(&message);
        (Ciphertext::new(&key, pair), exponent)
    }

    /// `pair` · h_s^a, plain: the power is in Montgomery form, the pair plain. And a.
    pub(crate) fn blind(mut self, pair: &[u64]) -> (Vec<u64>, SpentExponent) {
        swept(|| self.key.ring().multiply(&mut self.power, pair));
        // What is left is public: the ciphertext.
        (core::mem::take(&mut *self.power), self.exponent.spent())
    }
}

impl fmt::Debug for Noise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Noise(<private>)")
    }
}
