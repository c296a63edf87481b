//! Many ciphertexts, each to a power of its own, in one product.

use alloc::vec;
use alloc::vec::Vec;

use crate::base_n::Ring;
use crate::{Ciphertext, ForeignKey, PublicKey};

/// Bits of the exponents that one pass over the ciphertexts takes.
const WINDOW_BITS: u32 = 4;

impl PublicKey {
    /// Π c_k^(x_k) mod n²; what has no partner in the other list is left out.
    ///
    /// Takes time that depends on the exponents: for public ones only.
    ///
    /// # Errors
    /// [`ForeignKey`] if a ciphertext belongs to another key.
    pub fn product_of_powers(
        &self,
        ciphertexts: &[Ciphertext],
        exponents: &[u128],
    ) -> Result<Ciphertext, ForeignKey> {
        ciphertexts.iter().try_for_each(|c| self.require_own(c))?;
        let ring = self.ring();
        let forms: Vec<Vec<u64>> = ciphertexts.iter().map(|c| ring.enter(c.pair())).collect();
        let mut acc: Option<Vec<u64>> = None;
        for window in (0..u128::BITS.div_ceil(WINDOW_BITS)).rev() {
            if let Some(acc) = &mut acc {
                (0..WINDOW_BITS).for_each(|_| ring.square(acc));
            }
            let digits = exponents.iter().map(|x| x >> (window * WINDOW_BITS) & ((1 << WINDOW_BITS) - 1));
            if let Some(product) = bucketed(ring, forms.iter().zip(digits)) {
                times(ring, &mut acc, &product);
            }
        }
        let mut product = acc.unwrap_or_else(|| ring.one());
        ring.leave(&mut product);
        Ok(Ciphertext::new(self, product))
    }
}

/// acc := acc · factor, nothing standing for 1.
fn times(ring: &Ring, acc: &mut Option<Vec<u64>>, factor: &[u64]) {
    match acc {
        Some(acc) => ring.multiply(acc, factor),
        None => *acc = Some(factor.to_vec()),
    }
}

/// Π form^digit [Pippenger 1976]: forms of equal digits are multiplied first. With b_d the product of those
/// of digit d, Π b_d^d = Π_d (Π_{d′ ≥ d} b_d′).
fn bucketed<'a>(ring: &Ring, forms: impl Iterator<Item = (&'a Vec<u64>, u128)>) -> Option<Vec<u64>> {
    let mut buckets: Vec<Option<Vec<u64>>> = vec![None; (1 << WINDOW_BITS) - 1];
    for (form, digit) in forms {
        // Digit 0 has no bucket.
        let bucket = usize::try_from(digit).ok().and_then(|digit| buckets.get_mut(digit.checked_sub(1)?));
        if let Some(bucket) = bucket {
            times(ring, bucket, form);
        }
    }
    let (mut from_here_up, mut product) = (None, None);
    for bucket in buckets.iter().rev() {
        if let Some(bucket) = bucket {
            times(ring, &mut from_here_up, bucket);
        }
        if let Some(factor) = &from_here_up {
            times(ring, &mut product, factor);
        }
    }
    product
}
