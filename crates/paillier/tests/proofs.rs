//! What proofs about ciphertexts are made of, against formulas in an independent library.

use std::convert::Infallible;
use std::sync::{Arc, LazyLock};

use num_bigint::BigUint;
use paillier::{Encryptor, ExponentSum, ForeignKey, KeyBits, Masker, Natural, Plaintext, PublicKey};
use proptest::prelude::*;
use rand_chacha::rand_core::{TryCryptoRng, TryRng};
use test_support::{insecure_secret_key, seeded_rng};

fn public() -> &'static PublicKey {
    insecure_secret_key(KeyBits::B2048).public()
}

static MASKER: LazyLock<Masker> = LazyLock::new(|| Masker::new(Arc::new(Encryptor::new(public(), &[7; 32]))));

fn square() -> BigUint {
    public().n() * public().n()
}

fn natural(bytes: &[u8], bits: u32) -> Natural {
    let mut natural = Natural::zero(bits);
    natural.add_multiple(&Natural::from_be_bytes(bytes), 1);
    natural
}

fn number(natural: &Natural) -> BigUint {
    BigUint::from_bytes_be(&natural.to_be_bytes(1000))
}

/// A sum of exponents as the number that it is, which types keep apart.
fn known(sum: &ExponentSum) -> Natural {
    Natural::from_be_bytes(&sum.to_be_bytes(256))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn sums_agree_with_an_independent_library(
        start in prop::collection::vec(any::<u8>(), 0..400), other in prop::collection::vec(any::<u8>(), 0..300),
        factor: u128, shifted: [u8; 32], shift in 0u32..3000,
    ) {
        let mut sum = natural(&start, 4096);
        sum.add_multiple(&Natural::from_be_bytes(&other), factor);
        sum.add_shifted(&shifted, shift);
        let expected = BigUint::from_bytes_be(&start)
            + BigUint::from_bytes_be(&other) * factor
            + (BigUint::from_bytes_le(&shifted) << shift);
        prop_assert_eq!(number(&sum), expected.clone());
        prop_assert_eq!(sum.modulo(public()).to_biguint(), &expected % public().n());
        let bits = u32::try_from(expected.bits()).unwrap();
        prop_assert!(sum.is_below_power(bits) && (bits == 0 || !sum.is_below_power(bits - 1)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn masking_follows_its_formula_for_exponents_of_any_length(
        m in prop::collection::vec(any::<u8>(), 1..255), exponent in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let h_s = MASKER.encryptor().noise_generator().to_biguint();
        let noise = h_s.modpow(&BigUint::from_bytes_be(&exponent), &square());
        let expected = (BigUint::from_bytes_be(&m) * public().n() + 1u8) * noise % square();
        let plaintext = Plaintext::from_be_bytes(public(), &m).unwrap();
        prop_assert_eq!(MASKER.mask(&plaintext, &Natural::from_be_bytes(&exponent)).to_biguint(), expected);
    }

    #[test]
    fn products_of_powers_agree_with_an_independent_library(
        exponents in prop::collection::vec(prop_oneof![Just(0), Just(1), Just(u128::MAX), any::<u128>()], 0..9),
        seed: u64,
    ) {
        let mut rng = seeded_rng(seed);
        let encryptor = MASKER.encryptor();
        let encrypted = |m| encryptor.encrypt(&Plaintext::from_u64(m), &mut rng);
        let ciphertexts: Vec<_> = (0..exponents.len() as u64).map(encrypted).collect();
        let product = public().product_of_powers(&ciphertexts, &exponents).unwrap();
        let powers = ciphertexts.iter().zip(&exponents);
        let expected = powers.fold(BigUint::from(1u8), |product, (c, x)| {
            product * c.to_biguint().modpow(&BigUint::from(*x), &square()) % square()
        });
        prop_assert_eq!(product.to_biguint(), expected);
    }
}

#[test]
fn the_exponent_that_comes_with_a_ciphertext_made_it() {
    let encryptor = MASKER.encryptor();
    let noise = encryptor.make_noise(&mut seeded_rng(5));
    let (ciphertext, exponent) = encryptor.encrypt_provably(&Plaintext::from_u64(9), noise).unwrap();
    let mut sum = ExponentSum::zero(2048);
    sum.add_exponent(&exponent);
    assert!(MASKER.mask(&Plaintext::from_u64(9), &known(&sum)) == ciphertext);
}

/// Draws nothing but ones: the largest exponent.
struct Ones;

impl TryRng for Ones {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::MAX)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::MAX)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.fill(0xff);
        Ok(())
    }
}

impl TryCryptoRng for Ones {}

#[test]
fn sums_of_exponents_are_those_of_their_ciphertexts() {
    let encryptor = MASKER.encryptor();
    let mut sum = ExponentSum::zero(2048);
    let mut encrypted = || {
        let noise = encryptor.make_noise(&mut Ones);
        let (ciphertext, exponent) = encryptor.encrypt_provably(&Plaintext::from_u64(1), noise).unwrap();
        sum.add_exponent(&exponent);
        ciphertext
    };
    let [one, again, once_more] = [(); 3].map(|()| encrypted());
    assert!(one == again && one == once_more, "the largest exponent every time");
    let product = public().product_of_powers(&[one], &[3]).unwrap();
    assert!(MASKER.mask(&Plaintext::from_u64(3), &known(&sum)) == product);
    let mut answer = ExponentSum::zero(2048);
    answer.add_mask(&Natural::from_be_bytes(&[9]));
    answer.add_multiple(&sum, u128::MAX);
    assert_eq!(number(&known(&answer)), number(&known(&sum)) * u128::MAX + 9u8);
}

#[test]
fn drawn_numbers_fill_their_bits_and_no_more() {
    let mut rng = seeded_rng(3);
    for bits in [1, 63, 64, 65, 1879] {
        let drawn: Vec<Natural> = (0..40).map(|_| Natural::sample(bits, &mut rng)).collect();
        assert!(drawn.iter().all(|one| one.is_below_power(bits)));
        assert!(!drawn.iter().all(|one| one.is_below_power(bits - 1)));
    }
}

#[test]
fn foreign_ciphertexts_are_refused() {
    let other = Encryptor::new(insecure_secret_key(KeyBits::B3072).public(), &[7; 32]);
    let foreign = other.encrypt(&Plaintext::from_u64(1), &mut seeded_rng(1));
    assert_eq!(public().product_of_powers(&[foreign], &[1]).map(|_| ()), Err(ForeignKey));
}

#[test]
fn debug_output_shows_no_number() {
    assert_eq!(format!("{:?}", Natural::from_be_bytes(&[7])), "Natural(<private>)");
    assert_eq!(format!("{:?}", ExponentSum::zero(64)), "ExponentSum(<private>)");
    assert_eq!(format!("{:?}", &*MASKER), "Masker(2048 bits)");
}
