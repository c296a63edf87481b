//! What is measured here: the project's own operations, and num-bigint's.

use std::hint::black_box;
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use num_bigint::BigUint;
use paillier::{Aggregator, Ciphertext, Encryptor, KeyBits, Plaintext, PublicKey};
use paillier_keys::{ClosedAggregate, MemberId, MinimumCohort, SecretKey, close, generate_safe_prime};
use rand_chacha::ChaCha20Rng;
use rustix::time::{ClockId, clock_gettime};
use test_support::{insecure_secret_key, seeded_rng};

/// Ciphertexts that go round and round.
const CIPHERTEXTS: usize = 512;
/// Fewer than this many at once are multiplied one by one, with the portable kernel.
const ONE_BY_ONE: usize = 16;

/// Keys and numbers for all measurements.
pub(crate) struct Ours {
    pub(crate) key: &'static SecretKey,
    encryptor: Encryptor,
    portable: Encryptor,
    ciphertexts: Vec<Vec<u8>>,
    numbers: Vec<BigUint>,
    /// What is encrypted, by the peers as well.
    plaintexts: Vec<BigUint>,
    rng: ChaCha20Rng,
}

impl Ours {
    pub(crate) fn new(bits: KeyBits) -> Self {
        let key = insecure_secret_key(bits);
        let encryptor = Encryptor::new(key.public(), &[1; 32]);
        let portable = Encryptor::new(&key.public().portable(), &[1; 32]);
        let mut rng = seeded_rng(1);
        let all: Vec<_> =
            (0..CIPHERTEXTS as u64).map(|m| encryptor.encrypt(&Plaintext::from_u64(m), &mut rng)).collect();
        let ciphertexts = all.iter().map(|c| c.to_bytes()).collect();
        let numbers = all.iter().take(64).map(|c| c.to_biguint()).collect();
        let plaintexts = plaintexts(key.public());
        Self { key, encryptor, portable, ciphertexts, numbers, plaintexts, rng }
    }

    fn public(&self) -> &'static PublicKey {
        self.key.public()
    }

    /// Nanoseconds for one encryption.
    pub(crate) fn encrypt(&mut self, count: usize) -> f64 {
        let Self { encryptor, plaintexts, rng, .. } = self;
        encrypt_in_turn(count, encryptor, plaintexts, rng)
    }

    /// The same as on a machine without vector instructions.
    pub(crate) fn encrypt_portable(&mut self, count: usize) -> f64 {
        let Self { portable, plaintexts, rng, .. } = self;
        encrypt_in_turn(count, portable, plaintexts, rng)
    }

    /// Nanoseconds per ciphertext from bytes in memory to the finished product: admission,
    /// multiplication, the gcd and the debt.
    pub(crate) fn aggregate(&self, count: usize) -> Result<f64> {
        self.aggregate_in(count, CIPHERTEXTS)
    }

    /// The same without vector instructions.
    pub(crate) fn aggregate_portable(&self, count: usize) -> Result<f64> {
        self.aggregate_in(count, ONE_BY_ONE)
    }

    fn aggregate_in(&self, count: usize, at_once: usize) -> Result<f64> {
        let slices: Vec<&[u8]> = self.ciphertexts.iter().map(Vec::as_slice).collect();
        let begun = processor_ns();
        let mut aggregator = Aggregator::new(self.public());
        let mut left = count;
        for batch in slices.chunks(at_once).cycle() {
            let batch = batch.get(..left.min(batch.len())).unwrap_or(batch);
            aggregator = aggregator.take(batch).map_err(|_| anyhow!("a ciphertext was refused"))?;
            left -= batch.len();
            if left == 0 {
                break;
            }
        }
        black_box(aggregator.finish()?.into_ciphertext());
        Ok((processor_ns() - begun) / count as f64)
    }

    /// Three members whose product is to be opened.
    fn closed(&self, plaintext: &Plaintext) -> Result<ClosedAggregate> {
        self.closed_over(self.encryptor.encrypt(plaintext, &mut self.rng.clone()))
    }

    /// The same for a given product.
    pub(crate) fn closed_over(&self, product: Ciphertext) -> Result<ClosedAggregate> {
        let members = [MemberId([1; 32]), MemberId([2; 32]), MemberId([3; 32])];
        Ok(close(&members, &members, vec![product], MinimumCohort::new(3)?)?)
    }

    /// Nanoseconds for one decryption.
    pub(crate) fn decrypt(&self, count: usize) -> Result<f64> {
        let mut closed = Vec::new();
        for m in 0..count {
            closed.push(self.closed(&Plaintext::from_u64(m as u64))?);
        }
        let mut closed = closed.into_iter();
        Ok(per_operation(count, || closed.next().map(|one| self.key.open(one))))
    }

    /// Nanoseconds by the clock for one key, a prime on each of two threads.
    pub(crate) fn generate(bits: KeyBits, seed: u64) -> Result<f64> {
        let begun = Instant::now();
        let primes = thread::scope(|scope| {
            let search =
                |seed| scope.spawn(move || generate_safe_prime(bits, &mut seeded_rng(seed), || false));
            let (p, q) = (search(2 * seed), search(2 * seed + 1));
            (p.join(), q.join())
        });
        let (Ok(Ok(p)), Ok(Ok(q))) = primes else { return Err(anyhow!("no prime was found")) };
        black_box(SecretKey::from_safe_primes(p, q).context("no key")?);
        Ok(begun.elapsed().as_nanos() as f64)
    }

    /// num-bigint's multiplication and division.
    pub(crate) fn num_bigint_aggregate(&self, count: usize) -> f64 {
        let square = self.public().n() * self.public().n();
        let mut acc = BigUint::from(1u8);
        let mut factors = self.numbers.iter().cycle();
        per_operation(count, || {
            acc = &acc * factors.next().unwrap_or(&square) % &square;
        })
    }

    /// (1 + m·n)·rⁿ with num-bigint.
    pub(crate) fn num_bigint_encrypt(&self, count: usize) -> f64 {
        let n = self.public().n();
        let square = n * n;
        let mut pairs = self.numbers.iter().zip(&self.plaintexts).cycle();
        per_operation(count, || {
            let (r, m) = pairs.next().unwrap_or((n, n));
            (n * m + 1u8) * (r % n).modpow(n, &square) % &square
        })
    }
}

/// Powers of 3 modulo n, as long as n: the same for ours and every peer.
fn plaintexts(key: &PublicKey) -> Vec<BigUint> {
    (1000u32..1064).map(|exponent| BigUint::from(3u8).modpow(&exponent.into(), key.n())).collect()
}

fn encrypt_in_turn(
    count: usize,
    encryptor: &Encryptor,
    plaintexts: &[BigUint],
    rng: &mut ChaCha20Rng,
) -> f64 {
    let admitted = |m| Plaintext::from_biguint(encryptor.key(), m).unwrap_or_else(|_| Plaintext::from_u64(7));
    // Written down before the clock starts, as the peers' are.
    let plaintexts: Vec<Plaintext> = plaintexts.iter().map(admitted).collect();
    let mut in_turn = plaintexts.iter().cycle();
    per_operation(count, || in_turn.next().map(|m| encryptor.encrypt(m, rng)))
}

/// Nanoseconds of this thread's processor time for one call.
pub(crate) fn per_operation<T>(count: usize, mut operation: impl FnMut() -> T) -> f64 {
    let begun = processor_ns();
    for _ in 0..count {
        black_box(operation());
    }
    (processor_ns() - begun) / count as f64
}

/// This thread's processor time so far, which goes on only while the thread does.
pub(crate) fn processor_ns() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e9 + time.tv_nsec as f64
}
