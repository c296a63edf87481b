//! A long secret number modulo n.

use alloc::vec;
use alloc::vec::Vec;

use kernels::{subtract_if_reached, swept};
use zeroize::Zeroizing;

/// The number modulo n, both least significant word first; n has its highest bit set.
///
/// Bit by bit, in time that depends on the two lengths alone: a step for every bit beyond those that are surely below n.
/// Leaves nothing on the stack or on the heap.
pub(crate) fn residue(number: &[u64], n: &[u64]) -> Zeroizing<Vec<u64>> {
    swept(|| {
        let beyond = (number.len() + 1).saturating_sub(n.len());
        let (lower, upper) = number.split_at(beyond.min(number.len()));
        let mut acc = Zeroizing::new(vec![0; n.len()]);
        // A word less than n has: below n.
        acc.iter_mut().zip(upper).for_each(|(to, from)| *to = *from);
        for word in lower.iter().rev() {
            (0..u64::BITS).rev().for_each(|bit| append(&mut acc, word >> bit & 1, n));
        }
        acc
    })
}

/// acc := 2·acc + bit mod n.
fn append(acc: &mut [u64], bit: u64, n: &[u64]) {
    let mut below = bit;
    for word in acc.iter_mut() {
        let next = *word >> 63;
        *word = *word << 1 | below;
        below = next;
    }
    subtract_if_reached(acc, &mut below, n);
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;
    use crate::base_n::tests::{moduli, random};
    use crate::limbs;

    #[test]
    fn residues_agree_with_an_independent_library() {
        let mut rng = ChaCha20Rng::seed_from_u64(4);
        for bits in [2048, 3072, 4096] {
            for n in moduli(bits, &mut rng) {
                let words = n.to_u64_digits();
                let largest = |count| vec![u64::MAX; count];
                let numbers = [0, 1, 31, 32, 47, 48, 63, 64, 65, 70].into_iter();
                let numbers =
                    numbers.flat_map(|count| [largest(count), random(8 * count, &mut rng).to_u64_digits()]);
                let near =
                    [&n - 1u8, n.clone(), &n + 1u8, &n << 64, (&n << 64) - 1u8].map(|x| x.to_u64_digits());
                for number in numbers.chain(near).collect::<Vec<_>>() {
                    let rest = residue(&number, &words);
                    assert_eq!(rest.len(), words.len());
                    assert_eq!(limbs::to_biguint(&rest), limbs::to_biguint(&number) % &n);
                }
            }
        }
    }
}
