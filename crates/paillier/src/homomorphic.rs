//! Calculating with hidden numbers: products of ciphertexts are sums of plaintexts.

use alloc::vec::Vec;

use num_bigint::BigUint;

use crate::{Ciphertext, PublicKey};

/// The ciphertext was admitted to another key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the ciphertext belongs to another key")]
pub struct ForeignKey;

/// A growing product of ciphertexts: the encryption of the sum of their plaintexts.
///
/// One multiplication per factor: each divides by R as well, and the debt is paid once.
#[derive(Clone, Debug)]
pub struct Product {
    key: PublicKey,
    /// Π c · R^(1 − factors) mod n².
    acc: Vec<u64>,
    factors: u64,
}

impl Product {
    /// The empty product: 1, the encryption of 0 without noise.
    pub fn one(key: &PublicKey) -> Self {
        Self { key: key.clone(), acc: key.ring().one(), factors: 0 }
    }

    /// Takes one more factor.
    ///
    /// # Errors
    /// [`ForeignKey`] if it belongs to another key; the product is unchanged then.
    pub fn multiply(&mut self, factor: &Ciphertext) -> Result<(), ForeignKey> {
        self.key.require_own(factor)?;
        self.key.ring().multiply(&mut self.acc, factor.pair());
        self.factors += 1;
        Ok(())
    }

    /// Takes another product's factors, as when several threads multiply.
    ///
    /// # Errors
    /// [`ForeignKey`] if it belongs to another key; the product is unchanged then.
    pub fn merge(&mut self, other: &Self) -> Result<(), ForeignKey> {
        if self.key != other.key {
            return Err(ForeignKey);
        }
        // R^(1−k) · R^(1−l) · R⁻¹ = R^(1−(k+l))
        self.key.ring().multiply(&mut self.acc, &other.acc);
        self.factors += other.factors;
        Ok(())
    }

    /// How many factors it has taken.
    pub fn factors(&self) -> u64 {
        self.factors
    }

    /// The product as a ciphertext.
    pub fn into_ciphertext(mut self) -> Ciphertext {
        let ring = self.key.ring();
        match self.factors.checked_sub(1) {
            Some(debt) => ring.multiply(&mut self.acc, &ring.power_of_r(debt)),
            None => ring.leave(&mut self.acc),
        }
        Ciphertext::new(&self.key, self.acc)
    }
}

impl PublicKey {
    /// The encryption of the sum of two plaintexts modulo n.
    ///
    /// # Errors
    /// [`ForeignKey`] if either belongs to another key.
    pub fn add(&self, a: &Ciphertext, b: &Ciphertext) -> Result<Ciphertext, ForeignKey> {
        self.require_own(a)?;
        self.require_own(b)?;
        let mut product = self.ring().enter(a.pair());
        self.ring().multiply(&mut product, b.pair());
        Ok(Ciphertext::new(self, product))
    }

    /// The encryption of `factor` times the plaintext modulo n, as c^factor.
    ///
    /// Takes time that depends on `factor`: for public factors only.
    ///
    /// # Errors
    /// [`ForeignKey`] if the ciphertext belongs to another key.
    pub fn scale(&self, c: &Ciphertext, factor: &BigUint) -> Result<Ciphertext, ForeignKey> {
        self.require_own(c)?;
        let mut power = self.ring().power(&self.ring().enter(c.pair()), factor);
        self.ring().leave(&mut power);
        Ok(Ciphertext::new(self, power))
    }

    /// Refuses what was admitted to another key.
    pub(crate) fn require_own(&self, c: &Ciphertext) -> Result<(), ForeignKey> {
        if c.key() == self { Ok(()) } else { Err(ForeignKey) }
    }
}
