//! The secret key's life: made or restored, used, wiped.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::fmt;

use crypto_bigint::{ConcatenatingMul, U1024, U1536, U2048, U3072, U4096};
use kernels::swept;
use num_bigint::BigUint;
use paillier::{ForeignKey, KeyBits, KeyProof, Plaintext, PublicKey};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::prime_half::{Decrypt, Halves};
use crate::{ClosedAggregate, SafePrime, generate_safe_prime};

/// p and q of n = p·q. Wiped when dropped, never printed, not to be cloned.
pub struct SecretKey {
    public: PublicKey,
    p: SafePrime,
    q: SafePrime,
    halves: Box<dyn Decrypt>,
}

/// Why two numbers are no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrimesRefusal {
    /// Not both 128, 192 or 256 bytes long.
    #[error("the primes do not have a key's length")]
    WrongLength,
    /// One is not a safe prime whose upper two bits are set.
    #[error("a number is not a safe prime of the key's length")]
    NotSafePrimes,
    /// Equal, or so near that n could be factored by Fermat's method.
    #[error("the primes are too close to each other")]
    TooClose,
}

/// |p − q| must exceed 2^(|n|/2 − 100) [FIPS 186-5, A.1.3].
const DISTANCE_SLACK_BITS: u32 = 100;

impl SecretKey {
    /// Draws a key; see [`generate_safe_prime`] for doing it on two cores or stopping it.
    pub fn generate(size: KeyBits, rng: &mut impl CryptoRng) -> Self {
        let mut prime = || loop {
            if let Ok(prime) = generate_safe_prime(size, rng, || false) {
                return prime;
            }
        };
        loop {
            if let Ok(key) = Self::from_safe_primes(prime(), prime()) {
                return key;
            }
        }
    }

    /// Makes a key of two primes found apart.
    ///
    /// # Errors
    /// [`PrimesRefusal`] names what is wrong with the pair.
    pub fn from_safe_primes(p: SafePrime, q: SafePrime) -> Result<Self, PrimesRefusal> {
        swept(|| Self::of_both(p, q))
    }

    fn of_both(p: SafePrime, q: SafePrime) -> Result<Self, PrimesRefusal> {
        let size = size_of(p.be_bytes(), q.be_bytes())?;
        let (p_number, q_number) = (p.number(), q.number());
        let distance = Zeroizing::new(match p_number.cmp_vartime(&q_number) {
            Ordering::Less => q_number.wrapping_sub(&*p_number),
            _ => p_number.wrapping_sub(&*q_number),
        });
        if distance.bits() <= size.bits() / 2 - DISTANCE_SLACK_BITS {
            return Err(PrimesRefusal::TooClose);
        }
        let n = p_number.concatenating_mul(&*q_number).to_be_bytes();
        let public = PublicKey::admit(&n).map_err(|_| PrimesRefusal::NotSafePrimes)?;
        let halves = prepared(size, p.be_bytes(), q.be_bytes()).ok_or(PrimesRefusal::NotSafePrimes)?;
        Ok(Self { public, p, q, halves })
    }

    /// Restores a key from an encrypted store. Nothing of the primes stays on the stack.
    ///
    /// # Errors
    /// [`PrimesRefusal`] names what is wrong with the pair.
    pub fn from_primes(p_be: &[u8], q_be: &[u8]) -> Result<Self, PrimesRefusal> {
        swept(|| {
            let size = size_of(p_be, q_be)?;
            let admit = |bytes| SafePrime::from_be_bytes(size, bytes).ok_or(PrimesRefusal::NotSafePrimes);
            Self::of_both(admit(p_be)?, admit(q_be)?)
        })
    }

    /// Lends out p and q, big-endian.
    ///
    /// Only the code that seals a key into its encrypted store may call this, and says so
    /// in an `EXPOSE:` comment: whoever holds p opens every ciphertext.
    pub fn expose_primes(&self) -> Zeroizing<(Vec<u8>, Vec<u8>)> {
        Zeroizing::new((self.p.be_bytes().to_vec(), self.q.be_bytes().to_vec()))
    }

    /// The public half.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Shows that decryption under this key is unambiguous, bound to one survey.
    pub fn prove(&self, survey_id: &[u8; 32]) -> KeyProof {
        let roots = KeyProof::challenges(&self.public, survey_id)
            .map(|challenge| BigUint::from_bytes_be(&self.halves.root(&challenge.to_bytes_be())));
        KeyProof::from_roots(self.public.bits(), roots)
    }

    /// Opens what is closed, in order, in time independent of key and plaintexts.
    ///
    /// # Errors
    /// [`ForeignKey`] if the aggregate belongs to another key.
    pub fn open(&self, aggregate: ClosedAggregate) -> Result<Vec<Plaintext>, ForeignKey> {
        aggregate
            .into_products()
            .iter()
            .map(|product| {
                if *product.key() != self.public {
                    return Err(ForeignKey);
                }
                let bytes = product.to_bytes();
                let (c0, c1) = bytes.split_at(self.public.bits().bytes());
                Plaintext::from_be_bytes(&self.public, &self.halves.decrypt(c0, c1)).map_err(|_| ForeignKey)
            })
            .collect()
    }
}

/// The size of the key that two primes of these lengths make.
fn size_of(p: &[u8], q: &[u8]) -> Result<KeyBits, PrimesRefusal> {
    KeyBits::ALL
        .into_iter()
        .find(|size| size.bytes() == 2 * p.len() && p.len() == q.len())
        .ok_or(PrimesRefusal::WrongLength)
}

/// Prepares both primes.
fn prepared(size: KeyBits, p: &[u8], q: &[u8]) -> Option<Box<dyn Decrypt>> {
    Some(match size {
        KeyBits::B2048 => Box::new(Halves::<{ U1024::LIMBS }, { U2048::LIMBS }>::new(p, q)?),
        KeyBits::B3072 => Box::new(Halves::<{ U1536::LIMBS }, { U3072::LIMBS }>::new(p, q)?),
        KeyBits::B4096 => Box::new(Halves::<{ U2048::LIMBS }, { U4096::LIMBS }>::new(p, q)?),
    })
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(<private>)")
    }
}
