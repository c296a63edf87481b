//! What n must not be.

use num_bigint::BigUint;
use num_traits::{ToPrimitive, Zero};

use crate::KeyRefusal;

/// The key proof's theorem needs n free of prime factors below this [GRSB 2018, §3.2].
const FACTOR_BOUND: u32 = 6370;

/// Everything that can be seen without a modular exponentiation.
pub(crate) fn refuse_unfit(n: &BigUint) -> Result<(), KeyRefusal> {
    if !n.bit(0) {
        return Err(KeyRefusal::Even);
    }
    if odd_primes_below(FACTOR_BOUND).any(|prime| (n % prime).is_zero()) {
        return Err(KeyRefusal::SmallFactor);
    }
    if is_power(n) { Err(KeyRefusal::Power) } else { Ok(()) }
}

/// Odd primes by trial division: some 830, found in less time than one reduction modulo n².
fn odd_primes_below(bound: u32) -> impl Iterator<Item = u32> {
    (3..bound).step_by(2).filter(|&x| (3..).step_by(2).take_while(|d| d * d <= x).all(|d| x % d != 0))
}

/// Whether n = a^k for some k ≥ 2; only prime k need trying, and a ≥ [`FACTOR_BOUND`]
/// (more than 12 bits) bounds them.
fn is_power(n: &BigUint) -> bool {
    let largest = (n.bits() / 12).to_u32().unwrap_or(u32::MAX);
    core::iter::once(2).chain(odd_primes_below(largest + 1)).any(|k| n.nth_root(k).pow(k) == *n)
}
