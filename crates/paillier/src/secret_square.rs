//! The arithmetic of n² for p²: what the secret half needs for fast decryption.
//!
//! In base p the number c^(p−1) = 1 + L·p modulo p² is the pair (1, L): decryption reads
//! its quotient L off without a division.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use kernels::Portable;
use kernels::comb::select;
use zeroize::Zeroizing;

use crate::base_n::Ring;

/// Bits of the exponent that one look-up takes.
const WINDOW_BITS: usize = 5;
/// Entries of the table.
const ENTRIES: usize = 1 << WINDOW_BITS;

/// Powers modulo p² in time independent of p, base and exponent; wiped when dropped.
///
/// All numbers are little-endian 64-bit words, all pairs in base p and reduced.
pub struct SecretSquare(Ring<Portable>);

impl SecretSquare {
    /// Takes an odd p of 16, 24 or 32 words, its highest bit set, and with R = 2^(64·words)
    /// the pairs of R mod p² and R² mod p². `None` if the lengths are others.
    pub fn new(p: &[u64], r: &[u64], r_squared: &[u64]) -> Option<Self> {
        matches!(p.len(), 16 | 24 | 32).then_some(())?;
        Ring::from_parts(p, r, r_squared).map(Self)
    }

    /// The pair of base^exponent mod p², for a reduced pair `base`; takes as long as the
    /// exponent has words.
    pub fn power(&self, base: &[u64], exponent: &[u64]) -> Zeroizing<Vec<u64>> {
        let ring = &self.0;
        let base = Zeroizing::new(ring.enter(base));
        let mut table = Zeroizing::new(Vec::with_capacity(ENTRIES * base.len()));
        let mut acc = Zeroizing::new(ring.one());
        for _ in 0..ENTRIES {
            table.extend_from_slice(&acc);
            ring.multiply(&mut acc, &base);
        }
        acc.copy_from_slice(&Zeroizing::new(ring.one()));
        let mut entry = Zeroizing::new(vec![0; acc.len()]);
        for window in (0..(64 * exponent.len()).div_ceil(WINDOW_BITS)).rev() {
            (0..WINDOW_BITS).for_each(|_| ring.square(&mut acc));
            select(&table, ENTRIES, digit(exponent, window), &mut entry);
            ring.multiply(&mut acc, &entry);
        }
        ring.leave(&mut acc);
        acc
    }
}

/// The bits of one window; those beyond the exponent are 0.
fn digit(exponent: &[u64], window: usize) -> u64 {
    (0..WINDOW_BITS).rev().fold(0, |digit, bit| {
        let place = window * WINDOW_BITS + bit;
        digit << 1 | exponent.get(place / 64).map_or(0, |word| word >> (place % 64) & 1)
    })
}

impl fmt::Debug for SecretSquare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretSquare(<private>)")
    }
}
