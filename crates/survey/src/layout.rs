//! Which slot stands where in which block; capacity proven, so that no slot can overflow.

use crate::{Capacity, Granularity, Schema};

/// Why no layout exists for a schema and a capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LayoutRefusal {
    /// Even split in two limbs the sum of one reporter would exceed [`Layout::MAX_VALUE_BITS`] each.
    #[error("the largest sum of one reporter does not fit: lower the limit per employee or the employees")]
    SumTooLarge,
    /// One slot is wider than a block.
    #[error("a slot does not fit into one ciphertext: lower the number of reporters or use a longer key")]
    SlotTooWide,
}

/// What a slot counts or adds up, about one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotKind {
    /// Reporters with employees in the cell: 0 or 1 of each.
    Reporters,
    /// Employees in the cell.
    Employees,
    /// The measure's sum, lower limb.
    SumLow,
    /// The measure's sum, upper limb, present only where one limb does not hold it.
    SumHigh,
}

/// One number about one cell, at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Position over all groups: the `j` of the commitment's generator `G_j`.
    pub index: u32,
    /// The cell it is about.
    pub cell: usize,
    /// What it counts or adds up.
    pub kind: SlotKind,
    /// b: bits of the largest value of one reporter.
    pub value_bits: u32,
    /// w: bits reserved, so that all reporters, the proof's slack and a sign fit.
    pub width: u32,
    /// Which block of an entry.
    pub block: usize,
    /// o: lowest bit inside the block.
    pub offset: u32,
    /// log₂ of the weight g: the figure is Σ 2^`weight_bits` · value over its limbs.
    pub weight_bits: u32,
}

/// The slots of one group: one category of the compared dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupLayout {
    /// Position of the category.
    pub category: usize,
    /// Slots in canonical order.
    pub slots: Vec<Slot>,
    /// Blocks of one entry.
    pub blocks: usize,
}

/// Where everything stands. Follows from schema, capacity and key length alone.
///
/// Invariant: for every slot, `max_reporters` times the largest value of one reporter, times the slack of
/// the validity proof, stays below 2^(width − 1); slots of a block do not overlap and end below `usable_bits`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    capacity: Capacity,
    limb_bits: u32,
    usable_bits: u32,
    groups: Vec<GroupLayout>,
}

/// The most bits of a value that a validity proof can bound (the proof's answer needs 209 more, below ℓ).
const MAX_VALUE_BITS: u32 = 40;

impl Layout {
    /// The most bits the largest value of one reporter in one slot may have.
    pub const MAX_VALUE_BITS: u32 = MAX_VALUE_BITS;

    /// Lays out a schema for blocks of `usable_bits` (two less than the key's).
    ///
    /// # Errors
    /// [`LayoutRefusal`] if something cannot fit.
    pub fn new(schema: &Schema, capacity: Capacity, usable_bits: u32) -> Result<Self, LayoutRefusal> {
        let limb_bits = limb_bits(capacity);
        let template = template(schema, capacity, limb_bits)?;
        let class_size = |bits| template.iter().filter(|s| s.1 == bits).count() * schema.cell_count();
        let mut groups = Vec::new();
        let mut index = 0;
        for category in 0..schema.cell_count() {
            let (mut block, mut offset) = (0, 0);
            let mut slots = Vec::new();
            for &(kind, value_bits, weight_bits) in &template {
                let width = width(value_bits, class_size(value_bits), capacity.max_reporters());
                if width > usable_bits || width > 127 {
                    return Err(LayoutRefusal::SlotTooWide);
                }
                if offset + width > usable_bits {
                    (block, offset) = (block + 1, 0);
                }
                let cell = category;
                slots.push(Slot { index, cell, kind, value_bits, width, block, offset, weight_bits });
                index += 1;
                offset += width;
            }
            groups.push(GroupLayout { category, slots, blocks: block + 1 });
        }
        Ok(Self { capacity, limb_bits, usable_bits, groups })
    }

    /// The capacity it was made for.
    #[must_use]
    pub const fn capacity(&self) -> Capacity {
        self.capacity
    }

    /// Bits of a lower limb of one entry.
    #[must_use]
    pub const fn limb_bits(&self) -> u32 {
        self.limb_bits
    }

    /// Bits of a block that slots may use.
    #[must_use]
    pub const fn usable_bits(&self) -> u32 {
        self.usable_bits
    }

    /// The groups in the order of the categories.
    #[must_use]
    pub fn groups(&self) -> &[GroupLayout] {
        &self.groups
    }

    /// All slots in canonical order: over groups, then slots.
    pub fn slots(&self) -> impl Iterator<Item = &Slot> {
        self.groups.iter().flat_map(|g| g.slots.iter())
    }

    /// How many slots there are.
    #[must_use]
    pub fn slot_count(&self) -> usize {
        self.groups.iter().map(|g| g.slots.len()).sum()
    }
}

/// Kind, value bits b and weight bits of each slot of one cell, in canonical order.
fn template(
    schema: &Schema,
    capacity: Capacity,
    limb_bits: u32,
) -> Result<Vec<(SlotKind, u32, u32)>, LayoutRefusal> {
    let employees = capacity.max_employees_per_reporter();
    let sum_bits = bits(u128::from(employees) * u128::from(schema.measure().hard().max_minor()));
    let mut slots = vec![(SlotKind::Reporters, 1, 0), (SlotKind::Employees, bits(employees.into()), 0)];
    if sum_bits <= MAX_VALUE_BITS {
        slots.push((SlotKind::SumLow, sum_bits, 0));
        return Ok(slots);
    }
    let largest_high = match capacity.granularity() {
        Granularity::Records => {
            u128::from(employees) * u128::from(schema.measure().hard().max_minor() >> limb_bits)
        }
        Granularity::Totals => {
            (u128::from(employees) * u128::from(schema.measure().hard().max_minor())) >> limb_bits
        }
    };
    if bits(largest_high) > MAX_VALUE_BITS {
        return Err(LayoutRefusal::SumTooLarge);
    }
    slots.push((SlotKind::SumLow, MAX_VALUE_BITS, 0));
    slots.push((SlotKind::SumHigh, bits(largest_high).max(1), limb_bits));
    Ok(slots)
}

/// Bits of a lower limb. With `records` every entry has limbs of its own and a reporter's add up, so a limb
/// leaves room for all employees; with `totals` a reporter carries once, after adding up.
fn limb_bits(capacity: Capacity) -> u32 {
    match capacity.granularity() {
        Granularity::Records => MAX_VALUE_BITS - ceil_log2(capacity.max_employees_per_reporter().into()),
        Granularity::Totals => MAX_VALUE_BITS,
    }
}

/// w = b + ⌈log₂(2⁸ · 11 · √(S/2))⌉ + ⌈log₂ max_reporters⌉ + 1.
fn width(value_bits: u32, class_size: usize, max_reporters: u32) -> u32 {
    value_bits + slack_bits(class_size as u128) + ceil_log2(max_reporters.into()) + 1
}

/// ⌈log₂(2⁸ · 11 · √(S/2))⌉ for a class of S slots: the least k with 2^(2k+1) ≥ (2⁸ · 11)² · S.
fn slack_bits(class_size: u128) -> u32 {
    let square = (256 * 11) * (256 * 11) * class_size;
    ceil_log2(square).saturating_sub(1).div_ceil(2)
}

/// Bits needed to write a value.
const fn bits(value: u128) -> u32 {
    u128::BITS - value.leading_zeros()
}

/// The least k with 2^k ≥ value, for value ≥ 1.
const fn ceil_log2(value: u128) -> u32 {
    bits(value.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_schema;
    use proptest::prelude::*;

    #[test]
    fn slack_is_what_the_formula_says() {
        for class_size in [1u32, 2, 3, 4, 5, 200, 1000, 4800] {
            let exact = (2816.0 * f64::from(class_size).sqrt() / 2f64.sqrt()).log2().ceil();
            assert_eq!(f64::from(slack_bits(class_size.into())), exact, "S = {class_size}");
        }
    }

    #[test]
    fn the_smallest_survey_has_one_block_an_entry() {
        let capacity = Capacity::new(Granularity::Records, 100, 1000).unwrap();
        let layout = Layout::new(&test_schema(100_000_000), capacity, 2046).unwrap();
        assert_eq!(layout.groups().len(), 2);
        assert!(layout.groups().iter().all(|g| g.blocks == 1));
        let kinds: Vec<_> = layout.groups()[0].slots.iter().map(|s| (s.kind, s.value_bits)).collect();
        assert_eq!(kinds, [(SlotKind::Reporters, 1), (SlotKind::Employees, 10), (SlotKind::SumLow, 37)]);
    }

    #[test]
    fn a_sum_over_forty_bits_has_two_limbs_and_beyond_that_is_refused() {
        let capacity = |e| Capacity::new(Granularity::Records, 100, e).unwrap();
        let layout = Layout::new(&test_schema((1 << 40) - 1), capacity(1000), 2046).unwrap();
        assert_eq!(layout.limb_bits(), 30);
        assert_eq!(layout.groups()[1].slots[3].kind, SlotKind::SumHigh);
        assert_eq!(layout.groups()[1].slots[3].weight_bits, 30);
        let refused = Layout::new(&test_schema((1 << 48) - 1), capacity(1 << 20), 2046);
        assert_eq!(refused, Err(LayoutRefusal::SumTooLarge));
    }

    #[test]
    fn a_slot_wider_than_a_block_is_refused() {
        let capacity = Capacity::new(Granularity::Records, 100, 1000).unwrap();
        assert_eq!(Layout::new(&test_schema(100), capacity, 20), Err(LayoutRefusal::SlotTooWide));
    }

    proptest! {
        #[test]
        fn every_accepted_layout_holds_its_largest_total(
            max in 1u64..(1 << 48), reporters in 3u32..=65_536, employees in 1u32..=(1 << 20),
            totals: bool, usable in prop::sample::select(vec![2046u32, 3070, 4094]),
        ) {
            let granularity = if totals { Granularity::Totals } else { Granularity::Records };
            let capacity = Capacity::new(granularity, reporters, employees).unwrap();
            if let Ok(layout) = Layout::new(&test_schema(max), capacity, usable) {
                for slot in layout.slots() {
                    let largest = 1u128 << slot.value_bits;
                    prop_assert!(largest * u128::from(reporters) < 1 << (slot.width - 1));
                    prop_assert!(slot.offset + slot.width <= usable);
                }
                for pair in layout.groups()[0].slots.windows(2) {
                    let apart = pair[0].block < pair[1].block
                        || pair[0].offset + pair[0].width <= pair[1].offset;
                    prop_assert!(apart, "slots overlap");
                }
            }
        }
    }
}
