//! Signed integers as scalars, in time independent of their values.

use curve25519_dalek::scalar::Scalar;

/// −2^127 has the bit that this adds; no branch looks at a sign.
const OFFSET: u128 = 1 << 127;

/// The scalar of an integer: negative ones count down from ℓ.
#[must_use]
pub fn signed_scalar(value: i128) -> Scalar {
    // value + 2^127, which is never negative, less 2^127.
    Scalar::from(value.cast_unsigned() ^ OFFSET) - Scalar::from(OFFSET)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_become_the_scalars_they_are() {
        for value in [0i128, 1, 5, i128::from(u64::MAX), i128::MAX] {
            let scalar = Scalar::from(value.unsigned_abs());
            assert_eq!(signed_scalar(value), scalar);
            assert_eq!(signed_scalar(-value), -scalar);
        }
        assert_eq!(signed_scalar(i128::MIN), -Scalar::from(1u128 << 127));
    }
}
