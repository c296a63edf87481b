//! What is no ciphertext, one at a time and in batches.

use num_bigint::BigUint;
use paillier::{Ciphertext, CiphertextRefusal, Encryptor, KeyBits, Plaintext, PublicKey};
use test_support::{insecure_secret_key, seeded_rng};

fn key() -> &'static PublicKey {
    insecure_secret_key(KeyBits::B2048).public()
}

fn p() -> BigUint {
    BigUint::from_bytes_be(&insecure_secret_key(KeyBits::B2048).expose_primes().0)
}

/// c0 ‖ c1 of any two numbers below 2^2048.
fn bytes(c0: &BigUint, c1: &BigUint) -> Vec<u8> {
    [c0, c1]
        .iter()
        .flat_map(|x| {
            let digits = x.to_bytes_be();
            [vec![0; 256 - digits.len()], digits].concat()
        })
        .collect()
}

fn good(count: usize) -> Vec<Vec<u8>> {
    let encryptor = Encryptor::new(key(), &[0; 32]);
    let mut rng = seeded_rng(1);
    (0..count).map(|m| encryptor.encrypt(&Plaintext::from_u64(m as u64), &mut rng).to_bytes()).collect()
}

/// Every kind of bad ciphertext of the right length, with its refusal.
fn bad() -> Vec<(Vec<u8>, CiphertextRefusal)> {
    use CiphertextRefusal::{NotReduced, SharesFactor, Zero};
    let n = key().n();
    let [zero, one, largest] = [0u8, 1, 0].map(BigUint::from);
    let largest = largest + (BigUint::from(1u8) << 2048) - 1u8;
    vec![
        (bytes(&zero, &zero), Zero),
        (bytes(n, &zero), NotReduced),
        (bytes(&one, n), NotReduced),
        (bytes(&largest, &one), NotReduced),
        (bytes(&one, &largest), NotReduced),
        (bytes(&zero, &one), SharesFactor),
        (bytes(&zero, &(n - 1u8)), SharesFactor),
        (bytes(&p(), &zero), SharesFactor),
        (bytes(&p(), &one), SharesFactor),
        (bytes(&(n - p()), &(n - 1u8)), SharesFactor),
    ]
}

#[test]
fn bad_ciphertexts_are_refused_for_their_reason() {
    for (index, (bytes, expected)) in bad().into_iter().enumerate() {
        assert_eq!(key().admit_ciphertext(&bytes).err(), Some(expected), "case {index}");
    }
    for length in [0, 1, 511, 513, 768, 1024] {
        assert_eq!(key().admit_ciphertext(&vec![1; length]).err(), Some(CiphertextRefusal::WrongLength));
    }
}

#[test]
fn good_ciphertexts_survive_the_journey() {
    for bytes in good(3) {
        let c = key().admit_ciphertext(&bytes).unwrap();
        assert_eq!(c.to_bytes(), bytes);
        assert!(Ciphertext::from_biguint(key(), &c.to_biguint()).unwrap() == c);
    }
    let one = bytes(&BigUint::from(1u8), &BigUint::from(0u8));
    assert!(key().admit_ciphertext(&one).is_ok());
}

#[test]
fn single_numbers_are_admitted_by_the_same_rules() {
    use CiphertextRefusal::{NotReduced, SharesFactor, Zero};
    let n = key().n();
    let cases = [
        (BigUint::from(0u8), Zero),
        (n.clone(), SharesFactor),
        (n * (n - 1u8), SharesFactor),
        (p(), SharesFactor),
        (p() * p(), SharesFactor),
        (n * n, NotReduced),
        (n * n + 1u8, NotReduced),
        (n * n * n * n, NotReduced),
    ];
    for (c, expected) in cases {
        assert_eq!(Ciphertext::from_biguint(key(), &c).err(), Some(expected));
    }
}

#[test]
fn a_batch_is_admitted_in_order() {
    let good = good(5);
    let admitted = key().admit_ciphertexts(&good.concat()).unwrap();
    assert_eq!(admitted.iter().map(Ciphertext::to_bytes).collect::<Vec<_>>(), good);
    assert!(key().admit_ciphertexts(&[]).unwrap().is_empty());
}

#[test]
fn a_batch_names_its_first_culprit() {
    let good = good(3);
    for (bad, expected) in bad() {
        for place in 0..3 {
            let mut batch = good.clone();
            batch[place] = bad.clone();
            assert_eq!(key().admit_ciphertexts(&batch.concat()).err(), Some((place, expected)));
        }
    }
    let cut = &good.concat()[..1500];
    assert_eq!(key().admit_ciphertexts(cut).err(), Some((2, CiphertextRefusal::WrongLength)));
    // p and q in two ciphertexts: neither alone divides the product away.
    let share = |x: BigUint| bytes(&x, &BigUint::from(1u8));
    let batch = [good[0].clone(), share(key().n() / p()), share(p())].concat();
    assert_eq!(key().admit_ciphertexts(&batch).err(), Some((1, CiphertextRefusal::SharesFactor)));
}
