//! From opened blocks to totals per cell.

use crate::{CellTotals, GroupLayout, Layout, Slot, deposit, extract};

/// Why opened blocks are no totals. Says nothing of the values: the caller answers *inconsistent*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnpackRefusal {
    /// Not as many blocks, or slots, as the layout has.
    #[error("the number of blocks does not match the layout")]
    WrongShape,
    /// Something stands above the top slot of a block.
    #[error("a block reaches beyond its slots")]
    BeyondTopSlot,
}

impl GroupLayout {
    /// What is added to an opened block before it is split: 2^(o + w − 1) for every slot, so that signed
    /// values become digits.
    #[must_use]
    pub fn bias(&self, block: usize, block_bytes: usize) -> Vec<u8> {
        let mut bias = vec![0u8; block_bytes];
        for slot in self.slots.iter().filter(|s| s.block == block) {
            deposit(&mut bias, slot.offset + slot.width - 1, 1, 1);
        }
        bias
    }

    /// The first bit above the top slot of a block.
    #[must_use]
    pub fn used_bits(&self, block: usize) -> u32 {
        let ends = self.slots.iter().filter(|s| s.block == block).map(|s| s.offset + s.width);
        ends.max().unwrap_or(0)
    }
}

/// The signed value of a slot in a biased block.
fn signed(biased: &[u8], slot: &Slot) -> i128 {
    extract(biased, slot.offset, slot.width).cast_signed() - (1 << (slot.width - 1))
}

impl Layout {
    /// Splits the biased opened blocks of one group into its slots' values.
    ///
    /// # Errors
    /// [`UnpackRefusal`] if a block is missing or reaches beyond its top slot, which honest sums never do.
    pub fn unpack(&self, group: &GroupLayout, biased: &[Vec<u8>]) -> Result<Vec<i128>, UnpackRefusal> {
        if biased.len() != group.blocks {
            return Err(UnpackRefusal::WrongShape);
        }
        for (block, number) in biased.iter().enumerate() {
            let used = group.used_bits(block);
            let top = u32::try_from(number.len() * 8).map_err(|_| UnpackRefusal::WrongShape)?;
            if (used..top).step_by(64).any(|at| extract(number, at, 64.min(top - at)) != 0) {
                return Err(UnpackRefusal::BeyondTopSlot);
            }
        }
        let value = |slot: &Slot| biased.get(slot.block).map(|b| signed(b, slot));
        group.slots.iter().map(|slot| value(slot).ok_or(UnpackRefusal::WrongShape)).collect()
    }

    /// Joins slot values, in canonical order, to totals per cell, margins included: a number is
    /// Σ 2^weight · value over its limbs, and everything of a margin but its reporters is summed from cells.
    ///
    /// # Errors
    /// [`UnpackRefusal::WrongShape`] if there are not as many values as slots.
    pub fn cell_totals(&self, values: &[i128]) -> Result<Vec<CellTotals>, UnpackRefusal> {
        if values.len() != self.slot_count() {
            return Err(UnpackRefusal::WrongShape);
        }
        let mut cells = self.schema().no_totals();
        for (slot, value) in self.slots().zip(values) {
            let number = cells.get_mut(slot.cell).and_then(|cell| cell.number_mut(slot.kind));
            *number.ok_or(UnpackRefusal::WrongShape)? += value << slot.limb.weight_bits();
        }
        self.schema().add_margins(&mut cells);
        Ok(cells)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Capacity, Granularity, test_schema};

    fn layout() -> Layout {
        let capacity = Capacity::new(Granularity::Records, 100, 1000).unwrap();
        Layout::new(&test_schema(1_000_000), capacity, 2046).unwrap()
    }

    #[test]
    fn bit_above_top_slot_is_refused() {
        let layout = layout();
        let group = &layout.groups()[0];
        let mut block = group.bias(0, layout.block_bytes());
        assert_eq!(layout.unpack(group, &[block.clone()]), Ok(vec![0, 0, 0]));
        deposit(&mut block, group.used_bits(0), 1, 1);
        assert_eq!(layout.unpack(group, &[block]), Err(UnpackRefusal::BeyondTopSlot));
    }

    #[test]
    fn a_negative_value_stays_in_its_slot() {
        let layout = layout();
        let group = &layout.groups()[0];
        let mut block = vec![0u8; layout.block_bytes()];
        for (slot, value) in group.slots.iter().zip([3i128, -7, 12]) {
            let digit = (value + (1 << (slot.width - 1))).cast_unsigned();
            deposit(&mut block, slot.offset, slot.width, digit);
        }
        assert_eq!(layout.unpack(group, &[block]), Ok(vec![3, -7, 12]));
    }
}
