//! What every service works with.

use std::sync::Arc;

use kit::Clock;
use paillier::KeyBits;
use protocol::{Hex, VerifyingKey};
use tokio::sync::{Mutex, Semaphore};
use vault::Vault;

use crate::identity::OwnIdentity;
use crate::marks::Marks;
use crate::peer::Nonces;
use crate::pool::Maker;
use crate::settings::Floors;
use crate::store::Store;
use crate::surveys::Admitted;

/// The server's own things; one for all workers.
pub(crate) struct State {
    /// Who this server is.
    pub(crate) identity: OwnIdentity,
    /// Where clients reach it.
    pub(crate) public_url: String,
    /// The data server.
    pub(crate) peer: VerifyingKey,
    /// The data server's sealing key, where it is known.
    pub(crate) peer_sealing_key: Option<Hex<32>>,
    /// Minimum numbers.
    pub(crate) floors: Floors,
    /// The shortest key a survey may have.
    pub(crate) min_key_bits: KeyBits,
    /// Encrypts what is kept.
    pub(crate) vault: Arc<Vault>,
    /// The database.
    pub(crate) store: Arc<dyn Store>,
    /// The files outside the data folder.
    pub(crate) marks: Marks,
    /// The time.
    pub(crate) clock: Arc<dyn Clock>,
    /// Manifests that were admitted before.
    pub(crate) admitted: Admitted,
    /// Taken by whoever opens: one opening at a time.
    pub(crate) opening: Mutex<()>,
    /// Places for large bodies of nobody knows whom.
    pub(crate) large_bodies: Semaphore,
    /// What the peer has used up.
    pub(crate) nonces: Nonces,
    /// Makes keys ahead.
    pub(crate) maker: Maker,
}

impl State {
    /// Seconds since 1970.
    pub(crate) fn now_s(&self) -> u64 {
        self.clock.now_s()
    }

    /// Makes deleted secrets leave the disk; a log that is in use is emptied the next time.
    pub(crate) async fn scrub(&self) {
        if self.store.scrub().await.is_err() {
            tracing::warn!("the database's log is in use and is emptied later");
        }
    }
}

/// The context in which a key's primes are kept.
pub(crate) fn key_context(n: &[u8]) -> Vec<u8> {
    [b"computation-server/paillier-key/", n].concat()
}

/// The context in which a reporter's share is kept.
pub(crate) fn share_context(survey: &Hex<32>, credential: &Hex<32>, version: u32) -> Vec<u8> {
    let version = version.to_be_bytes();
    [b"computation-server/share/", &survey.0[..], &credential.0, &version].concat()
}
