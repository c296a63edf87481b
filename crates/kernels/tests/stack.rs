//! What a power with a secret exponent leaves on the stack: nothing. Looks at the process's own memory.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "helpers of tests want to fail loudly")]

mod common;

use std::collections::HashSet;
use std::fs::File;
use std::os::unix::fs::FileExt;

use common::{moduli, pair_of, random, rng, words_of};
use kernels::{Kernel, Modulus, Narrow, Portable, SWEPT_BYTES, Wide, comb};
use num_bigint::BigUint;
use num_traits::One;

/// How far down is looked: nearly as far as is swept, as the frame that sweeps begins a bit further up.
const LOOKED_AT: usize = SWEPT_BYTES - 4096;

/// Reads the stack below its caller.
struct Look {
    memory: File,
    bytes: Vec<u8>,
}

impl Look {
    fn new() -> Self {
        Self { memory: File::open("/proc/self/mem").unwrap(), bytes: vec![0; LOOKED_AT] }
    }

    /// How many of these words lie there.
    #[inline(never)]
    fn finds(&mut self, words: &HashSet<u64>) -> usize {
        let here = 0u64;
        let end = (&raw const here).addr();
        self.memory.read_exact_at(&mut self.bytes, (end - LOOKED_AT) as u64).unwrap();
        let lying = self.bytes.as_chunks().0.iter().map(|word| u64::from_le_bytes(*word));
        lying.filter(|word| words.contains(word)).collect::<HashSet<_>>().len()
    }
}

/// Words that nobody meets by chance, and for kernels of shorter limbs the limbs that they calculate with.
fn telling(words: &[u64], limb_bits: Option<u32>) -> HashSet<u64> {
    let mut telling: HashSet<u64> =
        words.iter().copied().filter(|word| word.count_ones() > 16 && word.count_zeros() > 16).collect();
    if let Some(bits) = limb_bits {
        // Pairs are cut half by half.
        telling.extend(words.chunks(HALF).flat_map(|half| limbs(half, bits)).filter(|limb| *limb > 1 << 20));
    }
    telling
}

/// A number in limbs of so many bits.
fn limbs(words: &[u64], bits: u32) -> Vec<u64> {
    let (mut rest, mask) = (common::number_of(words), BigUint::from((1u64 << bits) - 1));
    let count = (64 * words.len()).div_ceil(bits as usize);
    let limb = |_| {
        let limb = (&rest & &mask).to_u64_digits().first().copied().unwrap_or(0);
        rest >>= bits;
        limb
    };
    (0..count).map(limb).collect()
}

/// Words of n.
const HALF: usize = 48;

fn nothing_is_left_by<K: Kernel>(limb_bits: Option<u32>) {
    let (mut rng, words) = (rng(5), HALF);
    let telling = |words: &[u64]| telling(words, limb_bits);
    let n = moduli(words, &mut rng).pop().unwrap();
    let (modulus, square) = (Modulus::new(&words_of(&n, words)).unwrap(), &n * &n);
    let radix = BigUint::one() << K::radix_bits(words);
    let form = |x: &BigUint| pair_of(&(x * &radix % &square), &n, words);
    let (one, base) = (form(&BigUint::one()), form(&(random(16 * words, &mut rng) % &square)));
    let columns = comb::columns(32 * words);
    let mut table = vec![0; comb::table_words(words)];
    comb::build::<K>(&modulus, &one, &base, columns, &mut table);
    let exponent = words_of(&random(4 * words, &mut rng), words / 2);
    let (mut power, mut look) = (vec![0; 2 * words], Look::new());
    comb::power::<K>(&modulus, &one, &table, &exponent, columns, &mut power);
    // Results, the exponent, and entries: which of them were looked up would tell the exponent.
    let (results, entries, secret) = (telling(&power), telling(&table), telling(&exponent));
    assert!(results.len() > words && entries.len() > 1000 && !secret.is_empty());
    comb::power::<K>(&modulus, &one, &table, &exponent, columns, &mut power);
    let found = [look.finds(&results), look.finds(&entries), look.finds(&secret)];
    assert_eq!(found, [0; 3], "words of results, of entries and of the exponent");
    // The look is not blind: what is not swept does lie there.
    K::multiply(&modulus, &mut power, &base);
    let found = look.finds(&telling(&power));
    assert!(found > 10, "{found}");
}

#[test]
fn portable() {
    nothing_is_left_by::<Portable>(None);
}

#[test]
fn wide() {
    nothing_is_left_by::<Wide>(None);
}

#[test]
fn narrow() {
    nothing_is_left_by::<Narrow>(Some(28));
}
