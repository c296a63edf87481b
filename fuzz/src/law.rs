//! Products, squares and half products as num-bigint calculates them.

use kernels::lanes::{LANES, LaneModulus, Lanes, read, write};
use kernels::{Kernel, Modulus, Vector};
use num_bigint::BigUint;

use crate::reader::{Reader, number, words};

/// A pair in base n, reduced.
type Pair = (BigUint, BigUint);

fn pair_words((low, high): &Pair, count: usize) -> Vec<u64> {
    [words(low, count), words(high, count)].concat()
}

/// The number of a pair of words, which must be reduced.
fn value(pair: &[u64], n: &BigUint) -> BigUint {
    let (low, high) = pair.split_at(pair.len() / 2);
    let (low, high) = (number(low), number(high));
    assert!(low < *n && high < *n, "reduced");
    low + high * n
}

/// Whether `product` is a·b·R⁻¹.
fn assert_product(product: &BigUint, [a, b]: [&Pair; 2], n: &BigUint, radix_bits: usize) {
    let (square, of) = (n * n, |pair: &Pair| &pair.0 + &pair.1 * n);
    assert_eq!((product << radix_bits) % &square, of(a) * of(b) % square);
}

/// Holds a kernel to its laws for the numbers that the input stands for.
pub fn one_number<K: Kernel>(input: &[u8]) {
    let mut reader = Reader(input);
    let count = [16, 24, 32, 48, 64][usize::from(reader.byte() % 5)];
    let n_words = reader.modulus(count);
    let (n, modulus) = (number(&n_words), Modulus::new(&n_words).expect("odd, highest bit set"));
    let mut half = || reader.below(&n, count);
    let (a, b) = ((half(), half()), (half(), half()));
    let mut product = pair_words(&a, count);
    K::multiply(&modulus, &mut product, &pair_words(&b, count));
    assert_product(&value(&product, &n), [&a, &b], &n, K::radix_bits(count));
    let mut square = pair_words(&a, count);
    K::square(&modulus, &mut square);
    assert_product(&value(&square, &n), [&a, &a], &n, K::radix_bits(count));
    // b need not be reduced here.
    let any = number(&reader.words(count));
    let mut half_product = words(&a.0, count);
    K::multiply_mod_n(&modulus, &mut half_product, &words(&any, count));
    let half_product = number(&half_product);
    assert!(half_product < n, "reduced");
    assert_eq!((half_product << K::radix_bits(count)) % &n, &a.0 * any % &n);
}

/// Holds the vector kernel to its laws, eight numbers of the input at a time; nothing where the machine
/// lacks the instructions.
pub fn eight_numbers(input: &[u8]) {
    let Some(vector) = Vector::detect() else { return };
    let mut reader = Reader(input);
    let count = [32, 48, 64][usize::from(reader.byte() % 3)];
    let n_words = reader.modulus(count);
    let (n, modulus) = (number(&n_words), LaneModulus::new(&n_words).expect("a key's length"));
    let mut eight =
        || -> Vec<Pair> { (0..LANES).map(|_| (reader.below(&n, count), reader.below(&n, count))).collect() };
    let (a, b) = (eight(), eight());
    let gather = |pairs: &[Pair]| {
        let mut lanes = vec![Lanes::default(); modulus.pair_limbs()];
        pairs.iter().enumerate().for_each(|(lane, pair)| write(&pair_words(pair, count), lane, &mut lanes));
        lanes
    };
    let (mut product, mut square) = (gather(&a), gather(&a));
    vector.multiply(&modulus, &mut product, &gather(&b));
    vector.square(&modulus, &mut square);
    let radix_bits = usize::try_from(modulus.radix_bits()).expect("small");
    let mut pair = vec![0; 2 * count];
    for (lane, (a, b)) in a.iter().zip(&b).enumerate() {
        read(&product, lane, &n_words, &mut pair);
        assert_product(&value(&pair, &n), [a, b], &n, radix_bits);
        read(&square, lane, &n_words, &mut pair);
        assert_product(&value(&pair, &n), [a, a], &n, radix_bits);
    }
}
