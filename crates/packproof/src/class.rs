//! Classes: what is projected together, because it is equally long.

use alloc::vec::Vec;

use crate::rows::ROWS;
use crate::{Slot, SlotKind};

/// What a class is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Members {
    /// Bounded slots of the same bits, ascending.
    Slots(Vec<u32>),
    /// The roots of all ranges.
    Roots(usize),
}

/// A class with the bounds that follow from its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Class {
    members: Members,
    bits: u32,
    /// β.
    beta: i128,
}

impl Class {
    fn new(members: Members, bits: u32) -> Self {
        let count = match &members {
            Members::Slots(slots) => slots.len(),
            Members::Roots(count) => *count,
        };
        Self { members, bits, beta: beta(count, bits) }
    }

    /// b; for slots also what tells one class from another.
    pub(crate) const fn bits(&self) -> u32 {
        self.bits
    }

    /// M: masks are uniform within ±M.
    pub(crate) const fn mask(&self) -> i128 {
        128 * self.beta
    }

    /// U: projections are within ±U.
    pub(crate) const fn bound(&self) -> i128 {
        127 * self.beta
    }

    /// 2U: what is proven of every member's absolute value.
    pub(crate) const fn proven(&self) -> u128 {
        (2 * self.bound()).cast_unsigned()
    }

    /// Bytes of a projection.
    pub(crate) const fn projection_bytes(&self) -> usize {
        (u128::BITS - self.proven().leading_zeros()).div_ceil(8) as usize
    }

    /// Bytes of all projections.
    pub(crate) const fn all_projection_bytes(&self) -> usize {
        ROWS * self.projection_bytes()
    }

    /// What belongs to the members, out of what belongs to all slots and all roots.
    pub(crate) fn pick<'a, T: Copy>(&'a self, slots: &'a [T], roots: &'a [T]) -> impl Iterator<Item = T> {
        let (ours, theirs): (&[u32], &[T]) = match &self.members {
            Members::Slots(ours) => (ours, &[]),
            Members::Roots(_) => (&[], roots),
        };
        let of_slots = ours.iter().filter_map(|slot| slots.get(*slot as usize).copied());
        of_slots.chain(theirs.iter().copied())
    }

    /// Writes to the members' places among all slots or all roots.
    pub(crate) fn put<T>(&self, values: impl Iterator<Item = T>, slots: &mut [T], roots: &mut [T]) {
        match &self.members {
            Members::Slots(ours) => {
                for (slot, value) in ours.iter().zip(values) {
                    if let Some(place) = slots.get_mut(*slot as usize) {
                        *place = value;
                    }
                }
            }
            Members::Roots(_) => roots.iter_mut().zip(values).for_each(|(place, value)| *place = value),
        }
    }
}

/// Bits after the point with which √(242·S) is taken.
const FRACTION_BITS: u32 = 30;

/// β = ⌊11·√(S/2)·2^b⌋, calculated as √(242·S) to 30 binary places, times 2^(b−1).
fn beta(count: usize, bits: u32) -> i128 {
    let root = (242 * count as u128) << (2 * FRACTION_BITS);
    (root.isqrt() << (bits - 1) >> FRACTION_BITS).cast_signed()
}

/// Slots by ascending bits; then the roots, whose bits are those of the largest of `widths`.
pub(crate) fn classes(slots: &[Slot], widths: &[u64]) -> Vec<Class> {
    let of_bits = |bits: u32| {
        let all = slots.iter().enumerate().filter(|(_, slot)| slot.kind == SlotKind::Bounded { bits });
        let members: Vec<u32> = all.filter_map(|(at, _)| u32::try_from(at).ok()).collect();
        (!members.is_empty()).then(|| Class::new(Members::Slots(members), bits))
    };
    let widest = widths.iter().max().map(|width| u64::BITS - width.leading_zeros());
    let roots = widest.map(|bits| Class::new(Members::Roots(3 * widths.len()), bits));
    (1..=crate::MAX_VALUE_BITS).filter_map(of_bits).chain(roots).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(count: u32, bits: u32) -> Class {
        Class::new(Members::Slots((0..count).collect()), bits)
    }

    #[test]
    fn beta_is_eleven_deviations() {
        for (count, bits) in [(1, 1), (3, 7), (1000, 32), (4800, 40)] {
            let exact = 11.0 * (f64::from(count) / 2.0).sqrt() * 2f64.powi(bits as i32);
            let beta = class(count, bits).beta as f64;
            assert!(beta <= exact && beta >= exact * (1.0 - 1e-9) - 1.0, "{beta} {exact}");
        }
    }

    /// `docs/PROOF.md` §7, width: what is proven fits b bits and the protocol's slack, for every class.
    #[test]
    fn what_is_proven_fits_the_slack_of_the_slot_widths() {
        for bits in 1..=40 {
            for count in (1..200).chain([500, 1000, 4800, 1 << 16]) {
                let square = 2816 * 2816 * u128::from(count);
                let ceil_log2 = u128::BITS - (square - 1).leading_zeros();
                let slack = ceil_log2.saturating_sub(1).div_ceil(2);
                assert!(class(count, bits).proven() < 1 << (bits + slack), "b = {bits}, S = {count}");
            }
        }
    }

    #[test]
    fn the_widest_roots_stay_within_their_words() {
        let widest = Class::new(Members::Roots(3 << 16), 62);
        assert!(widest.proven() < 1 << 83);
        assert!(widest.mask() < 1 << 90);
    }

    #[test]
    fn slots_of_equal_bits_and_roots_are_classes() {
        let bounded = |bits| Slot { block: 0, offset: 0, kind: SlotKind::Bounded { bits } };
        let indicator = Slot { block: 0, offset: 0, kind: SlotKind::Indicator };
        let slots = [bounded(20), indicator, bounded(7), bounded(20)];
        let found = classes(&slots, &[9, 1023]);
        let members: Vec<_> = found.iter().map(|class| (class.members.clone(), class.bits())).collect();
        assert_eq!(
            members,
            [
                (Members::Slots(alloc::vec![2]), 7),
                (Members::Slots(alloc::vec![0, 3]), 20),
                (Members::Roots(6), 10)
            ]
        );
        let picked: Vec<u8> = found[1].pick(&[10, 11, 12, 13], &[]).collect();
        assert_eq!(picked, [10, 13]);
    }
}
