//! Encryption as in the first paper, for known answers and other programs' files.
//!
//! Submissions use [`crate::Encryptor`].

use alloc::vec::Vec;

use num_bigint::BigUint;

use crate::encryptor::pair_below_n;
use crate::{Ciphertext, Plaintext, PublicKey, limbs};

/// r is not a unit modulo n, or not below n.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("r is not a unit below n")]
pub struct UnfitRandomness;

/// c = (1 + m·n) · rⁿ mod n² [Paillier 1999, §4, with g = n + 1].
///
/// # Errors
/// [`UnfitRandomness`] unless 0 < r < n and gcd(r, n) = 1.
pub fn encrypt_with_r(key: &PublicKey, m: &Plaintext, r: &BigUint) -> Result<Ciphertext, UnfitRandomness> {
    let ring = key.ring();
    let words = limbs::from_biguint(r, ring.count()).ok_or(UnfitRandomness)?;
    if r >= key.n() || !key.is_unit(&words) {
        return Err(UnfitRandomness);
    }
    let mut c = ring.power(&ring.enter(&pair_below_n(key, r)), key.n());
    let mut message: Vec<u64> = ring.plain_one();
    message.truncate(ring.count());
    message.extend_from_slice(&m.words_under(key));
    ring.multiply(&mut c, &message);
    Ok(Ciphertext::new(key, c))
}
