//! Candidates for safe primes without small factors.
//!
//! p is safe when p and q = (p − 1)/2 are primes. Above 7 such p is 11 modulo 12: odd q
//! gives p ≡ 3 mod 4, and p ≡ 2 mod 3 keeps 3 from dividing p or q. A small prime r divides
//! p when p ≡ 0, and q when p ≡ 1 modulo r.

use alloc::vec;
use alloc::vec::Vec;

use crypto_bigint::{BoxedUint, Limb, NonZero};
use zeroize::Zeroizing;

/// Distance of neighbouring candidates.
pub(crate) const STEP: u32 = 12;

/// Candidates per window: about as many as hold one safe prime of 1536 bits.
const WINDOW: usize = 1 << 17;

/// Primes up to here are sieved out. Twice the bound would save a tenth of the tests.
const BOUND: usize = 1 << 20;

/// Primes from 5 up to the bound, made once per search.
pub(crate) struct Sieve {
    primes: Vec<u32>,
}

impl Sieve {
    /// Eratosthenes.
    pub(crate) fn new() -> Self {
        let mut composite = vec![false; BOUND];
        let mut primes = Vec::new();
        for candidate in (3..BOUND).step_by(2) {
            if composite.get(candidate).copied().unwrap_or(true) {
                continue;
            }
            primes.extend(u32::try_from(candidate).ok().filter(|&prime| prime > 3));
            composite.iter_mut().skip(candidate * candidate).step_by(candidate).for_each(|mark| *mark = true);
        }
        Self { primes }
    }

    /// The offsets i for which neither p = start + 12·i nor (p − 1)/2 has a small factor. They tell `start` modulo small
    /// primes: wiped when dropped.
    pub(crate) fn survivors(&self, start: &BoxedUint) -> impl Iterator<Item = u32> {
        let mut struck = Zeroizing::new(vec![false; WINDOW]);
        for &prime in &self.primes {
            let Some(divisor) = Option::from(NonZero::new(Limb::from(prime))) else { continue };
            let Ok(residue) = u32::try_from(start.rem_limb(divisor).0) else { continue };
            for forbidden in [0, 1] {
                let first = first_offset(u64::from(residue), forbidden, u64::from(prime));
                strike(&mut struck, first, prime);
            }
        }
        let places = (0u32..).zip(0..WINDOW);
        places.filter(move |&(_, place)| struck.get(place) == Some(&false)).map(|(offset, _)| offset)
    }
}

/// The smallest i with residue + 12·i ≡ forbidden modulo the prime.
fn first_offset(residue: u64, forbidden: u64, prime: u64) -> u64 {
    (forbidden + prime - residue) % prime * inverse_of_step(prime) % prime
}

/// 12⁻¹ modulo a prime above 3: the k·prime + 1 that 12 divides, k < 12, over 12.
fn inverse_of_step(prime: u64) -> u64 {
    let step = u64::from(STEP);
    (1..step).map(|k| k * prime + 1).find(|x| x % step == 0).map_or(0, |x| x / step)
}

fn strike(struck: &mut [bool], first: u64, prime: u32) {
    let (Ok(first), Ok(prime)) = (usize::try_from(first), usize::try_from(prime)) else { return };
    struck.iter_mut().skip(first).step_by(prime).for_each(|mark| *mark = true);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survivors_have_no_small_factor_and_nothing_else_is_struck() {
        let sieve = Sieve::new();
        let start = 12u64 << 54 | 11;
        let survivors: Vec<u32> = sieve.survivors(&BoxedUint::from(start)).collect();
        for offset in 0..5000u32 {
            let p = start + u64::from(STEP) * u64::from(offset);
            let clean = (2..BOUND as u64).all(|d| !p.is_multiple_of(d) && !((p - 1) / 2).is_multiple_of(d));
            assert_eq!(survivors.contains(&offset), clean, "offset {offset}");
        }
    }
}
