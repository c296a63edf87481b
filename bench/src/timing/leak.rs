//! A leak of known size, planted to see whether the check finds it.

use std::hint::black_box;

use num_bigint::BigUint;
use paillier::secret_square::SecretSquare;
use paillier::{Ciphertext, Encryptor, Plaintext, Product, PublicKey};
use test_support::seeded_rng;

use crate::ours::Ours;

/// One multiplication modulo n² for every bit that is set in the last two bytes of a secret: eight more for the input
/// of one class than for the other's on average. It is what a power does that leaves out a multiplication where a bit
/// is 0.
pub(super) struct Leak {
    key: PublicKey,
    factor: Ciphertext,
}

impl Leak {
    pub(super) fn of(key: &PublicKey) -> Self {
        let factor = Encryptor::new(key, &[2; 32]).encrypt(&Plaintext::from_u64(1), &mut seeded_rng(2));
        Self { key: key.clone(), factor }
    }

    /// Takes its time, where there is a leak.
    pub(super) fn plant(leak: Option<&Self>, secret: &[u8]) {
        let Some(Self { key, factor }) = leak else { return };
        let bits: u32 = secret.iter().rev().take(2).map(|byte| byte.count_ones()).sum();
        let mut product = Product::one(key);
        for _ in 0..bits {
            // The factor is of this key, so it is taken.
            let _ = product.multiply(factor);
        }
        black_box(product.factors());
    }
}

/// Arithmetic modulo p² for a prime of the key, and a base.
pub(super) fn square_of_a_prime(ours: &Ours) -> Option<(SecretSquare, Vec<u64>)> {
    // EXPOSE: a key for tests, which is public.
    let primes = ours.key.expose_primes();
    let p = BigUint::from_bytes_be(&primes.0);
    let count = primes.0.len() / 8;
    let words = |x: &BigUint| {
        let mut words = x.to_u64_digits();
        words.resize(count, 0);
        words
    };
    let pair = |x: BigUint| [words(&(&x % &p)), words(&(x / &p % &p))].concat();
    let r = BigUint::from(1u8) << (64 * count);
    let ring = SecretSquare::new(&words(&p), &pair(r.clone()), &pair(&r * &r % (&p * &p)))?;
    Some((ring, pair(BigUint::from(3u8).pow(4000) % (&p * &p))))
}
