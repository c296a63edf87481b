//! What a shape must keep to, so that what is proven means what it says.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use paillier::KeyBits;

use super::{Form, MAX_VALUE_BITS, Range, Slot, SlotKind};
use crate::class::Class;

/// Why there are no proofs for a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShapeRefusal {
    /// No slots, no blocks, or more than 65,536.
    #[error("a shape has 1 to 65,536 slots and blocks")]
    Count,
    /// A slot lies outside of the blocks.
    #[error("a slot lies outside of the blocks")]
    Place,
    /// A slot has no bits, or more than [`MAX_VALUE_BITS`].
    #[error("a slot has 1 to {MAX_VALUE_BITS} bits")]
    Bits,
    /// A form names a slot twice, or one that does not exist, or with a coefficient of 0; or forms are too many.
    #[error("a form names a slot that does not exist, twice, or for nothing; or there are too many")]
    Form,
    /// X + Y of a range is not evidently at least 0.
    #[error("nothing shows that the two sides of a range are not both negative")]
    Unfounded,
    /// What a range is about can be 0 only, or is too large.
    #[error("a range is empty or too wide")]
    Width,
}

const MAX_COUNT: usize = 1 << 16;
const MAX_TERMS: usize = 1 << 20;
/// The largest N_R is below 2 to this: the number whose roots are sought fits 125 bits.
const MAX_WIDTH_BITS: u32 = 62;
/// X* and Y* stay below 2 to this in absolute value, so that 4·X·Y does not wrap around ℓ.
const MAX_SIDE_BITS: u32 = 120;

pub(super) fn slots(key_bits: KeyBits, blocks: u32, slots: &[Slot]) -> Result<(), ShapeRefusal> {
    let counts = [blocks as usize, slots.len()];
    if counts.iter().any(|count| !(1..=MAX_COUNT).contains(count)) {
        return Err(ShapeRefusal::Count);
    }
    for slot in slots {
        if !(1..=MAX_VALUE_BITS).contains(&slot.kind.bits()) {
            return Err(ShapeRefusal::Bits);
        }
        let end = u64::from(slot.offset) + u64::from(slot.kind.bits());
        if slot.block >= blocks || end > u64::from(key_bits.usable_bits()) {
            return Err(ShapeRefusal::Place);
        }
    }
    Ok(())
}

pub(super) fn forms(slots: usize, facts: &[Form], ranges: &[Range]) -> Result<(), ShapeRefusal> {
    if facts.len() > MAX_COUNT || ranges.len() > MAX_COUNT {
        return Err(ShapeRefusal::Form);
    }
    let forms = || facts.iter().chain(ranges.iter().flat_map(|range| [&range.low, &range.high]));
    let is_well_formed = |form: &Form| {
        let exists = |(slot, factor): &(u32, i64)| (*slot as usize) < slots && *factor != 0;
        form.terms.iter().all(exists) && form.terms.is_sorted_by(|one, next| one.0 < next.0)
    };
    let terms: usize = forms().map(|form| form.terms.len()).sum();
    if terms <= MAX_TERMS && forms().all(is_well_formed) { Ok(()) } else { Err(ShapeRefusal::Form) }
}

/// N_R of every range: the largest honest X + Y.
pub(super) fn largest_sums(slots: &[Slot], ranges: &[Range]) -> Result<Vec<u64>, ShapeRefusal> {
    let exact: BTreeMap<u32, i64> = ranges.iter().filter_map(Range::as_exact).collect();
    let largest = |slot: u32| match slots.get(slot as usize)?.kind {
        SlotKind::Indicator => Some(1),
        SlotKind::Bounded { .. } => exact.get(&slot).map(|most| i128::from(*most)),
    };
    let sum_of = |range: &Range| {
        let (terms, constant) = range.sum();
        if constant < 0 || terms.iter().any(|(_, factor)| *factor < 0) {
            return Err(ShapeRefusal::Unfounded);
        }
        terms.iter().try_fold(constant, |sum, (slot, factor)| {
            let most = largest(*slot).ok_or(ShapeRefusal::Unfounded)?;
            // Neither factor has more than 64 bits.
            Ok(sum.saturating_add(factor.saturating_mul(most)))
        })
    };
    let width = |range: &Range| match u64::try_from(sum_of(range)?) {
        Ok(sum) if (1..1 << MAX_WIDTH_BITS).contains(&sum) => Ok(sum),
        _ => Err(ShapeRefusal::Width),
    };
    ranges.iter().map(width).collect()
}

/// Both sides of every range, whatever a cheat commits to.
pub(super) fn no_wrap(slots: &[Slot], classes: &[Class], ranges: &[Range]) -> Result<(), ShapeRefusal> {
    let bound_of = |slot: u32| match slots.get(slot as usize).map(|slot| slot.kind) {
        Some(SlotKind::Bounded { bits }) => {
            classes.iter().find(|class| class.bits() == bits).map_or(u128::MAX, Class::proven)
        }
        _ => 1,
    };
    let side = |form: &Form| {
        let term = |(slot, factor): &(u32, i64)| bound_of(*slot).saturating_mul(factor.unsigned_abs().into());
        let terms = form.terms.iter().map(term).fold(0, u128::saturating_add);
        terms.saturating_add(form.constant.unsigned_abs().into())
    };
    let fits = |form: &Form| side(form) < 1 << MAX_SIDE_BITS;
    let all = ranges.iter().all(|range| fits(&range.low) && fits(&range.high));
    if all { Ok(()) } else { Err(ShapeRefusal::Width) }
}
