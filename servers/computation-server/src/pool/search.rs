//! The search for one key on all cores, at the lowest priority, and an end to it at any time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;

use paillier::KeyBits;
use paillier_keys::{SafePrime, SecretKey, generate_safe_prime};

use crate::randomness;

/// Searches until a key is found, or until `stop`; blocks.
pub(super) fn find_key(size: KeyBits, stop: &AtomicBool) -> Option<SecretKey> {
    loop {
        let (p, q) = find_primes(size, stop)?;
        // Two primes that are too close to each other are as good as never drawn.
        if let Ok(key) = SecretKey::from_safe_primes(p, q) {
            return Some(key);
        }
    }
}

/// The first two primes that any of the threads finds.
fn find_primes(size: KeyBits, stop: &AtomicBool) -> Option<(SafePrime, SafePrime)> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let enough = AtomicBool::new(false);
    let (found, primes) = mpsc::channel();
    let ended = || stop.load(Ordering::Relaxed) || enough.load(Ordering::Relaxed);
    thread::scope(|scope| {
        for _ in 0..threads {
            let found = found.clone();
            scope.spawn(move || {
                step_back();
                while let Ok(prime) = generate_safe_prime(size, &mut randomness::system(), ended) {
                    if found.send(prime).is_err() {
                        break;
                    }
                }
            });
        }
        drop(found);
        let pair = primes.recv().ok().zip(primes.recv().ok());
        enough.store(true, Ordering::Relaxed);
        pair
    })
}

/// Lets everything else go first: requests must not wait for keys.
#[cfg(target_os = "linux")]
fn step_back() {
    // On Linux this is the thread's own, not the process's. Without it the search is merely less polite.
    let _ = rustix::process::nice(19);
}

#[cfg(not(target_os = "linux"))]
fn step_back() {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_that_is_stopped_ends_without_a_key() {
        assert!(find_key(KeyBits::B4096, &AtomicBool::new(true)).is_none());
    }
}
