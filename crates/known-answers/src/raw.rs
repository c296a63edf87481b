//! Decryption by given primes, as in the first paper.
//!
//! Opens any ciphertext, one reporter's too: only tests and the checker of known answers
//! may depend on this crate. Slow and not constant-time.

use num_bigint::BigUint;
use num_traits::{One, Zero};

/// p and q of n = p·q, and what decryption needs of them.
pub struct RawKey {
    n: BigUint,
    /// (p − 1)·(q − 1): a multiple of λ serves as well.
    order: BigUint,
    /// order⁻¹ mod n.
    mu: BigUint,
}

/// The two numbers make no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("p and q make no key")]
pub struct NotAKey;

impl RawKey {
    /// Takes two primes; they need not be safe.
    ///
    /// # Errors
    /// [`NotAKey`] if gcd(p·q, (p − 1)·(q − 1)) ≠ 1 or a number is below 2.
    pub fn new(p: &BigUint, q: &BigUint) -> Result<Self, NotAKey> {
        if p <= &BigUint::one() || q <= &BigUint::one() {
            return Err(NotAKey);
        }
        let n = p * q;
        let order = (p - 1u8) * (q - 1u8);
        let mu = order.modinv(&n).ok_or(NotAKey)?;
        Ok(Self { n, order, mu })
    }

    /// n.
    pub fn n(&self) -> &BigUint {
        &self.n
    }

    /// m = L(c^order mod n²)·μ mod n with L(u) = (u − 1)/n     [Paillier 1999, §4]
    ///
    /// `None` if c is no unit modulo n².
    pub fn decrypt(&self, c: &BigUint) -> Option<BigUint> {
        let u = c.modpow(&self.order, &(&self.n * &self.n));
        let shifted = (!u.is_zero()).then(|| u - 1u8)?;
        (&shifted % &self.n).is_zero().then(|| shifted / &self.n * &self.mu % &self.n)
    }
}
