//! Powers modulo n² for one worker, by WebAssembly's wide arithmetic: `xtask/src/wide.rs` says how it is built.
//!
//! Arithmetic and nothing else: no text, no allocation, no imports. What is built with wide arithmetic may come
//! out wrong, so the less there is of it the better, and whoever loads this module tries it out first:
//! `paillier::machine` says how, and what the numbers are.
//!
//! The page writes numbers as little-endian 64-bit words on the [`desk`], calls, and reads the result there. A
//! pair has 2·L words, for n of L words.
#![cfg_attr(target_arch = "wasm32", no_std)]
#![expect(unsafe_code, reason = "an exported name is declared unsafe; there is no unsafe block")]

use kernels::{Kernel, MAX_WORDS, Modulus, Wide, comb, swept};
use spin::Mutex;

/// Words of the longest pair.
const PAIR: usize = 2 * MAX_WORDS;
/// Words on the desk: n and three pairs.
const DESK: usize = MAX_WORDS + 3 * PAIR;

/// Everything there is; the lock is never contended, as a module has one caller.
struct State {
    desk: [u64; DESK],
    modulus: Option<Modulus>,
    one: [u64; PAIR],
    exit: [u64; PAIR],
    table: [u64; comb::table_words(MAX_WORDS)],
}

static STATE: Mutex<State> = Mutex::new(State {
    desk: [0; DESK],
    modulus: None,
    one: [0; PAIR],
    exit: [0; PAIR],
    table: [0; comb::table_words(MAX_WORDS)],
});

/// Where numbers are written and read.
#[unsafe(no_mangle)]
pub extern "C" fn desk() -> *mut u64 {
    STATE.lock().desk.as_mut_ptr()
}

/// Takes n of so many words and three pairs from the desk: 1, the base of powers, both in Montgomery form, and what
/// powers are multiplied by in the end. Builds the tables. Returns 1, or 0 if it cannot be.
#[unsafe(no_mangle)]
pub extern "C" fn set_up(words: usize) -> u32 {
    u32::from(STATE.lock().set_up(words).is_some())
}

/// Replaces the first of two pairs on the desk by their product, divided by R. Returns 1, or 0 if nothing is set up.
#[unsafe(no_mangle)]
pub extern "C" fn multiply() -> u32 {
    u32::from(STATE.lock().multiply().is_some())
}

/// Replaces an exponent of L/2 words on the desk by the base's power. Returns 1, or 0 if nothing is set up.
#[unsafe(no_mangle)]
pub extern "C" fn power() -> u32 {
    u32::from(STATE.lock().power().is_some())
}

impl State {
    fn set_up(&mut self, words: usize) -> Option<()> {
        let (n, pairs) = self.desk.split_at_checked(words)?;
        self.modulus = None;
        let modulus = Modulus::new(n)?;
        let mut pairs = pairs.chunks_exact(2 * words);
        let (one, base, exit) = (pairs.next()?, pairs.next()?, pairs.next()?);
        self.one.get_mut(..one.len())?.copy_from_slice(one);
        self.exit.get_mut(..exit.len())?.copy_from_slice(exit);
        let table = self.table.get_mut(..comb::table_words(words))?;
        comb::build::<Wide>(&modulus, one, base, comb::columns(32 * words), table);
        self.modulus = Some(modulus);
        Some(())
    }

    fn multiply(&mut self) -> Option<()> {
        let modulus = self.modulus.as_ref()?;
        let pair = 2 * modulus.words().len();
        let (a, b) = self.desk.split_at_mut_checked(pair)?;
        Wide::multiply(modulus, a, b.get(..pair)?);
        Some(())
    }

    fn power(&mut self) -> Option<()> {
        let modulus = self.modulus.as_ref()?;
        let (words, pair) = (modulus.words().len(), 2 * modulus.words().len());
        let (acc, rest) = self.desk.split_at_mut_checked(pair)?;
        let exponent = rest.get_mut(..words / 2)?;
        exponent.copy_from_slice(acc.get(..words / 2)?);
        let (one, table) = (self.one.get(..pair)?, self.table.get(..comb::table_words(words))?);
        comb::power::<Wide>(modulus, one, table, exponent, comb::columns(32 * words), acc);
        let exit = self.exit.get(..pair)?;
        swept(|| Wide::multiply(modulus, acc, exit));
        // Whoever knows it can decrypt what the power hides.
        exponent.fill(0);
        Some(())
    }
}

/// There is nobody to tell, and nothing to tell it with.
#[cfg(target_arch = "wasm32")]
#[panic_handler]
fn stop(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
