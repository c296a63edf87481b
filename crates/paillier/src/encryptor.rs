//! Encryption with noise from one public generator [Damgård–Jurik–Nielsen 2010].

use alloc::vec::Vec;
use core::fmt;

use num_bigint::BigUint;
use rand_core::CryptoRng;

use crate::comb::Comb;
use crate::{Ciphertext, Exponent, ForeignKey, Noise, Plaintext, PublicKey, SpentExponent, limbs, xof};

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
        let ring = key.ring();
        let mut h_s = noise_generator(key, survey_id);
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

    /// Encrypts with fresh noise. What callers use who have not made any ahead.
    pub fn encrypt(&self, plaintext: &Plaintext, rng: &mut impl CryptoRng) -> Ciphertext {
        self.make_noise(rng).hide(plaintext)
    }

    /// Makes noise for one encryption to come.
    pub fn make_noise(&self, rng: &mut impl CryptoRng) -> Noise {
        self.noise_of(Exponent::sample(self.key.bits(), rng))
    }

    /// Encrypts with noise made ahead, which is used up: a single multiplication.
    ///
    /// # Errors
    /// [`ForeignKey`] if the noise was made for another key; it is lost then.
    pub fn encrypt_with_noise(&self, plaintext: &Plaintext, noise: Noise) -> Result<Ciphertext, ForeignKey> {
        if *noise.key() == self.key { Ok(noise.hide(plaintext)) } else { Err(ForeignKey) }
    }

    /// The same, and the exponent as well: for whoever proves something about the ciphertext. It goes into an
    /// [`crate::ExponentSum`] and nowhere else: nothing takes either of them to encrypt with.
    ///
    /// # Errors
    /// [`ForeignKey`] if the noise was made for another key; it is lost then.
    pub fn encrypt_provably(
        &self,
        plaintext: &Plaintext,
        noise: Noise,
    ) -> Result<(Ciphertext, SpentExponent), ForeignKey> {
        if *noise.key() == self.key { Ok(noise.hide_provably(plaintext)) } else { Err(ForeignKey) }
    }

    /// Encrypts with a given exponent, which is used up.
    pub fn encrypt_with(&self, plaintext: &Plaintext, exponent: Exponent) -> Ciphertext {
        self.noise_of(exponent).hide(plaintext)
    }

    /// The same plaintext under fresh noise: c · h_s^a mod n².
    ///
    /// # Errors
    /// [`ForeignKey`] if the ciphertext belongs to another key.
    pub fn rerandomize(&self, c: &Ciphertext, rng: &mut impl CryptoRng) -> Result<Ciphertext, ForeignKey> {
        self.key.require_own(c)?;
        Ok(Ciphertext::new(&self.key, self.make_noise(rng).blind(c.pair()).0))
    }

    fn noise_of(&self, exponent: Exponent) -> Noise {
        Noise::new(&self.key, self.comb.power(self.key.ring(), &exponent), exponent)
    }
}

/// h_s = hⁿ mod n² in Montgomery form, h = −x² mod n with x = XOF(n ‖ survey id).
pub(crate) fn noise_generator(key: &PublicKey, survey_id: &[u8; 32]) -> Vec<u64> {
    let ring = key.ring();
    ring.power(&ring.enter(&pair_below_n(key, &noise_base(key, survey_id))), key.n())
}

/// h.
pub(crate) fn noise_base(key: &PublicKey, survey_id: &[u8; 32]) -> BigUint {
    let x = xof::residue(key, DOMAIN, survey_id, &[]);
    key.n() - (&x * &x % key.n())
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
