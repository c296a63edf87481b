//! Noise whose powers a faster machine calculates.
//!
//! In browsers a module with wide arithmetic multiplies twice as fast as this program, but today's compilers
//! and browsers are known to get such modules wrong. So a machine is tried out first, under the very key it
//! will work for, on numbers whose products and powers are known: num-bigint's products and this crate's own
//! powers. Only [`Proven`] machines make noise.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use num_bigint::BigUint;
use num_traits::One;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::base_n::pair_of;
use crate::encryptor::noise_generator;
use crate::{Exponent, Noise, PublicKey, limbs, xof};

/// Separates this hash from every other one.
const DOMAIN: &str = "sealed-pay/v1/machine-trial";

/// What a machine works with; all of it public. Pairs in base n of 2·L words, for the L words of n; the machine's
/// R is 2^(64·L).
#[derive(Clone, Copy, Debug)]
pub struct SetUp<'a> {
    /// The words of n.
    pub n: &'a [u64],
    /// R mod n²: the machine's Montgomery form of 1.
    pub one: &'a [u64],
    /// The base of all powers in that form.
    pub base: &'a [u64],
    /// What powers are multiplied by in the end, instead of 1.
    pub exit: &'a [u64],
}

/// Arithmetic modulo n² in other hands. `None` where it does not answer.
pub trait Machine {
    /// Takes the numbers it works with, and makes its tables.
    fn set_up(&mut self, numbers: &SetUp<'_>) -> Option<()>;
    /// a·b·R⁻¹ mod n², for pairs.
    fn multiply(&mut self, a: &[u64], b: &[u64]) -> Option<Vec<u64>>;
    /// base^exponent · exit mod n², for an exponent of L/2 words, in constant time.
    fn power(&mut self, exponent: &[u64]) -> Option<Zeroizing<Vec<u64>>>;
}

/// A machine that got right what is known, and makes noise under one key for one survey.
pub struct Proven<M> {
    key: PublicKey,
    machine: M,
}

/// A machine that did not answer, or not rightly. It is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the machine's arithmetic is not right")]
pub struct Unfit;

impl<M: Machine> Proven<M> {
    /// Tries a machine out; takes as long as some tens of encryptions.
    ///
    /// # Errors
    /// [`Unfit`] at the first answer that is missing or wrong.
    pub fn try_out(key: &PublicKey, survey_id: &[u8; 32], mut machine: M) -> Result<Self, Unfit> {
        let ring = key.ring();
        let generator = noise_generator(key, survey_id);
        let count = ring.count();
        let radix = BigUint::one() << (64 * count);
        let square = key.n() * key.n();
        let form = |x: &BigUint| pair_of(&(x * &radix), key.n(), count).ok_or(Unfit);
        let mut plain = generator.clone();
        ring.leave(&mut plain);
        let (low, high) = plain.split_at(count);
        let base = limbs::to_biguint(low) + limbs::to_biguint(high) * key.n();
        let (one, base, exit) = (form(&BigUint::one())?, form(&base)?, ring.one());
        let numbers = SetUp { n: ring.n(), one: &one, base: &base, exit: &exit };
        machine.set_up(&numbers).ok_or(Unfit)?;
        products_are_right(key, &square, &radix, &mut machine)?;
        powers_are_right(key, &generator, survey_id, &mut machine)?;
        Ok(Self { key: key.clone(), machine })
    }

    /// The key it makes noise for.
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// Makes noise for one encryption to come; `None` if the machine does not answer any more.
    pub fn make_noise(&mut self, rng: &mut impl CryptoRng) -> Option<Noise> {
        let exponent = Exponent::sample(self.key.bits(), rng);
        let power = self.machine.power(exponent.words())?;
        is_reduced(&self.key, &power).then(|| Noise::new(&self.key, power))
    }
}

impl<M> fmt::Debug for Proven<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proven({} bits)", self.key.bits().bits())
    }
}

fn is_reduced(key: &PublicKey, pair: &[u64]) -> bool {
    let n = key.ring().n();
    pair.len() == 2 * n.len() && pair.chunks(n.len()).all(|half| kernels::less_than(half, n))
}

/// Every known factor with every other, against num-bigint.
fn products_are_right(
    key: &PublicKey,
    square: &BigUint,
    radix: &BigUint,
    machine: &mut impl Machine,
) -> Result<(), Unfit> {
    let factors = factors(key, square);
    for a in &factors {
        for b in &factors {
            let [left, right] = [a, b].map(|x| pair_of(x, key.n(), key.ring().count()).unwrap_or_default());
            let product =
                machine.multiply(&left, &right).filter(|pair| is_reduced(key, pair)).ok_or(Unfit)?;
            let (low, high) = product.split_at(key.ring().count());
            let product = limbs::to_biguint(low) + limbs::to_biguint(high) * key.n();
            if product * radix % square != a * b % square {
                return Err(Unfit);
            }
        }
    }
    Ok(())
}

/// Numbers modulo n² at both ends, around n, with halves of all ones, and two without any pattern.
fn factors(key: &PublicKey, square: &BigUint) -> Vec<BigUint> {
    let n = key.n();
    let ones = (BigUint::one() << (key.bits().bits() - 1)) - 1u8;
    let hashed = |index: u8| xof::residue(key, DOMAIN, &[0; 32], &[index]);
    vec![
        BigUint::default(),
        BigUint::one(),
        n - 1u8,
        n.clone(),
        square - 1u8,
        &ones + &ones * n,
        hashed(0) + hashed(1) * n,
        hashed(2) + hashed(3) * n,
    ]
}

/// Powers of the generator against this crate's own, which shares no table with the machine.
fn powers_are_right(
    key: &PublicKey,
    generator: &[u64],
    survey_id: &[u8; 32],
    machine: &mut impl Machine,
) -> Result<(), Unfit> {
    let ones = vec![u64::MAX; key.ring().count() / 2];
    let hashed = xof::residue(key, DOMAIN, survey_id, &[4]) >> (key.bits().bits() / 2);
    let hashed = limbs::from_biguint(&hashed, ones.len()).ok_or(Unfit)?;
    for exponent in [vec![0; ones.len()], hashed, ones] {
        let expected = key.ring().power(generator, &limbs::to_biguint(&exponent));
        if machine.power(&exponent).is_none_or(|power| *power != expected) {
            return Err(Unfit);
        }
    }
    Ok(())
}
