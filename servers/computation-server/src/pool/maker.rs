//! The task that keeps the pool filled.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use paillier::KeyBits;
use paillier_keys::SecretKey;
use tokio::sync::Notify;
use vault::Vault;
use zeroize::Zeroizing;

use super::search::find_key;
use crate::randomness;
use crate::state::key_context;
use crate::store::{PoolKey, Store};

/// After how long to look again when the database did not answer.
const RETRY: Duration = Duration::from_secs(30);

/// Rouses and stops the task; clones share it.
#[derive(Clone, Default)]
pub(crate) struct Maker {
    stop: Arc<AtomicBool>,
    rouse: Arc<Notify>,
}

impl Maker {
    /// A key was taken.
    pub(crate) fn rouse(&self) {
        self.rouse.notify_one();
    }

    /// Ends the search, in the middle of it too.
    pub(crate) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
        self.rouse.notify_one();
    }

    /// Makes keys whenever there are fewer than wanted.
    pub(crate) async fn run(self, store: Arc<dyn Store>, vault: Arc<Vault>, wanted: BTreeMap<KeyBits, u32>) {
        while !self.stop.load(Ordering::Relaxed) {
            match missing(store.as_ref(), &wanted).await {
                Ok(Some(size)) => self.make(store.as_ref(), &vault, size).await,
                Ok(None) => self.rouse.notified().await,
                Err(()) => drop(tokio::time::timeout(RETRY, self.rouse.notified()).await),
            }
        }
    }

    async fn make(&self, store: &dyn Store, vault: &Vault, size: KeyBits) {
        let stop = self.stop.clone();
        let Ok(Some(key)) = tokio::task::spawn_blocking(move || find_key(size, &stop)).await else { return };
        let Some(sealed) = seal_key(vault, &key) else { return };
        if let Err(error) = store.add_key(sealed).await {
            tracing::error!(%error, "a key was made and could not be kept");
        } else {
            tracing::info!(bits = size.bits(), "a key is ready");
        }
    }
}

/// The first length of which there are too few.
async fn missing(store: &dyn Store, wanted: &BTreeMap<KeyBits, u32>) -> Result<Option<KeyBits>, ()> {
    for (size, count) in wanted {
        let ready = store.ready_keys(size.bits()).await.map_err(|error| {
            tracing::error!(%error, "the pool cannot be counted");
        })?;
        if ready < u64::from(*count) {
            return Ok(Some(*size));
        }
    }
    Ok(None)
}

/// Seals a key for the store: p ‖ q.
pub(crate) fn seal_key(vault: &Vault, key: &SecretKey) -> Option<PoolKey> {
    let n = key.public().to_bytes();
    // EXPOSE: sealed at once, under a key that lies outside the data folder.
    let primes = key.expose_primes();
    let primes = Zeroizing::new([primes.0.as_slice(), primes.1.as_slice()].concat());
    let sealed = vault.seal(&key_context(&n), &primes, &mut randomness::system()).ok()?;
    Some(PoolKey { bits: key.public().bits().bits(), n, sealed })
}

/// Opens a key of the store; slow, so call it where blocking is allowed.
pub(crate) fn open_key(vault: &Vault, n: &[u8], sealed: &[u8]) -> Option<SecretKey> {
    let primes = vault.open(&key_context(n), sealed).ok()?;
    let (p, q) = primes.split_at_checked(primes.len() / 2)?;
    SecretKey::from_primes(p, q).ok().filter(|key| key.public().to_bytes() == n)
}
