//! Whether the vector kernel is used where it can be, and whole products made with it.
#![expect(clippy::unwrap_used, reason = "helpers of tests want to fail loudly")]

use num_bigint::BigUint;
use paillier::{
    Aggregator, Ciphertext, Encryptor, Exponent, ForeignKey, KeyBits, NotAllUnits, Plaintext, Product,
    PublicKey,
};
use test_support::{insecure_secret_key, seeded_rng};

/// What the machine says for itself, asked by other means than the kernel's own.
fn machine_has_the_instructions() -> bool {
    #[cfg(target_arch = "x86_64")]
    return std::is_x86_feature_detected!("avx512f") && std::is_x86_feature_detected!("avx512ifma");
    #[cfg(not(target_arch = "x86_64"))]
    return false;
}

#[test]
fn the_kernel_is_used_exactly_where_the_machine_has_the_instructions() {
    for size in KeyBits::ALL {
        let key = insecure_secret_key(size).public();
        assert_eq!(key.multiplies_eight_at_once(), machine_has_the_instructions());
    }
}

/// Units modulo n² at both ends and random ones.
fn units(key: &PublicKey, count: usize) -> Vec<Ciphertext> {
    let encryptor = Encryptor::new(key, &[7; 32]);
    let square = key.n() * key.n();
    let mut rng = seeded_rng(21);
    let ends = [BigUint::from(1u8), &square - 1u8, key.n() - 1u8, key.n() + 1u8, &square - key.n() + 1u8];
    let mut all: Vec<_> = ends.iter().map(|c| Ciphertext::from_biguint(key, c).unwrap()).collect();
    all.extend((all.len()..count).map(|m| encryptor.encrypt(&Plaintext::from_u64(m as u64), &mut rng)));
    all
}

fn product_of(key: &PublicKey, factors: &[Ciphertext]) -> BigUint {
    let square = key.n() * key.n();
    factors.iter().fold(BigUint::from(1u8), |product, c| product * c.to_biguint() % &square)
}

#[test]
fn products_agree_with_an_independent_library_however_they_are_taken() {
    for size in KeyBits::ALL {
        let key = insecure_secret_key(size).public();
        let all = units(key, 61);
        let bytes: Vec<Vec<u8>> = all.iter().map(Ciphertext::to_bytes).collect();
        let bytes: Vec<&[u8]> = bytes.iter().map(Vec::as_slice).collect();
        for count in [0, 1, 7, 8, 9, 24, 25, 31, 32, 61] {
            let expected = product_of(key, &all[..count]);
            let mut product = Product::one(key);
            product.multiply_all(&all[..count]).unwrap();
            assert_eq!(product.factors(), count as u64);
            assert_eq!(product.into_ciphertext().to_biguint(), expected);
            let aggregator = Aggregator::new(key).take(&bytes[..count]).unwrap();
            assert_eq!(aggregator.factors(), count as u64);
            assert_eq!(aggregator.finish().unwrap().into_ciphertext().to_biguint(), expected);
        }
        let mut parts = [&all[..30], &all[30..31], &all[31..]].map(|part| {
            let mut product = Product::one(key);
            product.multiply_all(part).unwrap();
            product
        });
        let [first, second, third] = &mut parts;
        second.merge(first).unwrap();
        third.merge(second).unwrap();
        third.multiply(&all[0]).unwrap();
        let expected = product_of(key, &all) * all[0].to_biguint() % (key.n() * key.n());
        assert_eq!(third.clone().into_ciphertext().to_biguint(), expected);
    }
}

#[test]
fn an_aggregator_refuses_what_admission_refuses() {
    let key = insecure_secret_key(KeyBits::B2048).public();
    let other = insecure_secret_key(KeyBits::B3072).public();
    let good: Vec<Vec<u8>> = units(key, 33).iter().map(Ciphertext::to_bytes).collect();
    let with = |place: usize, bad: &[u8]| {
        let mut all: Vec<&[u8]> = good.iter().map(Vec::as_slice).collect();
        all[place] = bad;
        Aggregator::new(key).take(&all)
    };
    let n = key.to_bytes();
    let zeros = vec![0; 256];
    let p = [vec![0; 128], insecure_secret_key(KeyBits::B2048).expose_primes().0.clone()].concat();
    for place in [0, 15, 32] {
        for bad in [vec![], vec![1; 511], [&n[..], &zeros].concat(), [&zeros[..], &n].concat(), vec![0; 512]]
        {
            let refusal = key.admit_ciphertext(&bad).unwrap_err();
            assert_eq!(with(place, &bad).err(), Some((place, refusal)));
        }
        // Shares p with n, in range: only the gcd over all of them can tell.
        assert_eq!(with(place, &[&p[..], &zeros].concat()).unwrap().finish().err(), Some(NotAllUnits));
    }
    assert!(matches!(Aggregator::new(key).merge(&Aggregator::new(other)), Err(ForeignKey)));
    let mut product = Product::one(other);
    assert_eq!(product.multiply_all(&units(key, 30)), Err(ForeignKey));
    assert_eq!(product.into_ciphertext().to_biguint(), BigUint::from(1u8));
}

#[test]
fn products_with_and_without_lanes_merge() {
    let key = insecure_secret_key(KeyBits::B2048).public();
    let portable = key.portable();
    assert!(!portable.multiplies_eight_at_once() && portable == *key);
    let all = units(key, 60);
    for (left, right) in [(key, &portable), (&portable, key), (&portable, &portable)] {
        let [mut one, other] = [(left, &all[..30]), (right, &all[30..])].map(|(key, part)| {
            let mut product = Product::one(key);
            product.multiply_all(part).unwrap();
            product
        });
        one.merge(&other).unwrap();
        assert_eq!(one.into_ciphertext().to_biguint(), product_of(key, &all));
    }
    let exponent = || Exponent::from_be_bytes(KeyBits::B2048, &[0xa5; 128]).unwrap();
    let [one, other] = [key, &portable]
        .map(|key| Encryptor::new(key, &[7; 32]).encrypt_with(&Plaintext::from_u64(9), exponent()));
    assert!(one == other);
}
