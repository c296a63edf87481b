//! The ring modulo n² in Montgomery form: entering, leaving, powers.

use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;
use core::marker::PhantomData;

use kernels::{Kernel, Modulus, comb};
use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::One;
use zeroize::Zeroize;

use crate::lanes::LaneRing;
use crate::limbs;

/// The way of multiplying in use.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) type Chosen = kernels::Portable;
/// The way of multiplying in use.
#[cfg(target_arch = "wasm32")]
pub(crate) type Chosen = kernels::Narrow;

/// Arithmetic modulo n² (pairs of 2·L words) and modulo n (their first L words).
///
/// The Montgomery form of x is x·R; "plain" is x itself. Multiplying a Montgomery form
/// by a plain number gives a plain product, which saves most conversions.
pub(crate) struct Ring<K = Chosen> {
    modulus: Modulus,
    /// R mod n²: the Montgomery form of 1.
    one: Box<[u64]>,
    /// R² mod n²: the Montgomery form of R.
    r_squared: Box<[u64]>,
    /// The same ring eight numbers at a time, where the machine can.
    lanes: Option<LaneRing>,
    kernel: PhantomData<K>,
}

impl<K: Kernel> Ring<K> {
    /// n odd, of exactly `count` words: [`crate::PublicKey`] sees to it. Everything public.
    pub(crate) fn new(n: &BigUint, count: usize) -> Option<Self> {
        let r = BigUint::one() << K::radix_bits(count);
        let words = limbs::from_biguint(n, count)?;
        Some(Self {
            one: pair_of(&r, n, count)?.into(),
            r_squared: pair_of(&(&r * &r), n, count)?.into(),
            lanes: LaneRing::new(n, &words),
            modulus: Modulus::new(&words)?,
            kernel: PhantomData,
        })
    }

    /// Puts together a ring whose n is secret from numbers computed elsewhere, R being the kernel's: n of
    /// `count` words, and the pairs of R and R² modulo n².
    pub(crate) fn from_parts(n: &[u64], one: &[u64], r_squared: &[u64]) -> Option<Self> {
        let modulus = Modulus::new(n)?;
        let fits = one.len() == 2 * n.len() && r_squared.len() == 2 * n.len();
        fits.then(|| Self {
            modulus,
            one: one.into(),
            r_squared: r_squared.into(),
            lanes: None,
            kernel: PhantomData,
        })
    }

    /// The same ring as on a machine that cannot calculate eight numbers at a time.
    pub(crate) fn without_lanes(&self) -> Self {
        Self {
            modulus: self.modulus.clone(),
            one: self.one.clone(),
            r_squared: self.r_squared.clone(),
            lanes: None,
            kernel: PhantomData,
        }
    }

    /// The same ring eight numbers at a time; only where the machine can, and n is public.
    pub(crate) fn lanes(&self) -> Option<&LaneRing> {
        self.lanes.as_ref()
    }

    /// The logarithm of R.
    pub(crate) fn radix_bits(&self) -> u64 {
        K::radix_bits(self.count()) as u64
    }

    /// n.
    pub(crate) fn n(&self) -> &[u64] {
        self.modulus.words()
    }

    /// Words of n.
    pub(crate) fn count(&self) -> usize {
        self.n().len()
    }

    /// The Montgomery form of 1.
    pub(crate) fn one(&self) -> Vec<u64> {
        self.one.to_vec()
    }

    /// `acc := acc · b · R⁻¹ mod n²`.
    pub(crate) fn multiply(&self, acc: &mut [u64], b: &[u64]) {
        K::multiply(&self.modulus, acc, b);
    }

    /// `acc := acc² · R⁻¹ mod n²`.
    pub(crate) fn square(&self, acc: &mut [u64]) {
        K::square(&self.modulus, acc);
    }

    /// `acc := acc · b · R⁻¹ mod n`, on L words.
    pub(crate) fn multiply_mod_n(&self, acc: &mut [u64], b: &[u64]) {
        K::multiply_mod_n(&self.modulus, acc, b);
    }

    /// Plain to Montgomery form.
    pub(crate) fn enter(&self, plain: &[u64]) -> Vec<u64> {
        let mut form = plain.to_vec();
        self.multiply(&mut form, &self.r_squared);
        form
    }

    /// Montgomery form to plain.
    pub(crate) fn leave(&self, form: &mut [u64]) {
        self.multiply(form, &self.plain_one());
    }

    /// The pair (1, 0).
    pub(crate) fn plain_one(&self) -> Vec<u64> {
        let mut one = vec![0; 2 * self.count()];
        if let Some(lowest) = one.first_mut() {
            *lowest = 1;
        }
        one
    }

    /// Montgomery form of base^exponent from that of the base; the exponent is public.
    pub(crate) fn power(&self, base: &[u64], exponent: &BigUint) -> Vec<u64> {
        power(self.one(), base, exponent, |acc| self.square(acc), |acc, b| self.multiply(acc, b))
    }

    /// The Montgomery form of 2^exponent.
    pub(crate) fn power_of_two(&self, exponent: u64) -> Vec<u64> {
        let mut two = self.plain_one();
        two.iter_mut().for_each(|word| *word <<= 1);
        self.power(&self.enter(&two), &BigUint::from(exponent))
    }

    /// base^exponent mod n, plain in and out; base of L words below n, exponent public.
    pub(crate) fn power_mod_n(&self, base: &[u64], exponent: &BigUint) -> Vec<u64> {
        let count = self.count();
        let low = |pair: &[u64]| pair.iter().copied().take(count).collect::<Vec<u64>>();
        let mut form = base.to_vec();
        self.multiply_mod_n(&mut form, &low(&self.r_squared));
        let square = |acc: &mut [u64]| {
            let copy = acc.to_vec();
            self.multiply_mod_n(acc, &copy);
        };
        let mut acc = power(low(&self.one), &form, exponent, square, |acc, b| self.multiply_mod_n(acc, b));
        self.multiply_mod_n(&mut acc, &low(&self.plain_one()));
        acc
    }

    /// Fills the tables of a comb for a base in Montgomery form.
    pub(crate) fn build_comb(&self, base: &[u64], columns: usize, table: &mut [u64]) {
        comb::build::<K>(&self.modulus, &self.one, base, columns, table);
    }

    /// acc := base^exponent in Montgomery form from such tables, in constant time.
    pub(crate) fn comb_power(&self, table: &[u64], exponent: &[u64], columns: usize, acc: &mut [u64]) {
        comb::power::<K>(&self.modulus, &self.one, table, exponent, columns, acc);
    }

    /// The product of the numbers modulo n, up to a power of R, which is a unit.
    pub(crate) fn product_mod_n<'a>(&self, factors: impl Iterator<Item = &'a [u64]>) -> Vec<u64> {
        let mut acc: Vec<u64> = self.one.iter().copied().take(self.count()).collect();
        factors.for_each(|factor| self.multiply_mod_n(&mut acc, factor));
        acc
    }
}

/// Some rings belong to a secret prime.
impl<K> Drop for Ring<K> {
    fn drop(&mut self) {
        self.one.zeroize();
        self.r_squared.zeroize();
    }
}

/// Bits that a step of [`power`] takes from the exponent.
const WINDOW_BITS: u64 = 5;

/// Fixed-window exponentiation; the sequence of operations is a function of the exponent.
fn power(
    one: Vec<u64>,
    base: &[u64],
    exponent: &BigUint,
    square: impl Fn(&mut [u64]),
    multiply: impl Fn(&mut [u64], &[u64]),
) -> Vec<u64> {
    let mut powers = vec![one.clone()];
    for _ in 1..1u64 << WINDOW_BITS {
        let mut next = powers.last().unwrap_or(&one).clone();
        multiply(&mut next, base);
        powers.push(next);
    }
    let mut acc = one;
    for window in (0..exponent.bits().div_ceil(WINDOW_BITS)).rev() {
        (0..WINDOW_BITS).for_each(|_| square(&mut acc));
        let digit = (0..WINDOW_BITS)
            .rev()
            .fold(0usize, |digit, bit| digit << 1 | usize::from(exponent.bit(window * WINDOW_BITS + bit)));
        if let (1.., Some(power)) = (digit, powers.get(digit)) {
            multiply(&mut acc, power);
        }
    }
    acc
}

/// The pair of x mod n² in base n.
pub(crate) fn pair_of(x: &BigUint, n: &BigUint, count: usize) -> Option<Vec<u64>> {
    let (high, low) = (x % (n * n)).div_rem(n);
    let mut pair = limbs::from_biguint(&low, count)?;
    pair.extend(limbs::from_biguint(&high, count)?);
    Some(pair)
}

#[cfg(test)]
pub(crate) mod tests {
    use num_traits::Zero;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::{Rng, SeedableRng};

    use super::*;

    /// Moduli of one size: the largest, the smallest, and some between.
    pub(crate) fn moduli(bits: usize, rng: &mut ChaCha20Rng) -> Vec<BigUint> {
        let highest = BigUint::one() << (bits - 1);
        let mut moduli = vec![(&highest << 1) - 1u8, &highest + 1u8];
        moduli.extend((0..3).map(|_| random(bits / 8, rng) | &highest | BigUint::one()));
        moduli
    }

    pub(crate) fn random(bytes: usize, rng: &mut ChaCha20Rng) -> BigUint {
        let mut buffer = vec![0; bytes];
        rng.fill_bytes(&mut buffer);
        BigUint::from_bytes_be(&buffer)
    }

    pub(crate) fn number(pair: &[u64], n: &BigUint) -> BigUint {
        let (low, high) = pair.split_at(pair.len() / 2);
        assert!(limbs::to_biguint(low) < *n && limbs::to_biguint(high) < *n, "reduced");
        limbs::to_biguint(low) + limbs::to_biguint(high) * n
    }

    fn powers_agree_with_an_independent_library<K: Kernel>() {
        let mut rng = ChaCha20Rng::seed_from_u64(2);
        let n = moduli(2048, &mut rng).swap_remove(2);
        let ring = Ring::<K>::new(&n, 32).unwrap();
        let square = &n * &n;
        let base = random(512, &mut rng) % &square;
        for exponent in
            [BigUint::zero(), BigUint::one(), BigUint::from(31u8), random(40, &mut rng), n.clone()]
        {
            let mut power = ring.power(&ring.enter(&pair_of(&base, &n, 32).unwrap()), &exponent);
            ring.leave(&mut power);
            assert_eq!(number(&power, &n), base.modpow(&exponent, &square));
            let low = limbs::from_biguint(&(&base % &n), 32).unwrap();
            assert_eq!(limbs::to_biguint(&ring.power_mod_n(&low, &exponent)), base.modpow(&exponent, &n));
        }
    }

    #[test]
    fn powers_agree_with_an_independent_library_whatever_multiplies() {
        powers_agree_with_an_independent_library::<kernels::Portable>();
        powers_agree_with_an_independent_library::<kernels::Wide>();
        powers_agree_with_an_independent_library::<kernels::Narrow>();
    }
}
