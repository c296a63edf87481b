//! A fresh key on all cores.

use crate::{Progress, RehearsalError, Step, randomness};
use paillier::KeyBits;
use paillier_keys::{SafePrime, SecretKey, generate_safe_prime};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// Searches two safe primes, one search per core, until a key is found. Blocks for seconds to minutes.
///
/// # Errors
/// [`RehearsalError::Key`] if every search died.
pub fn generate_key(size: KeyBits, progress: &Progress) -> Result<SecretKey, RehearsalError> {
    progress(Step::MakingKey);
    let found = AtomicBool::new(false);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let (sender, receiver) = channel();
        for _ in 0..cores {
            let (sender, found) = (sender.clone(), &found);
            scope.spawn(move || search(size, found, &sender));
        }
        drop(sender);
        let key = pair_up(&receiver, progress);
        found.store(true, Ordering::Relaxed);
        key.ok_or(RehearsalError::Key)
    })
}

fn search(size: KeyBits, found: &AtomicBool, primes: &Sender<SafePrime>) {
    let stop = || found.load(Ordering::Relaxed);
    while let Ok(prime) = generate_safe_prime(size, &mut randomness::system(), stop) {
        if primes.send(prime).is_err() {
            return;
        }
    }
}

fn pair_up(primes: &Receiver<SafePrime>, progress: &Progress) -> Option<SecretKey> {
    loop {
        let p = primes.recv().ok()?;
        progress(Step::PrimeFound);
        let q = primes.recv().ok()?;
        progress(Step::PrimeFound);
        // Two primes that are too close to each other are both thrown away.
        if let Ok(key) = SecretKey::from_safe_primes(p, q) {
            return Some(key);
        }
    }
}
