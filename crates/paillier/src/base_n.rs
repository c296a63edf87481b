//! The ring modulo n² in Montgomery form: entering, leaving, powers.

use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;

use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::One;

use crate::kernel::{Kernel, Montgomery, Portable};
use crate::limbs;

/// The way of multiplying in use.
type Chosen = Portable;

/// Arithmetic modulo n² (pairs of 2·L words) and modulo n (their first L words).
///
/// The Montgomery form of x is x·R; "plain" is x itself. Multiplying a Montgomery form
/// by a plain number gives a plain product, which saves most conversions.
pub(crate) struct Ring {
    montgomery: Montgomery,
    /// R mod n²: the Montgomery form of 1.
    one: Box<[u64]>,
    /// R² mod n²: the Montgomery form of R.
    r_squared: Box<[u64]>,
}

impl Ring {
    /// n odd, of exactly `count` words, its highest bit set: [`crate::PublicKey`] sees to it.
    pub(crate) fn new(n: &BigUint, count: usize) -> Option<Self> {
        let r = BigUint::one() << (64 * count);
        let words = limbs::from_biguint(n, count)?;
        let minus_inverse = minus_inverse_of_odd(*words.first()?);
        Some(Self {
            one: pair_of(&r, n, count)?.into(),
            r_squared: pair_of(&(&r * &r), n, count)?.into(),
            montgomery: Montgomery { n: words.into(), minus_inverse },
        })
    }

    /// n.
    pub(crate) fn n(&self) -> &[u64] {
        &self.montgomery.n
    }

    /// Words of n.
    pub(crate) fn count(&self) -> usize {
        self.montgomery.n.len()
    }

    /// The Montgomery form of 1.
    pub(crate) fn one(&self) -> Vec<u64> {
        self.one.to_vec()
    }

    /// `acc := acc · b · R⁻¹ mod n²`.
    pub(crate) fn multiply(&self, acc: &mut [u64], b: &[u64]) {
        Chosen::multiply(&self.montgomery, acc, b);
    }

    /// `acc := acc² · R⁻¹ mod n²`.
    pub(crate) fn square(&self, acc: &mut [u64]) {
        Chosen::square(&self.montgomery, acc);
    }

    /// `acc := acc · b · R⁻¹ mod n`, on L words; `b` may be any number below R.
    pub(crate) fn multiply_mod_n(&self, acc: &mut [u64], b: &[u64]) {
        Chosen::multiply_mod_n(&self.montgomery, acc, b);
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

    /// The Montgomery form of R^exponent: pays back what multiplying plain numbers divided by.
    pub(crate) fn power_of_r(&self, exponent: u64) -> Vec<u64> {
        self.power(&self.r_squared, &BigUint::from(exponent))
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

    /// The product of the numbers modulo n, up to a power of R, which is a unit.
    pub(crate) fn product_mod_n<'a>(&self, factors: impl Iterator<Item = &'a [u64]>) -> Vec<u64> {
        let mut acc: Vec<u64> = self.one.iter().copied().take(self.count()).collect();
        factors.for_each(|factor| self.multiply_mod_n(&mut acc, factor));
        acc
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

/// −x⁻¹ mod 2^64 by Newton's iteration: each step doubles the bits that are right.
fn minus_inverse_of_odd(x: u64) -> u64 {
    let mut inverse = x;
    for _ in 0..6 {
        inverse = inverse.wrapping_mul(2u64.wrapping_sub(x.wrapping_mul(inverse)));
    }
    inverse.wrapping_neg()
}
