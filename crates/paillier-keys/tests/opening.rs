//! Closing and opening totals.
#![expect(clippy::unwrap_used, reason = "helpers of tests want to fail loudly")]

use num_bigint::BigUint;
use paillier::{Ciphertext, Encryptor, ForeignKey, KeyBits, Plaintext, Product};
use paillier_keys::{CloseRefusal, CohortTooSmall, MemberId, MinimumCohort, SecretKey, close};
use test_support::{insecure_secret_key, seeded_rng};

fn members(ids: &[u8]) -> Vec<MemberId> {
    ids.iter().map(|&id| MemberId([id; 32])).collect()
}

fn three() -> MinimumCohort {
    MinimumCohort::new(3).unwrap()
}

fn opened(key: &SecretKey, products: Vec<Ciphertext>) -> Vec<BigUint> {
    let members = members(&[1, 2, 3]);
    let closed = close(&members, &members, products, three()).unwrap();
    assert_eq!(closed.members(), 3);
    key.open(closed).unwrap().iter().map(Plaintext::to_biguint).collect()
}

#[test]
fn totals_of_every_size_are_opened_in_order() {
    for size in KeyBits::ALL {
        let key = insecure_secret_key(size);
        let n = key.public().n();
        let rng = &mut seeded_rng(1);
        let encryptor = Encryptor::new(key.public(), &[9; 32]);
        let plaintexts = [BigUint::from(0u8), BigUint::from(1u8), n - 1u8, n / 2u8, n / 3u8];
        let ciphertexts: Vec<Ciphertext> = plaintexts
            .iter()
            .map(|m| encryptor.encrypt(&Plaintext::from_biguint(key.public(), m).unwrap(), rng))
            .collect();
        let mut product = Product::one(key.public());
        ciphertexts.iter().for_each(|c| product.multiply(c).unwrap());
        let mut expected = plaintexts.to_vec();
        expected.push(plaintexts.iter().sum::<BigUint>() % n);
        let products = [ciphertexts, vec![product.into_ciphertext()]].concat();
        assert_eq!(opened(key, products), expected);
    }
}

#[test]
fn a_prime_of_the_other_half_is_no_obstacle() {
    // Which prime is the larger one must not matter to the Chinese remainder theorem.
    let key = insecure_secret_key(KeyBits::B2048);
    let (p, q) = &*key.expose_primes();
    let swapped = SecretKey::from_primes(q, p).unwrap();
    let rng = &mut seeded_rng(2);
    let c = Encryptor::new(key.public(), &[9; 32]).encrypt(&Plaintext::from_u64(77), rng);
    assert_eq!(opened(&swapped, vec![c.clone()]), opened(key, vec![c]));
    assert!(swapped.prove(&[1; 32]) == key.prove(&[1; 32]));
}

#[test]
fn another_keys_aggregate_is_refused() {
    let own = insecure_secret_key(KeyBits::B2048);
    for size in [KeyBits::B3072, KeyBits::B4096] {
        let foreign = Product::one(insecure_secret_key(size).public()).into_ciphertext();
        let members = members(&[1, 2, 3]);
        let closed = close(&members, &members, vec![foreign], three()).unwrap();
        assert_eq!(own.open(closed).err(), Some(ForeignKey));
    }
}

#[test]
fn single_ciphertext_as_aggregate() {
    assert_eq!(MinimumCohort::new(2), Err(CohortTooSmall));
    assert_eq!(MinimumCohort::new(0), Err(CohortTooSmall));
    assert_eq!(MinimumCohort::new(3).map(MinimumCohort::get), Ok(3));
    let one = Product::one(insecure_secret_key(KeyBits::B2048).public()).into_ciphertext();
    let refusal = close(&members(&[1]), &members(&[1]), vec![one], three()).err();
    assert_eq!(refusal, Some(CloseRefusal::TooFew));
}

#[test]
fn only_equal_sets_of_enough_members_are_closed() {
    use CloseRefusal::{MembersDiffer, NotSorted, TooFew};
    let one = || vec![Product::one(insecure_secret_key(KeyBits::B2048).public()).into_ciphertext()];
    let refusal = |declared: &[u8], held: &[u8], minimum| {
        close(&members(declared), &members(held), one(), MinimumCohort::new(minimum).unwrap()).err()
    };
    assert_eq!(refusal(&[1, 2, 3, 4], &[1, 2, 3, 4], 4), None);
    assert_eq!(refusal(&[1, 2, 3, 4], &[1, 2, 3, 4], 5), Some(TooFew));
    assert_eq!(refusal(&[], &[], 3), Some(TooFew));
    assert_eq!(refusal(&[1, 2, 3, 4], &[1, 2, 3], 3), Some(MembersDiffer));
    assert_eq!(refusal(&[1, 2, 3], &[1, 2, 3, 4], 3), Some(MembersDiffer));
    assert_eq!(refusal(&[1, 2, 3], &[1, 2, 4], 3), Some(MembersDiffer));
    // submission_doubled: one member counted twice does not make a crowd.
    assert_eq!(refusal(&[1, 2, 2], &[1, 2, 2], 3), Some(NotSorted));
    assert_eq!(refusal(&[1, 2, 3], &[1, 3, 2], 3), Some(NotSorted));
    assert_eq!(refusal(&[3, 2, 1], &[1, 2, 3], 3), Some(NotSorted));
}

#[test]
fn there_must_be_something_to_open_under_one_key() {
    let members = members(&[1, 2, 3]);
    let one = |size| Product::one(insecure_secret_key(size).public()).into_ciphertext();
    assert_eq!(close(&members, &members, vec![], three()).err(), Some(CloseRefusal::NoProduct));
    let mixed = vec![one(KeyBits::B2048), one(KeyBits::B3072)];
    assert_eq!(close(&members, &members, mixed, three()).err(), Some(CloseRefusal::DifferentKeys));
}
