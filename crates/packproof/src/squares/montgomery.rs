//! Powers modulo an odd number of at most 125 bits.

/// p with what Montgomery multiplication needs; R = 2^128.
pub(super) struct Modulus {
    p: u128,
    /// −p⁻¹ mod 2^64.
    minus_inverse: u64,
    /// R mod p.
    one: u128,
}

impl Modulus {
    /// p odd, at least 3, below 2^126.
    pub(super) fn new(p: u128) -> Self {
        let low = p as u64;
        // Newton's iteration: each step doubles the bits that are right.
        let inverse = (0..6).fold(low, |x, _| x.wrapping_mul(2u64.wrapping_sub(low.wrapping_mul(x))));
        Self { p, minus_inverse: inverse.wrapping_neg(), one: u128::MAX % p + 1 }
    }

    pub(super) const fn one(&self) -> u128 {
        self.one
    }

    pub(super) const fn minus_one(&self) -> u128 {
        self.p - self.one
    }

    /// a·b·R⁻¹ mod p.
    pub(super) fn multiply(&self, a: u128, b: u128) -> u128 {
        let (b0, b1) = (b as u64, (b >> 64) as u64);
        let (p0, p1) = (self.p as u64, (self.p >> 64) as u64);
        let mut sum = 0u128;
        for word in [a as u64, (a >> 64) as u64] {
            // (sum + word·b + q·p)/2^64, below 2p all the time; as p < 2^126, nothing overflows.
            let low = wide(word, b0) + u128::from(sum as u64);
            let high = wide(word, b1) + (sum >> 64) + (low >> 64);
            let q = (low as u64).wrapping_mul(self.minus_inverse);
            let carry = (wide(q, p0) + u128::from(low as u64)) >> 64;
            sum = high + wide(q, p1) + carry;
        }
        if sum >= self.p { sum - self.p } else { sum }
    }

    /// Out of Montgomery form.
    pub(super) fn leave(&self, form: u128) -> u128 {
        self.multiply(form, 1)
    }

    /// The form of base^exponent, for a small base.
    pub(super) fn power(&self, base: u32, exponent: u128) -> u128 {
        let mut power = self.one;
        for bit in (0..u128::BITS - exponent.leading_zeros()).rev() {
            power = self.multiply(power, power);
            if exponent >> bit & 1 == 1 {
                power = self.times_small(power, base);
            }
        }
        power
    }

    /// form·factor by doubling and adding; every sum is below 2p < 2^127.
    fn times_small(&self, form: u128, factor: u32) -> u128 {
        let reduced = |sum: u128| if sum >= self.p { sum - self.p } else { sum };
        (0..u32::BITS - factor.leading_zeros()).rev().fold(0, |sum, bit| {
            let twice = reduced(sum + sum);
            if factor >> bit & 1 == 1 { reduced(twice + form) } else { twice }
        })
    }
}

fn wide(a: u64, b: u64) -> u128 {
    u128::from(a) * u128::from(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigUint;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn powers_agree_with_an_independent_library(
            p in 1u128..1 << 124, exponent in 0u128..1 << 124, base in 2u32..20, cut in 0u32..120,
        ) {
            let p = (p >> cut) * 2 + 3;
            let modulus = Modulus::new(p);
            let expected = BigUint::from(base).modpow(&BigUint::from(exponent), &BigUint::from(p));
            prop_assert_eq!(BigUint::from(modulus.leave(modulus.power(base, exponent))), expected);
            prop_assert_eq!(modulus.leave(modulus.minus_one()), p - 1);
        }
    }
}
