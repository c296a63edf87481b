//! The key proof convinces for good keys and for nothing else.

use num_bigint::BigUint;
use paillier::{KeyBits, KeyProof, KeyProofRefusal, PublicKey};
use test_support::insecure_secret_key;

const SURVEY: [u8; 32] = [42; 32];

fn good() -> (&'static PublicKey, KeyProof) {
    let key = insecure_secret_key(KeyBits::B2048);
    (key.public(), key.prove(&SURVEY))
}

#[test]
fn good_keys_of_every_size_convince() {
    for size in KeyBits::ALL {
        let key = insecure_secret_key(size);
        let bytes = key.prove(&SURVEY).to_bytes();
        assert_eq!(bytes.len(), 11 * size.bytes());
        let proof = KeyProof::from_bytes(&bytes).unwrap();
        assert_eq!(proof.check(key.public(), &SURVEY), Ok(()));
    }
}

#[test]
fn a_proof_is_bound_to_its_survey_and_key() {
    let (key, proof) = good();
    assert_eq!(proof.check(key, &[43; 32]), Err(KeyProofRefusal::WrongRoot));
    let other = insecure_secret_key(KeyBits::B3072).public();
    assert_eq!(proof.check(other, &SURVEY), Err(KeyProofRefusal::WrongLength));
}

#[test]
fn every_root_counts() {
    let (key, proof) = good();
    for index in 0..11 {
        let mut bytes = proof.to_bytes();
        bytes[256 * (index + 1) - 1] ^= 1;
        let tampered = KeyProof::from_bytes(&bytes).unwrap();
        assert_eq!(tampered.check(key, &SURVEY), Err(KeyProofRefusal::WrongRoot), "root {index}");
    }
}

#[test]
fn roots_outside_the_group_are_refused() {
    let (key, proof) = good();
    for outside in [vec![0; 256], key.to_bytes(), vec![0xff; 256]] {
        let mut bytes = proof.to_bytes();
        bytes[512..768].copy_from_slice(&outside);
        let tampered = KeyProof::from_bytes(&bytes).unwrap();
        assert_eq!(tampered.check(key, &SURVEY), Err(KeyProofRefusal::NotReduced));
    }
}

#[test]
fn other_lengths_are_no_proof() {
    let bytes = good().1.to_bytes();
    for length in [0, 11, 255 * 11, 256 * 10, 256 * 11 - 1, 256 * 11 + 1, 256 * 12] {
        let cut: Vec<u8> = bytes.iter().copied().cycle().take(length).collect();
        assert_eq!(KeyProof::from_bytes(&cut).err(), Some(KeyProofRefusal::WrongLength), "{length}");
    }
}

/// The best proof a cheat has who knows all factors: an n-th root where there is one.
fn cheat(n: &PublicKey, carmichael: &BigUint) -> KeyProof {
    let gcd = |mut a: BigUint, mut b: BigUint| {
        while b.bits() > 0 {
            (a, b) = (b.clone(), a % b);
        }
        a
    };
    // x → xⁿ is no permutation; inverting the part of n that is prime to the order gives
    // the right root for those challenges that are n-th powers.
    let common = gcd(n.n().clone(), carmichael.clone());
    assert!(common.bits() > 1, "the key is bad");
    let part = carmichael / &common;
    let exponent = n.n().modinv(&part).unwrap_or_else(|| BigUint::from(1u8));
    KeyProof::from_roots(
        n.bits(),
        KeyProof::challenges(n, &SURVEY).map(|challenge| challenge.modpow(&exponent, n.n())),
    )
}

#[test]
fn a_square_factor_does_not_convince() {
    // n = p²·q with p of 512 and q of 1024 bits: p divides n and φ(n).
    let (_, q) = &*insecure_secret_key(KeyBits::B2048).expose_primes();
    let q = BigUint::from_bytes_be(q);
    let p = prime_of_512_bits();
    let n = &p * &p * &q;
    let carmichael = &p * (&p - 1u8) * (&q - 1u8);
    let key = PublicKey::admit(&n.to_bytes_be()).unwrap();
    assert_eq!(cheat(&key, &carmichael).check(&key, &SURVEY), Err(KeyProofRefusal::WrongRoot));
}

#[test]
fn a_factor_that_divides_the_order_does_not_convince() {
    // n = p·q with p | q − 1: decryption is ambiguous.
    let p = prime_of_512_bits();
    let mut q: BigUint = (BigUint::from(3u8) << 1534) / &p * &p + 1u8;
    while !q.bit(0) || !is_probable_prime(&q) {
        q += &p;
    }
    let n = &p * &q;
    let carmichael = (&p - 1u8) * (&q - 1u8);
    let key = PublicKey::admit(&n.to_bytes_be()).unwrap();
    assert_eq!(cheat(&key, &carmichael).check(&key, &SURVEY), Err(KeyProofRefusal::WrongRoot));
}

#[test]
fn a_prime_square_is_no_key_in_the_first_place() {
    let (p, _) = &*insecure_secret_key(KeyBits::B2048).expose_primes();
    assert!(PublicKey::admit(&BigUint::from_bytes_be(p).pow(2).to_bytes_be()).is_err());
}

/// The smallest prime from 2^511 · 2 − 2^505 on.
fn prime_of_512_bits() -> BigUint {
    let mut p: BigUint = (BigUint::from(1u8) << 512) - (BigUint::from(1u8) << 505) + 1u8;
    while !is_probable_prime(&p) {
        p += 2u8;
    }
    p
}

fn is_probable_prime(x: &BigUint) -> bool {
    (2..6370u32).all(|d| (x % d).bits() > 0) && BigUint::from(2u8).modpow(&(x - 1u8), x) == BigUint::from(1u8)
}
