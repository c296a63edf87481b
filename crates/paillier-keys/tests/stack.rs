//! What opening an aggregate and restoring a key leave of the primes on the stack: nothing. Looks at the process's own
//! memory; that such a look is not blind is shown in `crates/kernels/tests/stack.rs`.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "helpers of tests want to fail loudly")]

use std::collections::HashSet;
use std::fs::File;
use std::os::unix::fs::FileExt;

use kernels::SWEPT_BYTES;
use paillier::{Encryptor, KeyBits, Plaintext};
use paillier_keys::{MemberId, MinimumCohort, SecretKey, close};
use test_support::{insecure_secret_key, seeded_rng};

const LOOKED_AT: usize = SWEPT_BYTES - 8192;

/// How many of these words lie on the stack below the caller.
#[inline(never)]
fn lying(memory: &File, bytes: &mut [u8], words: &HashSet<u64>) -> usize {
    let here = 0u64;
    let end = (&raw const here).addr();
    memory.read_exact_at(bytes, (end - LOOKED_AT) as u64).unwrap();
    let found = bytes.as_chunks().0.iter().map(|word| u64::from_le_bytes(*word));
    found.filter(|word| words.contains(word)).count()
}

/// The words of a big-endian number, as words and as bytes.
fn words(number: &[u8]) -> impl Iterator<Item = u64> {
    number.as_chunks().0.iter().flat_map(|word| [u64::from_be_bytes(*word), u64::from_le_bytes(*word)])
}

#[test]
fn no_word_of_the_primes_is_left_by_restoring_a_key() {
    let (memory, mut bytes) = (File::open("/proc/self/mem").unwrap(), vec![0; LOOKED_AT]);
    for size in KeyBits::ALL {
        let key = insecure_secret_key(size);
        let primes = key.expose_primes();
        let secret: HashSet<u64> = words(&primes.0).chain(words(&primes.1)).collect();
        let restored = SecretKey::from_primes(&primes.0, &primes.1);
        // Before the key is used for anything, which would sweep what lies there.
        assert_eq!(lying(&memory, &mut bytes, &secret), 0, "{size:?}");
        assert!(restored.unwrap().public() == key.public());
    }
}

#[test]
fn no_word_of_the_primes_is_left_by_an_opening() {
    let key = insecure_secret_key(KeyBits::B2048);
    let primes = key.expose_primes();
    let secret: HashSet<u64> = words(&primes.0).chain(words(&primes.1)).collect();
    let encryptor = Encryptor::new(key.public(), &[7; 32]);
    let product = encryptor.encrypt(&Plaintext::from_u64(5), &mut seeded_rng(1));
    let members = [1, 2, 3].map(|id| MemberId([id; 32]));
    let closed = close(&members, &members, vec![product], MinimumCohort::new(3).unwrap()).unwrap();
    let (memory, mut bytes) = (File::open("/proc/self/mem").unwrap(), vec![0; LOOKED_AT]);
    let opened = key.open(closed);
    assert_eq!(lying(&memory, &mut bytes, &secret), 0);
    assert_eq!(opened.unwrap().len(), 1);
}
