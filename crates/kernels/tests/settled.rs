//! The last step of every kernel at the ends of what it is given: carries that run from the lowest word over the
//! highest are met by no operand that was drawn, so operands are calculated from where the products shall end.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests want to fail loudly")]

mod common;

use common::{moduli, number, number_of, pair_of, random, rng, words_of};
use kernels::{Kernel, Modulus, Portable, Wide, settle};
use num_bigint::BigUint;
use num_traits::One;

#[test]
fn pairs_at_the_ends_of_their_ranges_are_reduced() {
    let mut rng = rng(31);
    for words in [16, 24, 32, 48, 64] {
        let r = BigUint::one() << (64 * words);
        for n in moduli(words, &mut rng) {
            let lows = [BigUint::default(), &n - 1u8, n.clone(), &n * 2u8 - 1u8];
            let below = &n * 3u8 - 1u8;
            let around_r = [&r - 1u8, r.clone(), &r * 2u8 - 1u8].into_iter().filter(|high| *high < below);
            let highs: Vec<_> = lows.iter().cloned().chain([&n * 3u8 - 2u8]).chain(around_r).collect();
            for low in &lows {
                highs.iter().for_each(|high| settles(&n, low, high));
            }
        }
    }
}

/// low + high·n, reduced.
fn settles(n: &BigUint, low: &BigUint, high: &BigUint) {
    let n_words = n.to_u64_digits();
    let words = n_words.len();
    let [mut l, mut h] = [low, high].map(|half| words_of(half, words + 1));
    let ((l, l_top), (h, h_top)) = (l.split_at_mut(words), h.split_at_mut(words));
    settle(&n_words, (l, &mut l_top[0]), (h, &mut h_top[0]));
    assert_eq!((l_top[0], h_top[0]), (0, 0));
    assert_eq!(number_of(l), low % n);
    assert_eq!(number_of(h), (high + low / n) % n);
}

/// Operands with a lower half that reaches n and an upper half of all ones, before they are settled.
///
/// With q·n the multiple that makes a0·b0 divisible by R, the lower half is (a0·b0 + q·n)/R, and the upper one is
/// (a0·b1 + a1·b0 − q)/R modulo n (the derivation in `kernels`): drawn until the first reaches n, then solved for b1.
fn at_the_end<K: Kernel>() {
    let mut rng = rng(32);
    for words in [32, 48, 64] {
        let n = moduli(words, &mut rng).pop().unwrap();
        let (modulus, square) = (Modulus::new(&words_of(&n, words)).unwrap(), &n * &n);
        let r = BigUint::one() << K::radix_bits(words);
        let minus_inverse = &r - n.modinv(&r).unwrap();
        let all_ones = ((BigUint::one() << (64 * words)) - 1u8) % &n;
        let mut found = 0;
        for _ in 0..6000 {
            let [a0, b0, a1] = [(); 3].map(|()| random(8 * words, &mut rng) % &n);
            let q = (&a0 * &b0) * &minus_inverse % &r;
            let reaches = (&a0 * &b0 + &q * &n) / &r >= n;
            let Some(inverse) = a0.modinv(&n).filter(|_| reaches) else { continue };
            let b1 = (&all_ones * &r + &q + (&n - &a1) * &b0) * inverse % &n;
            let (a, b) = (&a0 + &a1 * &n, &b0 + &b1 * &n);
            let mut product = pair_of(&a, &n, words);
            K::multiply(&modulus, &mut product, &pair_of(&b, &n, words));
            assert_eq!((number(&product, &n) * &r) % &square, a * b % &square);
            found += 1;
            if found == 12 {
                break;
            }
        }
        assert!(found > 0, "{words} words");
    }
}

#[test]
fn portable() {
    at_the_end::<Portable>();
}

// The kernel of 28-bit limbs has an R so far above n that no lower half reaches n.
#[test]
fn wide() {
    at_the_end::<Wide>();
}
