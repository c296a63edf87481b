//! Encryption with noise from one public generator [Damgård–Jurik–Nielsen 2010].

use alloc::vec::Vec;
use core::fmt;

use num_bigint::BigUint;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::comb::Comb;
use crate::{Ciphertext, Exponent, ForeignKey, Plaintext, PublicKey, limbs, xof};

/// Separates this hash from every other one.
const DOMAIN: &str = "sealed-pay/v1/paillier-h";

/// Encrypts under one key for one survey; may be shared by threads.
pub struct Encryptor {
    key: PublicKey,
    generator: Ciphertext,
    comb: Comb,
}

impl Encryptor {
    /// Derives h and h_s and builds the tables for powers of h_s.
    ///
    /// h = −x² mod n with x = XOF(n ‖ survey id): nobody chooses it, and its Jacobi symbol
    /// is +1. h_s = hⁿ mod n² is computed here, not taken from whoever owns the key.
    pub fn new(key: &PublicKey, survey_id: &[u8; 32]) -> Self {
        let x = xof::residue(key, DOMAIN, survey_id, &[]);
        let h = key.n() - (&x * &x % key.n());
        let ring = key.ring();
        let base = ring.enter(&pair_below_n(key, &h));
        let mut h_s = ring.power(&base, key.n());
        let comb = Comb::new(ring, &h_s, key.bits());
        ring.leave(&mut h_s);
        Self { key: key.clone(), generator: Ciphertext::new(key, h_s), comb }
    }

    /// The key encrypted under.
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// h_s, which is also an encryption of 0.
    pub fn noise_generator(&self) -> &Ciphertext {
        &self.generator
    }

    /// Encrypts with a fresh exponent. What callers use.
    pub fn encrypt(&self, plaintext: &Plaintext, rng: &mut impl CryptoRng) -> Ciphertext {
        self.encrypt_with(plaintext, Exponent::sample(self.key.bits(), rng))
    }

    /// Encrypts with a given exponent, which is used up.
    #[expect(clippy::needless_pass_by_value, reason = "an exponent must not serve twice")]
    pub fn encrypt_with(&self, plaintext: &Plaintext, exponent: Exponent) -> Ciphertext {
        // c = (1 + n)^m · h_s^a mod n² = (1 + m·n) · h_s^a mod n²     [binomial theorem]
        // The pair of 1 + m·n in base n is (1, m).
        let mut message = Zeroizing::new(Vec::with_capacity(2 * self.key.ring().count()));
        message.push(1);
        message.resize(self.key.ring().count(), 0);
        message.extend_from_slice(&plaintext.words_under(&self.key));
        Ciphertext::new(&self.key, self.blind(&message, &exponent))
    }

    /// The same plaintext under fresh noise: c · h_s^a mod n².
    ///
    /// # Errors
    /// [`ForeignKey`] if the ciphertext belongs to another key.
    pub fn rerandomize(&self, c: &Ciphertext, rng: &mut impl CryptoRng) -> Result<Ciphertext, ForeignKey> {
        self.key.require_own(c)?;
        let exponent = Exponent::sample(self.key.bits(), rng);
        Ok(Ciphertext::new(&self.key, self.blind(c.pair(), &exponent)))
    }

    /// `pair` · h_s^a, plain: the power comes in Montgomery form, the pair plain.
    fn blind(&self, pair: &[u64], exponent: &Exponent) -> Vec<u64> {
        let ring = self.key.ring();
        let mut noise = self.comb.power(ring, exponent);
        ring.multiply(&mut noise, pair);
        noise.to_vec()
    }
}

/// (x, 0) for x < n.
pub(crate) fn pair_below_n(key: &PublicKey, x: &BigUint) -> Vec<u64> {
    let count = key.ring().count();
    let mut pair = limbs::from_biguint(x, count).unwrap_or_default();
    pair.resize(2 * count, 0);
    pair
}

impl fmt::Debug for Encryptor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Encryptor({} bits)", self.key.bits().bits())
    }
}
