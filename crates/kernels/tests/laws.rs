//! Every kernel against num-bigint: products, squares, half products and powers, at the ends of the ranges
//! and at random. Runs natively, and in a browser for the machines that the last two kernels are made for.
#![expect(clippy::unwrap_used, reason = "helpers of tests want to fail loudly")]

mod common;

use common::{inverse_of_radix, moduli, number, number_of, operands, pair_of, random, rng, words_of};
use kernels::{Kernel, Modulus, comb};
use num_bigint::BigUint;
use num_traits::One;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// Words of n, for keys and for their primes.
const SIZES: [usize; 5] = [16, 24, 32, 48, 64];
/// Extreme operands meet so many others each; all meet all in the fuzz targets' corpus and beyond.
const PARTNERS: usize = 7;

/// Calls `check` with n, its modulus, and two operands.
fn for_all(check: impl Fn(&BigUint, &Modulus, &BigUint, &BigUint)) {
    let mut rng = rng(1);
    for words in SIZES {
        for n in moduli(words, &mut rng) {
            let modulus = Modulus::new(&words_of(&n, words)).unwrap();
            let operands = operands(&n, words, &mut rng);
            for (at, a) in operands.iter().enumerate() {
                let partners = operands.iter().cycle().skip(13 * at).step_by(11).take(PARTNERS);
                partners.for_each(|b| check(&n, &modulus, a, b));
            }
        }
    }
}

fn products<K: Kernel>() {
    for_all(|n, modulus, a, b| {
        let words = modulus.words().len();
        let mut product = pair_of(a, n, words);
        K::multiply(modulus, &mut product, &pair_of(b, n, words));
        // The result is a·b·R⁻¹: compared after multiplying by R.
        let square = n * n;
        assert_eq!((number(&product, n) << K::radix_bits(words)) % &square, a * b % square);
    });
}

fn squares<K: Kernel>() {
    for_all(|n, modulus, a, _| {
        let words = modulus.words().len();
        let mut square = pair_of(a, n, words);
        let mut product = square.clone();
        K::multiply(modulus, &mut product, &square);
        K::square(modulus, &mut square);
        assert_eq!(square, product);
    });
}

fn half_products<K: Kernel>() {
    for_all(|n, modulus, a, b| {
        let words = modulus.words().len();
        let ones = (BigUint::one() << (64 * words)) - 1u8;
        let a = a % n;
        for b in [b % n, ones] {
            let mut product = words_of(&a, words);
            K::multiply_mod_n(modulus, &mut product, &words_of(&b, words));
            let product = number_of(&product);
            assert!(product < *n);
            assert_eq!((product << K::radix_bits(words)) % n, &a * b % n);
        }
    });
}

fn powers<K: Kernel>() {
    let mut rng = rng(2);
    for words in [32, 48, 64] {
        let n = moduli(words, &mut rng).pop().unwrap();
        let (modulus, square) = (Modulus::new(&words_of(&n, words)).unwrap(), &n * &n);
        let radix = BigUint::one() << K::radix_bits(words);
        let form = |x: &BigUint| pair_of(&(x * &radix % &square), &n, words);
        let (base, one) = (random(16 * words, &mut rng) % &square, form(&BigUint::one()));
        let columns = comb::columns(32 * words);
        let mut table = vec![0; comb::table_words(words)];
        comb::build::<K>(&modulus, &one, &form(&base), columns, &mut table);
        let largest = (BigUint::one() << (32 * words)) - 1u8;
        for exponent in [BigUint::default(), BigUint::one(), random(4 * words, &mut rng), largest] {
            let mut power = vec![0; 2 * words];
            let exponent_words = words_of(&exponent, words / 2);
            comb::power::<K>(&modulus, &one, &table, &exponent_words, columns, &mut power);
            let power = number(&power, &n) * inverse_of_radix(K::radix_bits(words), &square) % &square;
            assert_eq!(power, base.modpow(&exponent, &square));
        }
    }
}

/// The same laws for every kernel, natively and in browsers.
macro_rules! laws_of {
    ($name:ident $kernel:ty: $($law:ident)*) => {
        mod $name {
            $(
                #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
                #[cfg_attr(not(target_arch = "wasm32"), test)]
                fn $law() {
                    super::$law::<$kernel>();
                }
            )*
        }
    };
}

laws_of!(portable kernels::Portable: products squares half_products powers);
laws_of!(wide kernels::Wide: products squares half_products powers);
laws_of!(narrow kernels::Narrow: products squares half_products powers);
