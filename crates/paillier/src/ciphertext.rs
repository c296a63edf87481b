//! What travels: a ciphertext as the pair (c0, c1) in base n.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

use crypto_bigint::{BoxedUint, Gcd};
use num_bigint::BigUint;

use crate::base_n::pair_of;
use crate::{PublicKey, limbs};

/// A unit modulo n², c = c0 + c1·n, bound to the key it was admitted to.
///
/// Its bytes are c0 ‖ c1, each big-endian and exactly as long as n.
#[derive(Clone, PartialEq, Eq)]
pub struct Ciphertext {
    key: PublicKey,
    pair: Box<[u64]>,
}

/// Why bytes or a number are no ciphertext under the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CiphertextRefusal {
    /// Not exactly twice as many bytes as n.
    #[error("the ciphertext does not have the key's length")]
    WrongLength,
    /// c0 ≥ n or c1 ≥ n (as one number: c ≥ n²).
    #[error("the ciphertext is not reduced")]
    NotReduced,
    /// c = 0.
    #[error("the ciphertext is zero")]
    Zero,
    /// gcd(c, n) ≠ 1: not a unit modulo n².
    #[error("the ciphertext shares a factor with the key")]
    SharesFactor,
}

impl PublicKey {
    /// Admits c0 ‖ c1.
    ///
    /// # Errors
    /// [`CiphertextRefusal`] names the first check that failed.
    pub fn admit_ciphertext(&self, bytes: &[u8]) -> Result<Ciphertext, CiphertextRefusal> {
        self.admit_shape(bytes)?.admit_unit()
    }

    /// Admits any number of ciphertexts, one behind the other, with one gcd for all of them.
    ///
    /// # Errors
    /// The index of the first ciphertext that is refused, and why.
    pub fn admit_ciphertexts(&self, bytes: &[u8]) -> Result<Vec<Ciphertext>, (usize, CiphertextRefusal)> {
        let all = bytes
            .chunks(self.ciphertext_bytes())
            .enumerate()
            .map(|(index, one)| self.admit_shape(one).map_err(|refusal| (index, refusal)))
            .collect::<Result<Vec<_>, _>>();
        // gcd(Π c0, n) = 1 exactly when it is 1 for every factor.
        match all {
            Ok(all) if self.is_unit(&self.ring().product_mod_n(all.iter().map(Ciphertext::low))) => Ok(all),
            _ => bytes
                .chunks(self.ciphertext_bytes())
                .enumerate()
                .map(|(index, one)| self.admit_ciphertext(one).map_err(|refusal| (index, refusal)))
                .collect(),
        }
    }

    /// Everything but the gcd.
    fn admit_shape(&self, bytes: &[u8]) -> Result<Ciphertext, CiphertextRefusal> {
        Ok(Ciphertext::new(self, self.admit_pair(bytes)?))
    }

    /// Everything but the gcd: the reduced pair.
    pub(crate) fn admit_pair(&self, bytes: &[u8]) -> Result<Vec<u64>, CiphertextRefusal> {
        if bytes.len() != self.ciphertext_bytes() {
            return Err(CiphertextRefusal::WrongLength);
        }
        let mut pair = Vec::with_capacity(bytes.len() / 8);
        for half in bytes.chunks(self.bits().bytes()) {
            limbs::extend_from_be_bytes(half, &mut pair);
        }
        let (low, high) = pair.split_at(self.ring().count());
        if !kernels::less_than(low, self.ring().n()) || !kernels::less_than(high, self.ring().n()) {
            return Err(CiphertextRefusal::NotReduced);
        }
        if limbs::is_zero(&pair) {
            return Err(CiphertextRefusal::Zero);
        }
        Ok(pair)
    }

    /// gcd(x, n) = 1, for public x of as many words as n.
    pub(crate) fn is_unit(&self, x: &[u64]) -> bool {
        let precision = self.bits().bits();
        let read = |words: &[u64]| BoxedUint::from_be_slice(&limbs::to_be_bytes(words), precision);
        match (read(x), read(self.ring().n())) {
            (Ok(x), Ok(n)) => n.gcd_vartime(&x) == BoxedUint::one(),
            _ => false,
        }
    }
}

impl Ciphertext {
    /// Wraps a reduced pair that is a unit.
    pub(crate) fn new(key: &PublicKey, pair: Vec<u64>) -> Self {
        Self { key: key.clone(), pair: pair.into() }
    }

    fn admit_unit(self) -> Result<Self, CiphertextRefusal> {
        // c ≡ c0 modulo n, so c0 alone decides.
        if self.key.is_unit(self.low()) { Ok(self) } else { Err(CiphertextRefusal::SharesFactor) }
    }

    /// Admits the single number c, as other programs write it.
    ///
    /// # Errors
    /// [`CiphertextRefusal`] names the first check that failed.
    pub fn from_biguint(key: &PublicKey, c: &BigUint) -> Result<Self, CiphertextRefusal> {
        if *c >= key.n() * key.n() {
            return Err(CiphertextRefusal::NotReduced);
        }
        let pair = pair_of(c, key.n(), key.ring().count()).ok_or(CiphertextRefusal::NotReduced)?;
        if limbs::is_zero(&pair) {
            return Err(CiphertextRefusal::Zero);
        }
        Self::new(key, pair).admit_unit()
    }

    /// The single number c = c0 + c1·n.
    pub fn to_biguint(&self) -> BigUint {
        let (c0, c1) = self.pair.split_at(self.key.ring().count());
        limbs::to_biguint(c0) + limbs::to_biguint(c1) * self.key.n()
    }

    /// c0 ‖ c1, each big-endian and exactly as long as n.
    pub fn to_bytes(&self) -> Vec<u8> {
        let (c0, c1) = self.pair.split_at(self.key.ring().count());
        [c0, c1].into_iter().flat_map(limbs::to_be_bytes).collect()
    }

    /// The key it was admitted to.
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// (c0, c1).
    pub(crate) fn pair(&self) -> &[u64] {
        &self.pair
    }

    fn low(&self) -> &[u64] {
        self.pair.split_at(self.key.ring().count()).0
    }
}

/// Names the size only: a page of digits helps nobody.
impl fmt::Debug for Ciphertext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ciphertext({} bits)", 2 * self.key.bits().bits())
    }
}
