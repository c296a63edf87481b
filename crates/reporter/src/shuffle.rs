//! A uniform order, so that an entry's place says nothing about whose it is.

use rand_core::CryptoRng;

/// Fisher and Yates' shuffle.
pub(crate) fn shuffle<T>(items: &mut [T], rng: &mut impl CryptoRng) {
    for last in (1..items.len()).rev() {
        let other = below(last as u64 + 1, rng);
        items.swap(last, usize::try_from(other).unwrap_or(last));
    }
}

/// A uniform number below `bound` > 0: draws that would favour small numbers are thrown away.
fn below(bound: u64, rng: &mut impl CryptoRng) -> u64 {
    let fair = u64::MAX - u64::MAX % bound;
    loop {
        let drawn = rng.next_u64();
        if drawn < fair {
            return drawn % bound;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_is_equally_likely() {
        let mut rng = test_support::seeded_rng(1);
        let mut counts = std::collections::BTreeMap::new();
        for _ in 0..6000 {
            let mut items = [1, 2, 3];
            shuffle(&mut items, &mut rng);
            *counts.entry(items).or_insert(0) += 1;
        }
        assert_eq!(counts.len(), 6);
        assert!(counts.values().all(|n| (850..1150).contains(n)), "{counts:?}");
    }
}
