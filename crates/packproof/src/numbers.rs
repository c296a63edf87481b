//! Numbers between integers and scalars, in time independent of their values.

use alloc::vec::Vec;
use commitments::signed_scalar;
use curve25519_dalek::scalar::Scalar;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// The scalars of secret integers.
pub(crate) fn all_signed(values: &[i128]) -> Zeroizing<Vec<Scalar>> {
    Zeroizing::new(values.iter().map(|value| signed_scalar(*value)).collect())
}

/// ⌈log₂ value⌉, 0 for 0 and 1.
pub(crate) const fn ceil_log2(value: u32) -> u32 {
    u32::BITS - value.saturating_sub(1).leading_zeros()
}

/// Uniform in [0, 2^bits), bits at most 252, as a scalar: ℓ is larger.
pub(crate) fn below_power(bits: u32, rng: &mut impl CryptoRng) -> Scalar {
    let mut bytes = Zeroizing::new([0; 32]);
    rng.fill_bytes(&mut *bytes);
    for (place, byte) in bytes.iter_mut().enumerate() {
        let bits = bits.saturating_sub(8 * u32::try_from(place).unwrap_or(u32::MAX)).min(8);
        *byte &= ((1u16 << bits) - 1) as u8;
    }
    Scalar::from_bytes_mod_order(*bytes)
}

/// Whether a reduced scalar, as an integer, is below 2^bits.
pub(crate) fn is_below_power(scalar: &Scalar, bits: u32) -> bool {
    let beyond = |place: usize| {
        let kept = bits.saturating_sub(8 * u32::try_from(place).unwrap_or(u32::MAX)).min(8);
        u16::from(u8::MAX) << kept
    };
    scalar.as_bytes().iter().enumerate().all(|(place, byte)| u16::from(*byte) & beyond(place) & 0xff == 0)
}

/// Uniform in [−bound, bound], bound below 2^126. What is drawn again is independent of what is kept.
pub(crate) fn symmetric(bound: i128, rng: &mut impl CryptoRng) -> i128 {
    let mask = u128::MAX >> (2 * bound).leading_zeros();
    loop {
        let drawn = (u128::from(rng.next_u64()) << 64 | u128::from(rng.next_u64())) & mask;
        if drawn <= (2 * bound).cast_unsigned() {
            return drawn.cast_signed() - bound;
        }
    }
}

/// So many uniform scalars.
pub(crate) fn scalars(count: usize, rng: &mut impl CryptoRng) -> Zeroizing<Vec<Scalar>> {
    Zeroizing::new((0..count).map(|_| Scalar::random(rng)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use test_support::seeded_rng;

    #[test]
    fn drawn_numbers_reach_their_bounds_and_not_beyond() {
        let mut rng = seeded_rng(1);
        let drawn: Vec<i128> = (0..200).map(|_| symmetric(3, &mut rng)).collect();
        assert_eq!((drawn.iter().min(), drawn.iter().max()), (Some(&-3), Some(&3)));
        for bits in [1u32, 7, 8, 9, 209, 249] {
            let drawn: Vec<Scalar> = (0..50).map(|_| below_power(bits, &mut rng)).collect();
            assert!(drawn.iter().all(|scalar| is_below_power(scalar, bits)));
            assert!(!drawn.iter().all(|scalar| is_below_power(scalar, bits - 1)));
        }
    }

    #[test]
    fn logarithms_are_rounded_up() {
        assert_eq!([0, 1, 2, 3, 4, 5, 1 << 20, (1 << 20) + 1].map(ceil_log2), [0, 0, 1, 2, 2, 3, 20, 21]);
    }
}
