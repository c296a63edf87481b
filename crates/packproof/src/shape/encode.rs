//! A shape's bytes, which every proof's transcript begins with.

use alloc::vec::Vec;

use super::{Form, Range, Slot, SlotKind};
use crate::transcript;

fn count(bytes: &mut Vec<u8>, length: usize) {
    bytes.extend(u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
}

fn slot(bytes: &mut Vec<u8>, slot: &Slot) {
    bytes.push(u8::from(slot.kind != SlotKind::Indicator));
    for number in [slot.block, slot.offset, slot.kind.bits()] {
        bytes.extend(number.to_be_bytes());
    }
}

fn form(bytes: &mut Vec<u8>, form: &Form) {
    count(bytes, form.terms.len());
    for (slot, coefficient) in &form.terms {
        bytes.extend(slot.to_be_bytes());
        bytes.extend(coefficient.to_be_bytes());
    }
    bytes.extend(form.constant.to_be_bytes());
}

/// `docs/PROOF.md` §2.
pub(super) fn bytes(blocks: u32, slots: &[Slot], facts: &[Form], ranges: &[Range]) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend(blocks.to_be_bytes());
    count(&mut bytes, slots.len());
    slots.iter().for_each(|one| slot(&mut bytes, one));
    count(&mut bytes, facts.len());
    facts.iter().for_each(|one| form(&mut bytes, one));
    count(&mut bytes, ranges.len());
    ranges.iter().flat_map(|range| [&range.low, &range.high]).for_each(|one| form(&mut bytes, one));
    bytes
}

/// X("shape", bytes; 64).
pub(super) fn digest(blocks: u32, slots: &[Slot], facts: &[Form], ranges: &[Range]) -> [u8; 64] {
    transcript::digest("shape", &[&bytes(blocks, slots, facts, ranges)])
}
