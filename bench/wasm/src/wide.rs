//! Encryption with noise of the product's module with wide arithmetic, which lies beside this one: as a worker
//! does it, with the page between the two.

use std::cell::RefCell;

use paillier::PublicKey;
use paillier::machine::{Machine, Proven, SetUp};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use zeroize::Zeroizing;

// The page gives these: they copy between this module's memory and the other's desk, and call the other.
unsafe extern "C" {
    safe fn wide_put(from: *const u64, words: usize, at: usize);
    safe fn wide_take(to: *mut u64, words: usize);
    safe fn wide_set_up(words: usize) -> u32;
    safe fn wide_multiply() -> u32;
    safe fn wide_power() -> u32;
}

/// The other module's desk.
#[derive(Default)]
struct Desk {
    /// Words of a pair, once it is set up.
    pair: usize,
}

impl Desk {
    /// Writes numbers on the desk, one behind the other.
    fn put(numbers: &[&[u64]]) {
        let mut at = 0;
        for words in numbers {
            wide_put(words.as_ptr(), words.len(), at);
            at += words.len();
        }
    }

    fn pair(&self) -> Vec<u64> {
        let mut pair = vec![0; self.pair];
        wide_take(pair.as_mut_ptr(), pair.len());
        pair
    }
}

impl Machine for Desk {
    fn set_up(&mut self, numbers: &SetUp<'_>) -> Option<()> {
        Self::put(&[numbers.n, numbers.one, numbers.base, numbers.exit]);
        self.pair = 2 * numbers.n.len();
        (wide_set_up(numbers.n.len()) == 1).then_some(())
    }

    fn multiply(&mut self, a: &[u64], b: &[u64]) -> Option<Vec<u64>> {
        Self::put(&[a, b]);
        (wide_multiply() == 1).then(|| self.pair())
    }

    fn power(&mut self, exponent: &[u64]) -> Option<Zeroizing<Vec<u64>>> {
        Self::put(&[exponent]);
        let done = wide_power() == 1;
        let power = Zeroizing::new(self.pair());
        // As a worker does: what is on the desk would decrypt.
        Self::put(&[&vec![0; self.pair]]);
        done.then_some(power)
    }
}

thread_local! {
    static PROVEN: RefCell<Option<(Proven<Desk>, ChaCha20Rng)>> = const { RefCell::new(None) };
}

/// Tries the other module out; whether it got right what is known.
pub(crate) fn open(key: &PublicKey) -> bool {
    let proven = Proven::try_out(key, &[1; 32], Desk::default()).ok();
    PROVEN.set(proven.map(|proven| (proven, ChaCha20Rng::seed_from_u64(1))));
    PROVEN.with_borrow(Option::is_some)
}

/// Encrypts so often, the noise included; 0 if the other module does not answer.
#[unsafe(no_mangle)]
pub extern "C" fn wide_encrypt(count: u32) -> usize {
    let encrypted = |(proven, rng): &mut (Proven<Desk>, ChaCha20Rng)| {
        let plaintext = super::full_block(proven.key());
        let one = |_| Some(proven.make_noise(rng)?.hide(&plaintext).to_bytes().len());
        (0..count).map(one).sum::<Option<usize>>()
    };
    PROVEN.with_borrow_mut(|proven| proven.as_mut().and_then(encrypted).unwrap_or(0))
}
