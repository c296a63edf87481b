//! Any part, taken by hand from docs/PROTOCOL.md: honestly, or with one step done otherwise.

mod computation_server;
mod data_server;
mod organizer;
mod peer;
mod proof;
mod reporter;

pub use computation_server::{Lies, PlayedComputationServer};
pub use data_server::{Held, Introduced, PlayedDataServer, products, this_hour};
pub use organizer::{Organizer, Plan, Played};
pub use peer::PeerCaller;
pub use reporter::{Prepared, Reporter, Upload, copy};

use paillier::{Ciphertext, Product};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use std::sync::atomic::{AtomicU64, Ordering};

/// Per block the product of a list's ciphertexts, entry by entry.
fn products_of(survey: &Played, bytes: &[u8], blocks: usize) -> Vec<Ciphertext> {
    let key = survey.manifest.paillier();
    let mut products = vec![Product::one(key); blocks];
    for (at, bytes) in bytes.chunks(key.ciphertext_bytes()).enumerate() {
        let ciphertext = key.admit_ciphertext(bytes).expect("a ciphertext");
        products[at % blocks].multiply(&ciphertext).expect("its key");
    }
    products.into_iter().map(Product::into_ciphertext).collect()
}

/// Randomness of its own for every caller: no two keys, shares or noises are ever alike.
#[must_use]
pub fn rng() -> ChaCha20Rng {
    static CALLS: AtomicU64 = AtomicU64::new(0);
    let call = CALLS.fetch_add(1, Ordering::Relaxed);
    let mut seed = [0; 32];
    let now = crate::now().as_nanos().to_le_bytes();
    seed[..16].copy_from_slice(&now);
    seed[16..24].copy_from_slice(&call.to_le_bytes());
    seed[24..28].copy_from_slice(&std::process::id().to_le_bytes());
    ChaCha20Rng::from_seed(seed)
}
