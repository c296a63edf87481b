//! A number as a sum of three squares: `docs/PROOF.md` §6.
//!
//! Takes time that depends on the number, which is secret: this runs on the reporter's own machine.

mod montgomery;

use montgomery::Modulus;
use rand_core::CryptoRng;

/// Below this everything is tried.
const SMALL: u128 = 1 << 16;

/// Candidates before giving up: some hundred times as many as are ever needed.
const TRIES: u32 = 1 << 16;

/// Odd primes that most candidates are divisible by one of.
const SMALL_PRIMES: [u64; 14] = [3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47];

/// Bases whose power may be a root of −1; each is one for half of all primes.
const BASES: [u32; 8] = [2, 3, 5, 7, 11, 13, 17, 19];

/// a, b, c with a² + b² + c² = `sum`, for a sum that is 1 modulo 4 and below 2^125.
pub(crate) fn three_squares(sum: u128, rng: &mut impl CryptoRng) -> Option<[u64; 3]> {
    if sum % 4 != 1 || sum >> 125 != 0 {
        return None;
    }
    if sum < SMALL {
        return small_squares(sum);
    }
    let root = u64::try_from(sum.isqrt()).ok()?;
    if u128::from(root) * u128::from(root) == sum {
        // The difference of two squares is no prime, so that a search would never end.
        return Some([root, 0, 0]);
    }
    let half_root = root / 2;
    let mask = u64::MAX >> half_root.leading_zeros();
    // The sum less an even square is 1 modulo 4 again, as every prime must be that is a sum of two squares.
    let even = |drawn: u64| 2 * (drawn & mask);
    (0..TRIES).find_map(|_| {
        let a = even(rng.next_u64());
        let rest = sum.checked_sub(u128::from(a) * u128::from(a))?;
        two_squares(rest).map(|[b, c]| [a, b, c])
    })
}

/// Tries everything.
fn small_squares(sum: u128) -> Option<[u64; 3]> {
    let sum = u64::try_from(sum).ok()?;
    (0..=sum.isqrt()).step_by(2).find_map(|a| {
        let rest = sum - a * a;
        (0..=rest.isqrt()).find_map(|b| {
            let c = (rest - b * b).isqrt();
            (c * c == rest - b * b).then_some([a, b, c])
        })
    })
}

/// b, c with b² + c² = `sum`, found for every prime that is 1 modulo 4 and seldom for anything else.
fn two_squares(sum: u128) -> Option<[u64; 2]> {
    if sum == 1 {
        return Some([1, 0]);
    }
    if sum % 4 != 1 || SMALL_PRIMES.iter().any(|prime| sum.is_multiple_of(u128::from(*prime))) {
        return None;
    }
    let root = root_of_minus_one(sum)?;
    let limit = sum.isqrt();
    // Euclid's algorithm from (sum, root), until a remainder is at most √sum [Hermite, Serret 1848].
    let (mut one, mut other) = (sum, root);
    while one > limit {
        (one, other) = (other, one.checked_rem(other)?);
    }
    let (b, c) = (u64::try_from(one).ok()?, u64::try_from(other).ok()?);
    let squares = u128::from(b) * u128::from(b) + u128::from(c) * u128::from(c);
    (squares == sum).then_some([b, c])
}

/// g^((p − 1)/4), if its square is −1: so it is for every base g that is no square modulo a prime p.
fn root_of_minus_one(p: u128) -> Option<u128> {
    let modulus = Modulus::new(p);
    for base in BASES {
        let power = modulus.power(base, (p - 1) / 4);
        let square = modulus.multiply(power, power);
        if square == modulus.minus_one() {
            return Some(modulus.leave(power));
        }
        if square != modulus.one() {
            // Not a prime.
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use test_support::seeded_rng;

    fn found(sum: u128, seed: u64) -> bool {
        let Some(roots) = three_squares(sum, &mut seeded_rng(seed)) else { return false };
        roots.iter().map(|root| u128::from(*root) * u128::from(*root)).sum::<u128>() == sum
    }

    #[test]
    fn every_small_number_and_those_around_the_limit_are_sums() {
        assert!((1..200_000u128).step_by(4).all(|sum| found(sum, 1)));
    }

    #[test]
    fn the_largest_numbers_are_sums() {
        let largest = (1u128 << 125) - 3;
        assert!((0..50).all(|below| found(largest - 4 * below, 2)));
    }

    #[test]
    fn other_numbers_are_refused() {
        let mut rng = seeded_rng(1);
        for sum in [0, 2, 3, 4, 7, (1 << 125) + 1] {
            assert_eq!(three_squares(sum, &mut rng), None);
        }
    }

    #[test]
    fn squares_are_sums_though_no_difference_to_a_square_is_prime() {
        for root in [421u128, 65_537, (1 << 62) + 1] {
            assert!(found(root * root, 1), "{root}");
        }
    }

    proptest! {
        #[test]
        fn what_a_range_asks_for_is_found(x in 0u64..1 << 61, y in 0u64..1 << 61, cut in 0u32..60, seed: u64) {
            let (x, y) = (u128::from(x >> cut), u128::from(y >> cut));
            prop_assert!(found(4 * x * y + 1, seed));
        }
    }
}
