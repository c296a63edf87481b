//! Noise made ahead: right, bound to its key, never twice.
#![expect(clippy::unwrap_used, reason = "helpers of tests want to fail loudly")]

use std::collections::HashSet;
use std::thread;

use paillier::{Encryptor, Exponent, ForeignKey, KeyBits, Noise, Plaintext};
use rand_chacha::rand_core::Rng;
use test_support::{insecure_secret_key, seeded_rng};

fn encryptor() -> Encryptor {
    Encryptor::new(insecure_secret_key(KeyBits::B2048).public(), &[3; 32])
}

#[test]
fn noise_made_ahead_gives_the_ciphertext_that_its_exponent_gives() {
    let encryptor = encryptor();
    let noise = encryptor.make_noise(&mut seeded_rng(9));
    let exponent = Exponent::sample(KeyBits::B2048, &mut seeded_rng(9));
    let plaintext = Plaintext::from_u64(5);
    let expected = encryptor.encrypt_with(&plaintext, exponent);
    assert!(encryptor.encrypt_with_noise(&plaintext, noise) == Ok(expected));
}

#[test]
fn noise_serves_its_own_key_alone() {
    let other = Encryptor::new(insecure_secret_key(KeyBits::B3072).public(), &[3; 32]);
    let noise = other.make_noise(&mut seeded_rng(9));
    let refused = encryptor().encrypt_with_noise(&Plaintext::from_u64(5), noise);
    assert_eq!(refused.err(), Some(ForeignKey));
}

#[test]
fn noise_is_never_printed() {
    let noise = encryptor().make_noise(&mut seeded_rng(9));
    assert_eq!(format!("{noise:?}"), "Noise(<private>)");
}

/// One worker's life: noise is made ahead; some of it is thrown away when the person cancels,
/// sending fails and is tried again, the page is loaded anew. Returns what left the worker.
fn life_of_a_worker(seed: u64, draws: usize) -> Vec<Vec<u8>> {
    let mut rng = seeded_rng(seed);
    let mut encryptor = encryptor();
    let mut stock: Vec<Noise> = Vec::new();
    let (mut seen, mut drawn) = (Vec::new(), 0);
    let zero = Plaintext::from_u64(0);
    while drawn < draws {
        while stock.len() < 50 && drawn < draws {
            stock.push(encryptor.make_noise(&mut rng));
            drawn += 1;
        }
        // A ciphertext of 0 is its noise: what a cancelled submission would have used counts too.
        let used =
            stock.drain(..).map(|noise| encryptor.encrypt_with_noise(&zero, noise).unwrap().to_bytes());
        seen.extend(used);
        if rng.next_u32().is_multiple_of(16) {
            // Loaded anew: nothing is kept but the key.
            encryptor = self::encryptor();
            rng = seeded_rng(rng.next_u64());
        }
    }
    seen
}

#[test]
fn no_factor_recurs_in_ten_thousand_draws_of_two_workers() {
    let mut all = HashSet::new();
    let workers = [1, 2].map(|seed| thread::spawn(move || life_of_a_worker(seed, 5000)));
    for worker in workers {
        for noise in worker.join().unwrap() {
            assert!(all.insert(noise), "a factor recurred");
        }
    }
    assert_eq!(all.len(), 10_000);
}

#[test]
fn noise_is_used_once() {
    trybuild::TestCases::new().compile_fail("tests/forbidden/*.rs");
}
