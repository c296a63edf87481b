//! What the benchmark measures in a browser: encryption and multiplication, nothing else.
//!
//! The page writes n into [`buffer`], calls [`open`], checks a known product, and measures.
#![expect(unsafe_code, reason = "an exported name is declared unsafe; there is no unsafe block")]

pub mod proof;
pub mod wide;

use std::cell::RefCell;

use paillier::{Ciphertext, Encryptor, Plaintext, Product, PublicKey};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

const BUFFER_BYTES: usize = 4096;

struct Bench {
    encryptor: Encryptor,
    plaintext: Plaintext,
    rng: ChaCha20Rng,
    factor: Ciphertext,
}

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = RefCell::new(vec![0; BUFFER_BYTES]);
    static BENCH: RefCell<Option<Bench>> = const { RefCell::new(None) };
}

/// Where the page writes n, big-endian, and reads products.
#[unsafe(no_mangle)]
pub extern "C" fn buffer() -> *mut u8 {
    BUFFER.with_borrow_mut(Vec::as_mut_ptr)
}

/// Takes n of so many bytes from the buffer and builds the tables; 0 if n is no key.
#[unsafe(no_mangle)]
pub extern "C" fn open(bytes: usize) -> u32 {
    let key = BUFFER.with_borrow(|buffer| PublicKey::admit(buffer.get(..bytes).unwrap_or_default()));
    let Ok(key) = key else { return 0 };
    let encryptor = Encryptor::new(&key, &[1; 32]);
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let factor = encryptor.encrypt(&Plaintext::from_u64(7), &mut rng);
    let plaintext = full_block(&key);
    BENCH.set(Some(Bench { encryptor, plaintext, rng, factor }));
    1
}

/// Tries out the module with wide arithmetic under the key; 0 if it gets anything wrong.
#[unsafe(no_mangle)]
pub extern "C" fn wide_open() -> u32 {
    with(|bench| wide::open(bench.encryptor.key()).into()) as u32
}

/// Leaves two ciphertexts and their product in the buffer, each as a number of so many
/// big-endian bytes.
#[unsafe(no_mangle)]
pub extern "C" fn known_product() -> usize {
    with(|bench| {
        let one = bench.encryptor.encrypt(&Plaintext::from_u64(8), &mut bench.rng);
        let key = bench.encryptor.key();
        let product = key.add(&bench.factor, &one).unwrap_or_else(|_| one.clone());
        let bytes = key.ciphertext_bytes();
        BUFFER.with_borrow_mut(|buffer| {
            buffer.fill(0);
            for (place, c) in buffer.chunks_exact_mut(bytes).zip([&bench.factor, &one, &product]) {
                let digits = c.to_biguint().to_bytes_be();
                place.iter_mut().rev().zip(digits.iter().rev()).for_each(|(to, from)| *to = *from);
            }
        });
        bytes
    })
}

/// Encrypts so often, the noise included.
#[unsafe(no_mangle)]
pub extern "C" fn encrypt(count: u32) -> usize {
    with(|bench| {
        (0..count).map(|_| bench.encryptor.encrypt(&bench.plaintext, &mut bench.rng).to_bytes().len()).sum()
    })
}

/// Multiplies so often modulo n².
#[unsafe(no_mangle)]
pub extern "C" fn mulmod(count: u32) -> usize {
    with(|bench| {
        let mut product = Product::one(bench.encryptor.key());
        (0..count).filter(|_| product.multiply(&bench.factor).is_ok()).count()
    })
}

/// A quarter of n, which is what the peer in the page encrypts.
pub(crate) fn full_block(key: &PublicKey) -> Plaintext {
    Plaintext::from_biguint(key, &(key.n() >> 2u8)).unwrap_or_else(|_| Plaintext::from_u64(7))
}

fn with(what: impl FnOnce(&mut Bench) -> usize) -> usize {
    BENCH.with_borrow_mut(|bench| bench.as_mut().map_or(0, what))
}
