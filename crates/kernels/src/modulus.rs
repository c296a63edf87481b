//! n as the kernels need it.

use zeroize::{Zeroize, ZeroizeOnDrop};

/// Words of the largest n.
pub const MAX_WORDS: usize = 64;

/// An odd n of 16, 24, 32, 48 or 64 words whose highest bit is set; wiped when dropped, as it may
/// be a secret prime. Has no `Debug`.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Modulus {
    words: [u64; MAX_WORDS],
    count: usize,
    minus_inverse: u64,
}

impl Modulus {
    /// Takes the words of n; `None` if it is not of that form.
    #[must_use]
    pub fn new(n: &[u64]) -> Option<Self> {
        let (lowest, highest) = (n.first()?, n.last()?);
        let fits = matches!(n.len(), 16 | 24 | 32 | 48 | 64) && lowest & 1 == 1 && highest >> 63 == 1;
        fits.then(|| {
            let mut words = [0; MAX_WORDS];
            words.iter_mut().zip(n).for_each(|(to, from)| *to = *from);
            Self { words, count: n.len(), minus_inverse: minus_inverse_of_odd(*lowest) }
        })
    }

    /// The words of n.
    #[must_use]
    pub fn words(&self) -> &[u64] {
        self.words.get(..self.count).unwrap_or_default()
    }

    /// −n⁻¹ mod 2^64.
    pub(crate) const fn minus_inverse(&self) -> u64 {
        self.minus_inverse
    }
}

/// −x⁻¹ mod 2^64 for odd x, by Newton's iteration: each step doubles the bits that are right.
#[must_use]
pub fn minus_inverse_of_odd(x: u64) -> u64 {
    let mut inverse = x;
    for _ in 0..6 {
        inverse = inverse.wrapping_mul(2u64.wrapping_sub(x.wrapping_mul(inverse)));
    }
    inverse.wrapping_neg()
}
