//! The arithmetic of n² for p²: what the secret half needs for fast decryption.
//!
//! In base p the number c^(p−1) = 1 + L·p modulo p² is the pair (1, L): decryption reads
//! its quotient L off without a division.

use alloc::vec::Vec;
use core::fmt;

use kernels::{Portable, swept};
use zeroize::Zeroizing;

use crate::base_n::Ring;
use crate::secret_power::secret_power;

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
    /// exponent has words. Nothing of them stays on the stack.
    pub fn power(&self, base: &[u64], exponent: &[u64]) -> Zeroizing<Vec<u64>> {
        let ring = &self.0;
        swept(|| {
            let base = Zeroizing::new(ring.enter(base));
            let mut power = secret_power(ring, &base, exponent);
            ring.leave(&mut power);
            power
        })
    }
}

impl fmt::Debug for SecretSquare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretSquare(<private>)")
    }
}
