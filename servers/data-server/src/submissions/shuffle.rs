//! Puts entries into a fresh random order, so that nothing kept says which entry was whose.

use rand_core::CryptoRng;

/// Shuffles entries of `entry_bytes` bytes each (Fisher–Yates).
pub(super) fn shuffle(bytes: &mut [u8], entry_bytes: usize, rng: &mut impl CryptoRng) {
    if entry_bytes == 0 {
        return;
    }
    for last in (1..bytes.len() / entry_bytes).rev() {
        let other = below(last as u64 + 1, rng);
        // other ≤ last: swaps entry `other` with entry `last`.
        if other < last
            && let Some((head, tail)) = bytes.split_at_mut_checked(last * entry_bytes)
            && let Some(one) = head.get_mut(other * entry_bytes..(other + 1) * entry_bytes)
            && let Some(two) = tail.get_mut(..entry_bytes)
        {
            one.swap_with_slice(two);
        }
    }
}

/// A number below `bound`: the upper half of a 128-bit product, whose bias is below 2⁻⁴⁰ for any list here.
fn below(bound: u64, rng: &mut impl CryptoRng) -> usize {
    let product = u128::from(rng.next_u64()) * u128::from(bound);
    usize::try_from(product >> 64).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    #[test]
    fn every_entry_stays_whole_and_any_may_come_first() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let mut firsts = [0u32; 4];
        for _ in 0..400 {
            let mut bytes = [0, 0, 1, 1, 2, 2, 3, 3];
            shuffle(&mut bytes, 2, &mut rng);
            let mut entries: Vec<_> = bytes.chunks(2).map(<[u8]>::to_vec).collect();
            firsts[usize::from(entries[0][0])] += 1;
            entries.sort();
            assert_eq!(entries.concat(), [0, 0, 1, 1, 2, 2, 3, 3]);
        }
        assert!(firsts.iter().all(|count| (60..140).contains(count)), "{firsts:?}");
    }
}
