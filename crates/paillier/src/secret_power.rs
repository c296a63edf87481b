//! Powers of any base with secret exponents, by windows.

use alloc::vec;
use alloc::vec::Vec;

use kernels::comb::select;
use kernels::{Kernel, swept};
use zeroize::Zeroizing;

use crate::base_n::Ring;

/// Bits of the exponent that one look-up takes.
const WINDOW_BITS: usize = 5;
/// Entries of the table.
const ENTRIES: usize = 1 << WINDOW_BITS;

/// base^exponent in Montgomery form from that of the base; takes as long as the exponent has words. Nothing of it
/// stays on the stack.
pub(crate) fn secret_power<K: Kernel>(ring: &Ring<K>, base: &[u64], exponent: &[u64]) -> Zeroizing<Vec<u64>> {
    swept(|| windows(ring, base, exponent))
}

fn windows<K: Kernel>(ring: &Ring<K>, base: &[u64], exponent: &[u64]) -> Zeroizing<Vec<u64>> {
    let mut table = Zeroizing::new(Vec::with_capacity(ENTRIES * base.len()));
    let mut acc = Zeroizing::new(ring.one());
    for _ in 0..ENTRIES {
        table.extend_from_slice(&acc);
        ring.multiply(&mut acc, base);
    }
    acc.copy_from_slice(&Zeroizing::new(ring.one()));
    let mut entry = Zeroizing::new(vec![0; acc.len()]);
    for window in (0..(64 * exponent.len()).div_ceil(WINDOW_BITS)).rev() {
        (0..WINDOW_BITS).for_each(|_| ring.square(&mut acc));
        select(&table, ENTRIES, digit(exponent, window), &mut entry);
        ring.multiply(&mut acc, &entry);
    }
    acc
}

/// The bits of one window; those beyond the exponent are 0.
fn digit(exponent: &[u64], window: usize) -> u64 {
    (0..WINDOW_BITS).rev().fold(0, |digit, bit| {
        let place = window * WINDOW_BITS + bit;
        digit << 1 | exponent.get(place / 64).map_or(0, |word| word >> (place % 64) & 1)
    })
}
