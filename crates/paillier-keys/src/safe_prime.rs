//! The search for safe primes.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use crypto_bigint::{BoxedUint, Limb, NonZero};
use crypto_primes::{Flavor, is_prime};
use kernels::swept;
use paillier::{KeyBits, passes_fermat_test};
use rand_core::CryptoRng;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::sieve::{STEP, Sieve};

/// A prime p of |n|/2 bits, the upper two of them set, with (p − 1)/2 prime; wiped when
/// dropped, never printed.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct SafePrime {
    be_bytes: Vec<u8>,
}

/// The search was stopped before it found anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the search for a prime was stopped")]
pub struct Stopped;

/// Searches a safe prime for keys of this size; seconds to minutes.
///
/// Callers with two cores run it twice at once. `stop` is asked before each of some
/// thousand tests. Nothing of the prime stays on the stack; what libraries leave on the heap is not wiped.
///
/// # Errors
/// [`Stopped`] once `stop` says so.
pub fn generate_safe_prime(
    size: KeyBits,
    rng: &mut impl CryptoRng,
    stop: impl Fn() -> bool,
) -> Result<SafePrime, Stopped> {
    swept(|| search(size, rng, stop))
}

fn search(size: KeyBits, rng: &mut impl CryptoRng, stop: impl Fn() -> bool) -> Result<SafePrime, Stopped> {
    let sieve = Sieve::new();
    loop {
        let start = Zeroizing::new(window_start(size, rng));
        for offset in sieve.survivors(&start) {
            if stop() {
                return Err(Stopped);
            }
            let candidate = Zeroizing::new(start.wrapping_add(BoxedUint::from(STEP * offset)));
            if let Some(prime) = SafePrime::admit(size, &candidate) {
                return Ok(prime);
            }
        }
    }
}

/// A random number that is 11 modulo 12, with |n|/2 bits and the upper two of them set, so
/// that the product of two has exactly |n| bits.
fn window_start(size: KeyBits, rng: &mut impl CryptoRng) -> BoxedUint {
    let mut bytes = Zeroizing::new(vec![0u8; size.bytes() / 2]);
    rng.fill_bytes(&mut bytes);
    if let Some(highest) = bytes.first_mut() {
        *highest |= 0b1100_0000;
    }
    let random = Zeroizing::new(BoxedUint::from_be_slice_vartime(&bytes));
    let twelve = NonZero::new(Limb::from(STEP));
    let residue = Option::from(twelve).map_or(Limb::ZERO, |twelve| random.rem_limb(twelve));
    // Up to 11 = −1 modulo 12. Should this carry beyond the highest bit, no candidate is admitted and the next window
    // is drawn. One addition: what would lie between two is wiped by nobody.
    random.wrapping_add(BoxedUint::from(Limb::from(STEP - 1).wrapping_sub(residue)))
}

impl SafePrime {
    /// Tests length and primality: Fermat's test, which is the faster one, sorts out nearly
    /// all candidates; then Baillie–PSW for p and (p − 1)/2.
    fn admit(size: KeyBits, candidate: &BoxedUint) -> Option<Self> {
        let bits = size.bits() / 2;
        let long_enough = candidate.bits() == bits && candidate.bit_vartime(bits - 2);
        (long_enough && passes_fermat_test(&words_of(candidate)) && is_prime(Flavor::Safe, candidate))
            .then(|| Self { be_bytes: candidate.to_be_bytes().into_vec() })
    }

    /// Takes a prime back from its big-endian bytes, |n|/16 of them.
    pub(crate) fn from_be_bytes(size: KeyBits, bytes: &[u8]) -> Option<Self> {
        let candidate = Zeroizing::new(BoxedUint::from_be_slice(bytes, size.bits() / 2).ok()?);
        Self::admit(size, &candidate)
    }

    /// p as a number.
    pub(crate) fn number(&self) -> Zeroizing<BoxedUint> {
        Zeroizing::new(BoxedUint::from_be_slice_vartime(&self.be_bytes))
    }

    /// Lends the digits to this crate.
    pub(crate) fn be_bytes(&self) -> &[u8] {
        &self.be_bytes
    }
}

/// Little-endian 64-bit words.
fn words_of(x: &BoxedUint) -> Zeroizing<Vec<u64>> {
    let bytes = Zeroizing::new(x.to_be_bytes().into_vec());
    let word = |chunk: &[u8]| chunk.iter().fold(0u64, |word, &byte| word << 8 | u64::from(byte));
    Zeroizing::new(bytes.rchunks(8).map(word).collect())
}

impl fmt::Debug for SafePrime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SafePrime(<private>)")
    }
}
