//! What is no public key.

use num_bigint::BigUint;
use paillier::{KeyBits, KeyRefusal, PublicKey};
use test_support::insecure_secret_key;

const P: usize = 0;
const Q: usize = 1;

/// A prime of 1024 bits, or two.
fn primes() -> [BigUint; 2] {
    let (p, q) = &*insecure_secret_key(KeyBits::B2048).expose_primes();
    [BigUint::from_bytes_be(p), BigUint::from_bytes_be(q)]
}

fn refusal(n: &BigUint) -> Option<KeyRefusal> {
    PublicKey::admit(&n.to_bytes_be()).err()
}

#[test]
fn every_size_is_admitted_and_given_back() {
    for size in KeyBits::ALL {
        let public = insecure_secret_key(size).public();
        let again = PublicKey::admit(&public.to_bytes()).unwrap();
        assert_eq!(again.to_bytes(), public.to_bytes());
        assert_eq!(again.bits(), size);
        assert!(again == *public);
        assert_eq!(KeyBits::try_from(size.bits()), Ok(size));
        assert_eq!(size.usable_bits(), size.bits() - 2);
    }
    assert!(KeyBits::try_from(1024).is_err());
}

#[test]
fn other_lengths_are_refused() {
    let n = insecure_secret_key(KeyBits::B2048).public().to_bytes();
    let with_leading_zero = [&[0], n.as_slice()].concat();
    let mut highest_bit_clear = n.clone();
    highest_bit_clear[0] &= 0x7f;
    for bytes in [&[][..], &n[1..], &n[..255], &with_leading_zero, &highest_bit_clear, &[0; 256]] {
        assert_eq!(PublicKey::admit(bytes).err(), Some(KeyRefusal::WrongLength));
    }
}

#[test]
fn even_numbers_are_refused() {
    let n = insecure_secret_key(KeyBits::B2048).public().n() - 1u8;
    assert_eq!(refusal(&n), Some(KeyRefusal::Even));
}

#[test]
fn small_factors_are_refused_up_to_the_bound_of_the_key_proof() {
    let [p, q] = primes();
    // 6367 is the largest prime below 6370, 6373 the next one.
    for (factor, expected) in
        [(3u32, Some(KeyRefusal::SmallFactor)), (6367, Some(KeyRefusal::SmallFactor)), (6373, None)]
    {
        // A cofactor prime to everything below 10⁴, such that the product has 2048 bits.
        let mut cofactor = ((&p * &q) / factor) | BigUint::from(1u8);
        while (2..10_000u32).any(|d| (&cofactor % d).bits() == 0) || (&cofactor * factor).bits() < 2048 {
            cofactor += 2u8;
        }
        assert_eq!(refusal(&(cofactor * factor)), expected, "{factor}");
    }
}

#[test]
fn squares_and_higher_powers_are_refused() {
    assert_eq!(refusal(&primes()[P].pow(2)), Some(KeyRefusal::Power));
    assert_eq!(refusal(&primes()[Q].pow(2)), Some(KeyRefusal::Power));
    // The largest cube, 7th and 161st power of 2048 bits whose root has no small factor.
    for exponent in [3, 7, 161] {
        let largest: BigUint = (BigUint::from(1u8) << 2048) - 1u8;
        let mut root = largest.nth_root(exponent);
        while (2..6370u32).any(|d| (&root % d).bits() == 0) {
            root -= 1u8;
        }
        assert_eq!(refusal(&root.pow(exponent)), Some(KeyRefusal::Power), "{exponent}");
    }
}

#[test]
fn primes_are_refused() {
    // Primes of 2048 bits: those of the 4096-bit key.
    let (p, q) = &*insecure_secret_key(KeyBits::B4096).expose_primes();
    assert_eq!(PublicKey::admit(p).err(), Some(KeyRefusal::Prime));
    assert_eq!(PublicKey::admit(q).err(), Some(KeyRefusal::Prime));
}

#[test]
fn debug_output_has_no_digits_of_the_key() {
    let public = insecure_secret_key(KeyBits::B2048).public();
    assert_eq!(format!("{public:?}"), "PublicKey(2048 bits)");
}

#[test]
fn readmitting_sees_to_length_and_oddness_alone() {
    let public = insecure_secret_key(KeyBits::B3072).public();
    assert!(PublicKey::readmit(&public.to_bytes()).unwrap() == *public);
    let mut even = public.to_bytes();
    even[383] &= 0xfe;
    assert_eq!(PublicKey::readmit(&even).err(), Some(KeyRefusal::Even));
    assert_eq!(PublicKey::readmit(&even[1..]).err(), Some(KeyRefusal::WrongLength));
    even[0] = 0x7f;
    assert_eq!(PublicKey::readmit(&even).err(), Some(KeyRefusal::WrongLength));
}
