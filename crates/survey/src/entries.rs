//! From records to the entries of a submission: what will be encrypted, block by block.

use crate::{Granularity, GroupLayout, Layout, Record, Slot, SlotKind, deposit};
use core::fmt;
use zeroize::Zeroizing;

/// Why records do not become entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntriesRefusal {
    /// More records than the capacity allows.
    #[error("there are more employees than this survey allows a reporter")]
    TooManyEmployees,
    /// The layout was made for totals.
    #[error("this survey takes totals, which this version cannot make")]
    NotRecords,
}

/// The plaintexts of one entry, one big-endian number per block. Wiped when dropped.
pub struct Entry(Vec<Zeroizing<Vec<u8>>>);

impl Entry {
    /// The blocks, each as long as the key's modulus.
    #[must_use]
    pub fn blocks(&self) -> &[Zeroizing<Vec<u8>>] {
        &self.0
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Entry(<private>)")
    }
}

/// The entries of one group in the order they were made: employees, indicator, padding. Whoever encrypts
/// them shuffles first.
#[derive(Debug)]
pub struct GroupEntries {
    /// Position of the category.
    pub category: usize,
    /// [`padded_len`] entries.
    pub entries: Vec<Entry>,
}

/// How long a group's list is made: `count` employees and one indicator, padded to 16, 32, 64, 128 or the
/// next multiple of 256, so that its length says little about the number of employees.
#[must_use]
pub const fn padded_len(count: usize) -> usize {
    let needed = count + 1;
    if needed <= 128 {
        let power = needed.next_power_of_two();
        return if power < 16 { 16 } else { power };
    }
    needed.div_ceil(256) * 256
}

/// Whether a list may have this length.
#[must_use]
pub const fn is_padded_len(len: usize) -> bool {
    len > 0 && padded_len(len - 1) == len
}

/// The value of one slot in the entry of one employee.
fn value_of(slot: &Slot, record: &Record, high: Option<u32>) -> u64 {
    let minor = record.amount().minor();
    match slot.kind {
        SlotKind::Reporters => 0,
        SlotKind::Employees => 1,
        SlotKind::SumLow => high.map_or(minor, |bits| minor & ((1 << bits) - 1)),
        SlotKind::SumHigh => minor >> slot.weight_bits,
    }
}

impl GroupLayout {
    fn pack(&self, block_bytes: usize, value: impl Fn(&Slot) -> u64) -> Entry {
        let mut blocks = vec![Zeroizing::new(vec![0u8; block_bytes]); self.blocks];
        for slot in &self.slots {
            if let Some(block) = blocks.get_mut(slot.block) {
                deposit(block, slot.offset, 64.min(slot.width), value(slot).into());
            }
        }
        Entry(blocks)
    }
}

impl Layout {
    /// Bytes of a block: as long as the key's modulus.
    #[must_use]
    pub const fn block_bytes(&self) -> usize {
        (self.usable_bits() as usize + 2) / 8
    }

    /// Turns a reporter's records into entries (one per employee, one indicator, padding) and the sums
    /// over them, one per slot in canonical order, which the reporter commits to.
    ///
    /// # Errors
    /// [`EntriesRefusal`] if there are too many records or the layout is not for records.
    pub fn entries(
        &self,
        records: &[Record],
    ) -> Result<(Vec<GroupEntries>, Zeroizing<Vec<u64>>), EntriesRefusal> {
        self.check_count(records.len())?;
        let mut sums = Zeroizing::new(Vec::with_capacity(self.slot_count()));
        let groups = self.groups().iter().map(|group| self.group_entries(group, records, &mut sums));
        Ok((groups.collect(), sums))
    }

    /// Whether so many records can become entries.
    ///
    /// # Errors
    /// [`EntriesRefusal`] if there are too many records or the layout is not for records.
    pub fn check_count(&self, records: usize) -> Result<(), EntriesRefusal> {
        if self.capacity().granularity() != Granularity::Records {
            return Err(EntriesRefusal::NotRecords);
        }
        if records > self.capacity().max_employees_per_reporter() as usize {
            return Err(EntriesRefusal::TooManyEmployees);
        }
        Ok(())
    }

    fn group_entries(&self, group: &GroupLayout, records: &[Record], sums: &mut Vec<u64>) -> GroupEntries {
        let limb = |slot: &Slot| (slot.kind == SlotKind::SumHigh).then_some(slot.weight_bits);
        let high = group.slots.iter().find_map(limb);
        let members: Vec<&Record> = records.iter().filter(|r| r.cell() == group.category).collect();
        let indicator = |slot: &Slot| u64::from(slot.kind == SlotKind::Reporters && !members.is_empty());
        for slot in &group.slots {
            let employees: u64 = members.iter().map(|record| value_of(slot, record, high)).sum();
            sums.push(employees + indicator(slot));
        }
        let bytes = self.block_bytes();
        let mut entries: Vec<Entry> =
            members.iter().map(|record| group.pack(bytes, |slot| value_of(slot, record, high))).collect();
        entries.push(group.pack(bytes, indicator));
        entries.resize_with(padded_len(members.len()), || group.pack(bytes, |_| 0));
        GroupEntries { category: group.category, entries }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Amount, Capacity, test_schema};
    use proptest::prelude::*;

    #[test]
    fn lists_have_the_lengths_of_the_protocol() {
        let lens = [0, 14, 15, 31, 62, 63, 127, 128, 255, 256].map(padded_len);
        assert_eq!(lens, [16, 16, 16, 32, 64, 64, 128, 256, 256, 512]);
        assert!(is_padded_len(16) && is_padded_len(768) && !is_padded_len(0) && !is_padded_len(17));
    }

    #[test]
    fn too_many_employees_are_refused() {
        let schema = test_schema(100);
        let capacity = Capacity::new(Granularity::Records, 3, 2).unwrap();
        let layout = Layout::new(&schema, capacity, 2046).unwrap();
        let record = Record::new(&schema, 0, Amount::from_minor(5)).unwrap();
        let refused = layout.entries(&[record; 3]).map(|_| ()).unwrap_err();
        assert_eq!(refused, EntriesRefusal::TooManyEmployees);
    }

    proptest! {
        #[test]
        fn entries_add_up_to_the_committed_sums_and_to_the_plain_totals(
            pays in prop::collection::vec((0usize..2, 1u64..=999_999_999_999), 0..40),
        ) {
            let schema = test_schema(999_999_999_999);
            let capacity = Capacity::new(Granularity::Records, 5, 40).unwrap();
            let layout = Layout::new(&schema, capacity, 2046).unwrap();
            let records: Vec<_> = pays
                .iter()
                .map(|&(cell, minor)| Record::new(&schema, cell, Amount::from_minor(minor)).unwrap())
                .collect();
            let (groups, sums) = layout.entries(&records).unwrap();
            for (group, laid) in groups.iter().zip(layout.groups()) {
                for slot in &laid.slots {
                    let total: u128 = group
                        .entries
                        .iter()
                        .map(|e| crate::extract(&e.blocks()[slot.block], slot.offset, slot.width))
                        .sum();
                    prop_assert_eq!(total, u128::from(sums[slot.index as usize]));
                }
            }
            let signed: Vec<i128> = sums.iter().map(|&v| v.into()).collect();
            for (cell, totals) in layout.cell_totals(&signed).unwrap().iter().enumerate() {
                let members: Vec<u64> = pays.iter().filter(|p| p.0 == cell).map(|p| p.1).collect();
                prop_assert_eq!(totals.employees, members.len() as i128);
                prop_assert_eq!(totals.reporters, i128::from(!members.is_empty()));
                prop_assert_eq!(totals.sum_minor, members.iter().map(|&m| i128::from(m)).sum::<i128>());
            }
        }
    }
}
