//! What a survey's submissions must look like.

mod check;
mod encode;
mod form;

pub use check::ShapeRefusal;
pub use form::{Form, Range};

use alloc::vec::Vec;
use paillier::KeyBits;

use crate::class::{self, Class};

/// The most bits an honest value may have: with 209 more its answer stays below ℓ.
pub const MAX_VALUE_BITS: u32 = 40;

/// The most ciphertexts that may go into one product.
pub const MAX_ENTRIES: u32 = 1 << 21;

/// How a slot's value is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotKind {
    /// Exactly 0 or 1.
    Indicator,
    /// An honest value is below 2^bits; what is proven has a slack and a sign besides.
    Bounded {
        /// 1 to [`MAX_VALUE_BITS`].
        bits: u32,
    },
}

impl SlotKind {
    /// Bits of the largest honest value.
    #[must_use]
    pub const fn bits(self) -> u32 {
        match self {
            Self::Indicator => 1,
            Self::Bounded { bits } => bits,
        }
    }
}

/// One committed number and its place in the plaintexts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// β: which of the ciphertexts.
    pub block: u32,
    /// o: its lowest bit there.
    pub offset: u32,
    /// How it is bounded.
    pub kind: SlotKind,
}

/// Slots, facts and ranges that fit together.
///
/// Invariant: the rules and limits of `docs/PROOF.md` §1 and §2; in particular X + Y is evidently not negative
/// for every range, and nothing that is proven can wrap around ℓ.
#[derive(Clone, Debug)]
pub struct Shape {
    key_bits: KeyBits,
    blocks: u32,
    slots: Vec<Slot>,
    facts: Vec<Form>,
    ranges: Vec<Range>,
    classes: Vec<Class>,
    digest: [u8; 64],
}

impl Shape {
    /// Puts together what is to be proven under keys of a size.
    ///
    /// # Errors
    /// [`ShapeRefusal`] names the first rule that does not hold.
    pub fn new(
        key_bits: KeyBits,
        blocks: u32,
        slots: Vec<Slot>,
        facts: Vec<Form>,
        ranges: Vec<Range>,
    ) -> Result<Self, ShapeRefusal> {
        check::slots(key_bits, blocks, &slots)?;
        check::forms(slots.len(), &facts, &ranges)?;
        let largest = check::largest_sums(&slots, &ranges)?;
        let classes = class::classes(&slots, &largest);
        check::no_wrap(&slots, &classes, &ranges)?;
        let digest = encode::digest(blocks, &slots, &facts, &ranges);
        Ok(Self { key_bits, blocks, slots, facts, ranges, classes, digest })
    }

    /// The size of keys it is for.
    #[must_use]
    pub const fn key_bits(&self) -> KeyBits {
        self.key_bits
    }

    /// B.
    #[must_use]
    pub const fn blocks(&self) -> u32 {
        self.blocks
    }

    /// How many bytes a proof has, for whoever limits sizes before reading.
    #[must_use]
    pub fn proof_bytes(&self, entries: u32) -> usize {
        crate::codec::length(self, entries)
    }

    /// Its bytes (`docs/PROOF.md` §2), for known answers.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        encode::bytes(self.blocks, &self.slots, &self.facts, &self.ranges)
    }

    /// The slots in the order of their generators.
    #[must_use]
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// Forms that are 0.
    #[must_use]
    pub fn facts(&self) -> &[Form] {
        &self.facts
    }

    /// Pairs of forms that are not negative.
    #[must_use]
    pub fn ranges(&self) -> &[Range] {
        &self.ranges
    }

    /// Roots: three for every range.
    pub(crate) fn root_count(&self) -> usize {
        3 * self.ranges.len()
    }

    pub(crate) fn classes(&self) -> &[Class] {
        &self.classes
    }

    pub(crate) const fn digest(&self) -> &[u8; 64] {
        &self.digest
    }

    /// The indicators' numbers, ascending.
    pub(crate) fn indicators(&self) -> impl Iterator<Item = usize> {
        let is_indicator = |(at, slot): (usize, &Slot)| (slot.kind == SlotKind::Indicator).then_some(at);
        self.slots.iter().enumerate().filter_map(is_indicator)
    }
}

#[cfg(test)]
mod tests;
