//! Fermat's test to base 2, in time that depends on the length only.

use alloc::vec;
use alloc::vec::Vec;

use kernels::{Kernel, Modulus, Portable, subtract_if_reached, swept};
use zeroize::Zeroizing;

/// Whether 2^(n−1) ≡ 1 modulo n, for odd n of 16, 24, 32, 48 or 64 little-endian words with
/// the highest bit set; `false` for any other number.
///
/// True for every prime of that form. The search for safe primes sorts candidates with it;
/// what passes is tested thoroughly elsewhere. Nothing of n stays on the stack.
pub fn passes_fermat_test(n: &[u64]) -> bool {
    swept(|| Modulus::new(n).is_some_and(|modulus| power_of_two_is_one(&modulus)))
}

/// Square and double along the bits of n − 1, which are those of n but for the lowest.
fn power_of_two_is_one(modulus: &Modulus) -> bool {
    let n = modulus.words();
    let one = one_of(n);
    let mut acc = one.clone();
    let mut copy = Zeroizing::new(vec![0; acc.len()]);
    for place in (0..64 * n.len()).rev() {
        copy.copy_from_slice(&acc);
        Portable::multiply_mod_n(modulus, &mut acc, &copy);
        let bit = n.get(place / 64).map_or(0, |word| word >> (place % 64) & 1);
        let bit = bit & u64::from(place > 0);
        double_if(bit, &mut acc, n);
    }
    acc.iter().zip(one.iter()).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
}

/// R mod n = R − n, as R/2 < n < R: the Montgomery form of 1.
fn one_of(n: &[u64]) -> Zeroizing<Vec<u64>> {
    let mut borrow = false;
    let mut one = Zeroizing::new(Vec::with_capacity(n.len()));
    for &word in n {
        let (difference, next) = 0u64.borrowing_sub(word, borrow);
        one.push(difference);
        borrow = next;
    }
    one
}

/// acc := acc · 2^bit mod n.
fn double_if(bit: u64, acc: &mut [u64], n: &[u64]) {
    let mut carry = false;
    for word in acc.iter_mut() {
        (*word, carry) = word.carrying_add(*word & bit.wrapping_neg(), carry);
    }
    subtract_if_reached(acc, &mut u64::from(carry), n);
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::{Rng, SeedableRng};

    use super::*;

    #[test]
    fn agrees_with_an_independent_library() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        // The largest prime below 2^1024 is 2^1024 − 105.
        let mut numbers: Vec<BigUint> =
            [105u8, 1, 3, 107].iter().map(|&below| (BigUint::from(1u8) << 1024) - below).collect();
        numbers.extend((0..20).map(|_| {
            let mut words = vec![0u32; 32];
            words.iter_mut().for_each(|word| *word = rng.next_u32());
            BigUint::new(words) | BigUint::from(1u8) | BigUint::from(1u8) << 1023
        }));
        for (index, n) in numbers.iter().enumerate() {
            let expected = BigUint::from(2u8).modpow(&(n - 1u8), n) == BigUint::from(1u8);
            assert_eq!(passes_fermat_test(&n.to_u64_digits()), expected);
            assert_eq!(expected, index == 0);
        }
    }

    #[test]
    fn numbers_of_another_form_do_not_pass() {
        for n in [&[][..], &[7], &[u64::MAX; 17], &[0; 16], &[u64::MAX - 1; 16], &[1; 16]] {
            assert!(!passes_fermat_test(n));
        }
    }
}
