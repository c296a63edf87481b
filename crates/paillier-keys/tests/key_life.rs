//! A key's life: made, stored, restored, never printed.

use std::cell::Cell;

use num_bigint::BigUint;
use paillier::KeyBits;
use paillier_keys::{PrimesRefusal, SecretKey, Stopped, generate_safe_prime};
use test_support::{insecure_secret_key, seeded_rng};

/// A seed that finds its primes soon.
const LUCKY_SEED: u64 = 1;

#[test]
fn a_key_of_3072_bits_is_generated() {
    let key = SecretKey::generate(KeyBits::B3072, &mut seeded_rng(LUCKY_SEED));
    assert_eq!(key.public().bits(), KeyBits::B3072);
    assert_eq!(key.public().n().bits(), 3072);
    let (p, q) = &*key.expose_primes();
    let again = SecretKey::from_primes(p, q).unwrap();
    assert!(again.public() == key.public());
    assert_eq!(key.prove(&[1; 32]).check(again.public(), &[1; 32]), Ok(()));
    for prime in [p, q] {
        assert_eq!(prime.len(), 192);
        assert_eq!(prime[191] & 3, 3, "a safe prime is 3 modulo 4");
        assert_eq!(prime[0] >> 6, 3, "the upper two bits are set");
    }
}

#[test]
fn a_search_can_be_stopped() {
    let asked = Cell::new(0);
    let stopped = generate_safe_prime(KeyBits::B4096, &mut seeded_rng(0), || {
        asked.set(asked.get() + 1);
        asked.get() > 3
    });
    assert_eq!(stopped.err(), Some(Stopped));
    assert_eq!(asked.get(), 4);
}

#[test]
fn only_two_distinct_safe_primes_of_equal_length_are_restored() {
    let primes = |size| insecure_secret_key(size).expose_primes();
    let (p, q) = &*primes(KeyBits::B2048);
    let refusal = |p: &[u8], q: &[u8]| SecretKey::from_primes(p, q).err();
    assert_eq!(refusal(p, q), None);
    assert_eq!(refusal(p, p), Some(PrimesRefusal::TooClose));
    assert_eq!(refusal(p, &primes(KeyBits::B3072).1), Some(PrimesRefusal::WrongLength));
    assert_eq!(refusal(&[], &[]), Some(PrimesRefusal::WrongLength));
    assert_eq!(refusal(&p[1..], &q[1..]), Some(PrimesRefusal::WrongLength));
    assert_eq!(refusal(p, &[0; 128]), Some(PrimesRefusal::NotSafePrimes));
    assert_eq!(refusal(p, &[0xff; 128]), Some(PrimesRefusal::NotSafePrimes));
    // A prime that is not safe, and a safe prime whose second bit is not set.
    let mut plain = BigUint::from_bytes_be(q) + 2u8;
    while BigUint::from(2u8).modpow(&(&plain - 1u8), &plain) != BigUint::from(1u8) {
        plain += 2u8;
    }
    assert_eq!(refusal(p, &plain.to_bytes_be()), Some(PrimesRefusal::NotSafePrimes));
    let mut low = q.clone();
    low[0] &= 0x3f;
    assert_eq!(refusal(p, &low), Some(PrimesRefusal::NotSafePrimes));
}

#[test]
fn debug_output_shows_no_secret() {
    let key = insecure_secret_key(KeyBits::B2048);
    assert_eq!(format!("{key:?}"), "SecretKey(<private>)");
    let prime = generate_safe_prime(KeyBits::B2048, &mut seeded_rng(3), || false).unwrap();
    assert_eq!(format!("{prime:?}"), "SafePrime(<private>)");
}

#[test]
fn a_key_may_serve_from_many_threads() {
    fn shareable<T: Send + Sync>() {}
    shareable::<SecretKey>();
}
