//! From a fuzzer's bytes to words, so that extreme numbers are short.

use num_bigint::BigUint;

/// Reads words: a first byte says which kind the next word is, and what follows says which word. What is
/// not there any more is 0.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl Reader<'_> {
    pub(crate) fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// So many words: runs of 0, of all ones, single bits, and any.
    pub(crate) fn words(&mut self, count: usize) -> Vec<u64> {
        let mut words = Vec::with_capacity(count);
        while words.len() < count {
            let kind = self.byte();
            let run = 1 + usize::from(kind >> 2);
            match kind & 3 {
                0 => words.resize(words.len() + run, 0),
                1 => words.resize(words.len() + run, u64::MAX),
                2 => words.push(1 << (kind >> 2)),
                _ => words.push(u64::from_le_bytes(std::array::from_fn(|_| self.byte()))),
            }
        }
        words.truncate(count);
        words
    }

    /// An odd number of so many words whose highest bit is set.
    pub(crate) fn modulus(&mut self, count: usize) -> Vec<u64> {
        let mut words = self.words(count);
        words[0] |= 1;
        words[count - 1] |= 1 << 63;
        words
    }

    /// A number below n.
    pub(crate) fn below(&mut self, n: &BigUint, count: usize) -> BigUint {
        number(&self.words(count)) % n
    }
}

pub(crate) fn number(words: &[u64]) -> BigUint {
    let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    BigUint::from_bytes_le(&bytes)
}

pub(crate) fn words(x: &BigUint, count: usize) -> Vec<u64> {
    let mut words = x.to_u64_digits();
    words.resize(count, 0);
    words
}
