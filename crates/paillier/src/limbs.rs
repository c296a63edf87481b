//! Numbers as little-endian 64-bit words, and their forms at the border.

use alloc::vec::Vec;

use num_bigint::BigUint;
use zeroize::Zeroizing;

/// Reads big-endian bytes into exactly `count` words; `None` if the number needs more. The number may be a secret:
/// the words never move to other memory while they are read, and what is refused is wiped.
pub(crate) fn from_be_bytes(bytes: &[u8], count: usize) -> Option<Vec<u64>> {
    let (highest, chunks) = bytes.as_rchunks::<8>();
    let highest = highest.iter().fold(0u64, |word, &byte| word << 8 | u64::from(byte));
    let mut words = Zeroizing::new(Vec::with_capacity(count.max(chunks.len() + 1)));
    words.extend(chunks.iter().rev().map(|chunk| u64::from_be_bytes(*chunk)));
    words.push(highest);
    if words.iter().skip(count).fold(0, |any, word| any | word) != 0 {
        return None;
    }
    words.resize(count, 0);
    Some(core::mem::take(&mut *words))
}

/// Appends the words of big-endian bytes whose number is a multiple of eight.
pub(crate) fn extend_from_be_bytes(bytes: &[u8], words: &mut Vec<u64>) {
    let (_, chunks) = bytes.as_rchunks::<8>();
    words.extend(chunks.iter().rev().map(|chunk| u64::from_be_bytes(*chunk)));
}

/// Writes words as big-endian bytes, all of them.
pub(crate) fn to_be_bytes(words: &[u64]) -> Vec<u8> {
    words.iter().rev().flat_map(|word| word.to_be_bytes()).collect()
}

/// Reads a number into exactly `count` words; `None` if it needs more.
pub(crate) fn from_biguint(value: &BigUint, count: usize) -> Option<Vec<u64>> {
    let mut words = value.to_u64_digits();
    if words.len() > count {
        return None;
    }
    words.resize(count, 0);
    Some(words)
}

/// The number as an arbitrary-precision integer. Not constant-time, not wiped.
pub(crate) fn to_biguint(words: &[u64]) -> BigUint {
    BigUint::from_bytes_be(&to_be_bytes(words))
}

/// Whether every word is 0, in time independent of the values.
pub(crate) fn is_zero(words: &[u64]) -> bool {
    words.iter().fold(0, |any, word| any | word) == 0
}
