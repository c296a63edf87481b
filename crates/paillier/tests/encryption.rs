//! Encryption and its homomorphisms against formulas in an independent library.
#![expect(clippy::unwrap_used, reason = "helpers of tests want to fail loudly")]

use num_bigint::BigUint;
use paillier::{
    Ciphertext, Encryptor, Exponent, ForeignKey, KeyBits, Plaintext, Product, PublicKey, textbook,
};
use paillier_keys::SecretKey;
use proptest::prelude::*;
use std::sync::LazyLock;
use test_support::{insecure_secret_key, seeded_rng};

/// Decryption as in the first paper, modulo n² with λ and μ: slow, and nothing in common
/// with the code under test.
fn open(key: &SecretKey, c: &Ciphertext) -> BigUint {
    let (p, q) = &*key.expose_primes();
    let [p, q] = [p, q].map(|x| BigUint::from_bytes_be(x));
    let n = &p * &q;
    let lambda = (&p - 1u8) * (&q - 1u8);
    let u = c.to_biguint().modpow(&lambda, &(&n * &n));
    let mu = lambda.modinv(&n).unwrap();
    (u - 1u8) / &n * mu % n
}

fn key() -> &'static SecretKey {
    insecure_secret_key(KeyBits::B2048)
}

fn public() -> &'static PublicKey {
    key().public()
}

static ENCRYPTOR: LazyLock<Encryptor> = LazyLock::new(|| Encryptor::new(public(), &[7; 32]));

fn plaintext(m: &BigUint) -> Plaintext {
    Plaintext::from_biguint(public(), m).unwrap()
}

/// Numbers below n, the ends included.
fn below_n() -> impl Strategy<Value = BigUint> {
    prop_oneof![
        1 => Just(BigUint::from(0u8)),
        1 => Just(public().n() - 1u8),
        2 => any::<u64>().prop_map(BigUint::from),
        6 => prop::collection::vec(any::<u8>(), 256).prop_map(|b| BigUint::from_bytes_be(&b) % public().n()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn encryption_follows_its_formula(m in below_n(), exponent in prop::collection::vec(any::<u8>(), 128)) {
        let square = public().n() * public().n();
        let h_s = ENCRYPTOR.noise_generator().to_biguint();
        let noise = h_s.modpow(&BigUint::from_bytes_be(&exponent), &square);
        let expected = (BigUint::from(1u8) + &m * public().n()) * noise % square;
        let exponent = Exponent::from_be_bytes(KeyBits::B2048, &exponent).unwrap();
        prop_assert_eq!(ENCRYPTOR.encrypt_with(&plaintext(&m), exponent).to_biguint(), expected);
    }

    #[test]
    fn what_is_encrypted_comes_out(m in below_n(), seed: u64) {
        let c = ENCRYPTOR.encrypt(&plaintext(&m), &mut seeded_rng(seed));
        prop_assert_eq!(open(key(), &c), m);
    }

    #[test]
    fn products_are_sums_and_powers_are_multiples(a in below_n(), b in below_n(), k in below_n(), seed: u64) {
        let rng = &mut seeded_rng(seed);
        let n = public().n();
        let [c, d] = [&a, &b].map(|m| ENCRYPTOR.encrypt(&plaintext(m), rng));
        let square = n * n;
        prop_assert_eq!(public().add(&c, &d).unwrap().to_biguint(), c.to_biguint() * d.to_biguint() % &square);
        prop_assert_eq!(open(key(), &public().add(&c, &d).unwrap()), (&a + &b) % n);
        prop_assert_eq!(public().scale(&c, &k).unwrap().to_biguint(), c.to_biguint().modpow(&k, &square));
        prop_assert_eq!(open(key(), &public().scale(&c, &k).unwrap()), &a * &k % n);
    }

    #[test]
    fn rerandomizing_keeps_the_plaintext_only(m in below_n(), seed: u64) {
        let rng = &mut seeded_rng(seed);
        let c = ENCRYPTOR.encrypt(&plaintext(&m), rng);
        let again = ENCRYPTOR.rerandomize(&c, rng).unwrap();
        prop_assert!(again != c);
        prop_assert_eq!(open(key(), &again), m);
    }
}

#[test]
fn every_size_encrypts_at_both_ends_of_the_exponent() {
    for size in [KeyBits::B3072, KeyBits::B4096] {
        let key = insecure_secret_key(size).public();
        let encryptor = Encryptor::new(key, &[7; 32]);
        let h_s = encryptor.noise_generator().to_biguint();
        let largest = vec![0xff; size.bytes() / 2];
        let square = key.n() * key.n();
        let c = |exponent: &[u8]| {
            let exponent = Exponent::from_be_bytes(size, exponent).unwrap();
            encryptor.encrypt_with(&Plaintext::from_u64(5), exponent).to_biguint()
        };
        let message = BigUint::from(1u8) + key.n() * 5u8;
        assert_eq!(c(&[]), message);
        assert_eq!(c(&[1]), &message * &h_s % &square);
        assert_eq!(c(&largest), message * h_s.modpow(&BigUint::from_bytes_be(&largest), &square) % &square);
        assert!(Exponent::from_be_bytes(size, &[&[1], largest.as_slice()].concat()).is_err());
    }
}

#[test]
fn a_product_is_the_product_however_it_is_cut() {
    let rng = &mut seeded_rng(3);
    let square = public().n() * public().n();
    let all: Vec<Ciphertext> = (0..7).map(|m| ENCRYPTOR.encrypt(&Plaintext::from_u64(m), rng)).collect();
    let expected = all.iter().fold(BigUint::from(1u8), |acc, c| acc * c.to_biguint() % &square);
    for cut in 0..=all.len() {
        let (left, right) = all.split_at(cut);
        let [mut product, second] = [left, right].map(|part| {
            let mut product = Product::one(public());
            part.iter().for_each(|c| product.multiply(c).unwrap());
            product
        });
        product.merge(&second).unwrap();
        assert_eq!(product.factors(), 7);
        assert_eq!(product.into_ciphertext().to_biguint(), expected);
    }
    assert_eq!(Product::one(public()).into_ciphertext().to_biguint(), BigUint::from(1u8));
}

#[test]
fn other_keys_ciphertexts_are_refused_everywhere() {
    let other = insecure_secret_key(KeyBits::B3072).public();
    let foreign = Product::one(other).into_ciphertext();
    let own = Product::one(public()).into_ciphertext();
    assert_eq!(public().add(&own, &foreign).err(), Some(ForeignKey));
    assert_eq!(public().add(&foreign, &own).err(), Some(ForeignKey));
    assert_eq!(public().scale(&foreign, &BigUint::from(2u8)).err(), Some(ForeignKey));
    assert_eq!(Product::one(public()).multiply(&foreign).err(), Some(ForeignKey));
    assert_eq!(Product::one(public()).merge(&Product::one(other)).err(), Some(ForeignKey));
    assert_eq!(ENCRYPTOR.rerandomize(&foreign, &mut seeded_rng(0)).err(), Some(ForeignKey));
}

#[test]
fn noise_is_bound_to_key_and_survey() {
    let own = ENCRYPTOR.noise_generator().to_biguint();
    assert_eq!(Encryptor::new(public(), &[7; 32]).noise_generator().to_biguint(), own);
    assert_ne!(Encryptor::new(public(), &[8; 32]).noise_generator().to_biguint(), own);
    // h_s = hⁿ: an encryption of 0.
    assert_eq!(open(key(), ENCRYPTOR.noise_generator()), BigUint::from(0u8));
}

#[test]
fn textbook_randomness_must_be_a_unit_below_n() {
    let (p, _) = &*key().expose_primes();
    let m = Plaintext::from_u64(1);
    for unfit in [BigUint::from(0u8), BigUint::from_bytes_be(p), public().n().clone(), public().n() + 1u8] {
        assert!(textbook::encrypt_with_r(public(), &m, &unfit).is_err());
    }
    let c = textbook::encrypt_with_r(public(), &m, &BigUint::from(1u8)).unwrap();
    assert_eq!(c.to_biguint(), public().n() + 1u8);
}

#[test]
fn plaintexts_stay_below_n() {
    let n = public().n();
    assert!(Plaintext::from_biguint(public(), n).is_err());
    assert!(Plaintext::from_biguint(public(), &(n << 9)).is_err());
    let largest = plaintext(&(n - 1u8));
    assert_eq!(largest.to_biguint(), n - 1u8);
    let padded = [vec![0; 700], largest.to_be_bytes().to_vec()].concat();
    assert_eq!(Plaintext::from_be_bytes(public(), &padded).unwrap().to_biguint(), n - 1u8);
}

#[test]
fn a_longer_keys_plaintext_counts_modulo_n() {
    let longer = insecure_secret_key(KeyBits::B4096).public();
    let m = Plaintext::from_biguint(longer, &(public().n() * 3u8 + 9u8)).unwrap();
    assert_eq!(open(key(), &ENCRYPTOR.encrypt(&m, &mut seeded_rng(4))), BigUint::from(9u8));
}

#[test]
fn debug_output_shows_no_secret() {
    let exponent = Exponent::sample(KeyBits::B2048, &mut seeded_rng(5));
    assert_eq!(format!("{:?}", Plaintext::from_u64(5_400_000)), "Plaintext(<private>)");
    assert_eq!(format!("{exponent:?}"), "Exponent(<private>)");
    let noise = ENCRYPTOR.make_noise(&mut seeded_rng(6));
    let (_, spent) = ENCRYPTOR.encrypt_provably(&Plaintext::from_u64(1), noise).unwrap();
    assert_eq!(format!("{spent:?}"), "SpentExponent(<private>)");
    assert_eq!(format!("{:?}", *ENCRYPTOR), "Encryptor(2048 bits)");
    assert_eq!(format!("{:?}", ENCRYPTOR.noise_generator()), "Ciphertext(4096 bits)");
}

#[test]
fn an_encryptor_serves_many_threads() {
    fn shareable<T: Send + Sync>() {}
    shareable::<Encryptor>();
    shareable::<Product>();
    shareable::<Ciphertext>();
}
