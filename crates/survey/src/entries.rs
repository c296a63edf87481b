//! From records to the entries of a submission: what will be encrypted, block by block.

use crate::{Amount, CellTotals, Granularity, GroupLayout, Layout, Record, Slot, SlotKind, deposit};
use core::fmt;
use zeroize::Zeroizing;

/// Why records, or totals, do not become entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntriesRefusal {
    /// More records than the capacity allows.
    #[error("there are more employees than this survey allows a reporter")]
    TooManyEmployees,
    /// Totals where every employee has an entry.
    #[error("this survey takes one entry per employee, and totals have none")]
    NotTotals,
    /// Totals that are not those of the schema's cells, or larger than its slots.
    #[error("the totals are not those of this survey's cells")]
    WrongTotals,
}

/// The plaintexts of one entry, one big-endian number per block. Wiped when dropped.
pub struct Entry(Vec<Zeroizing<Vec<u8>>>);

impl Entry {
    /// The blocks, each as long as the key's modulus.
    #[must_use]
    pub fn blocks(&self) -> &[Zeroizing<Vec<u8>>] {
        &self.0
    }

    /// Takes the entry apart, so that each block can be encrypted by somebody else.
    #[must_use]
    pub fn into_blocks(self) -> Vec<Self> {
        self.0.into_iter().map(|block| Self(vec![block])).collect()
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
    /// Position of the category; `None` where the group is about all of them.
    pub category: Option<usize>,
    /// As many as [`Layout::entry_count`] says.
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

/// Whether a padded list may have this length.
#[must_use]
pub const fn is_padded_len(len: usize) -> bool {
    len > 0 && padded_len(len - 1) == len
}

/// What one employee adds to a number of its own cell.
fn number_of(kind: SlotKind, record: &Record, band_of: impl Fn(usize, u64) -> Option<usize>) -> i128 {
    let minor = |measure| record.amount(measure).map_or(0, Amount::minor);
    match kind {
        SlotKind::Reporters => 0,
        SlotKind::Employees => 1,
        SlotKind::Sum { measure } => minor(measure).into(),
        SlotKind::Squares { measure } => i128::from(minor(measure)) * i128::from(minor(measure)),
        SlotKind::Receiving { measure } => i128::from(minor(measure) > 0),
        SlotKind::Band { measure, band } => i128::from(band_of(measure, minor(measure)) == Some(band)),
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

    /// How many entries a group's list has, with so many employees in it.
    ///
    /// Of totals, and of margins over the compared dimension, there is one per reporter.
    #[must_use]
    pub const fn entry_count(&self, group: &GroupLayout, employees: usize) -> usize {
        if group.category.is_some() { padded_len(employees) } else { 1 }
    }

    /// Whether a group's list may have so many entries.
    #[must_use]
    pub const fn takes_len(&self, group: &GroupLayout, len: usize) -> bool {
        let most = self.entry_count(group, self.capacity().max_employees_per_reporter() as usize);
        len <= most && if group.category.is_some() { is_padded_len(len) } else { len == 1 }
    }

    /// Turns a reporter's records into entries and the sums over them, one per slot in canonical order, which
    /// the reporter commits to. For records there is one entry per employee, one indicator and padding in
    /// the list of each group; for totals one entry in all.
    ///
    /// # Errors
    /// [`EntriesRefusal::TooManyEmployees`].
    pub fn entries(
        &self,
        records: &[Record],
    ) -> Result<(Vec<GroupEntries>, Zeroizing<Vec<u64>>), EntriesRefusal> {
        self.check_count(records.len())?;
        let totals = self.schema().add_up(records);
        if self.capacity().granularity() == Granularity::Totals {
            return self.entry_of_totals(&totals);
        }
        let mut sums = Zeroizing::new(Vec::with_capacity(self.slot_count()));
        let groups = self.groups().iter().map(|group| self.group_entries(group, records, &totals, &mut sums));
        Ok((groups.collect(), sums))
    }

    /// Whether so many records can become entries.
    ///
    /// # Errors
    /// [`EntriesRefusal::TooManyEmployees`].
    pub const fn check_count(&self, records: usize) -> Result<(), EntriesRefusal> {
        if records > self.capacity().max_employees_per_reporter() as usize {
            return Err(EntriesRefusal::TooManyEmployees);
        }
        Ok(())
    }

    /// Packs one reporter's totals, one per cell in the order of the schema, into the one entry.
    ///
    /// # Errors
    /// [`EntriesRefusal`] if the layout is not for totals, or they are not the schema's or do not fit.
    pub fn entry_of_totals(
        &self,
        totals: &[CellTotals],
    ) -> Result<(Vec<GroupEntries>, Zeroizing<Vec<u64>>), EntriesRefusal> {
        let ([group], Granularity::Totals) = (self.groups(), self.capacity().granularity()) else {
            return Err(EntriesRefusal::NotTotals);
        };
        if !totals.iter().map(|total| total.cell).eq(0..self.schema().cell_count()) {
            return Err(EntriesRefusal::WrongTotals);
        }
        let value = |slot: &Slot| {
            let part = slot.limb.part(totals.get(slot.cell)?.number(slot.kind)?)?;
            (part >> slot.value_bits == 0).then_some(part)
        };
        let sums: Option<Vec<u64>> = group.slots.iter().map(value).collect();
        let sums = Zeroizing::new(sums.ok_or(EntriesRefusal::WrongTotals)?);
        let sum = |slot: &Slot| sums.get(slot.index as usize).copied().unwrap_or(0);
        let entries = vec![group.pack(self.block_bytes(), sum)];
        Ok((vec![GroupEntries { category: None, entries }], sums))
    }

    fn group_entries(
        &self,
        group: &GroupLayout,
        records: &[Record],
        totals: &[CellTotals],
        sums: &mut Vec<u64>,
    ) -> GroupEntries {
        let schema = self.schema();
        let member = |record: &&Record| group.category == Some(record.compared(schema));
        let members: Vec<&Record> = records.iter().filter(member).collect();
        let indicator = |slot: &Slot| match slot.kind {
            SlotKind::Reporters => totals.get(slot.cell).map_or(0, |total| u64::from(total.employees > 0)),
            _ => 0,
        };
        let members: Vec<(&Record, Vec<usize>)> =
            members.into_iter().map(|record| (record, schema.cells_of(record))).collect();
        let employee = |(record, cells): &(&Record, Vec<usize>), slot: &Slot| {
            if cells.contains(&slot.cell) { self.part_of(record, slot) } else { 0 }
        };
        for slot in &group.slots {
            sums.push(members.iter().map(|member| employee(member, slot)).sum::<u64>() + indicator(slot));
        }
        let bytes = self.block_bytes();
        let mut entries: Vec<Entry> =
            members.iter().map(|member| group.pack(bytes, |slot| employee(member, slot))).collect();
        entries.push(group.pack(bytes, indicator));
        entries.resize_with(self.entry_count(group, members.len()), || group.pack(bytes, |_| 0));
        GroupEntries { category: group.category, entries }
    }

    /// What one employee adds to a slot of its own cell; each number is split into limbs on its own.
    fn part_of(&self, record: &Record, slot: &Slot) -> u64 {
        let band_of = |measure: usize, minor| Some(self.schema().measures().get(measure)?.band_of(minor));
        slot.limb.part(number_of(slot.kind, record, band_of)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_schemas::{rank_by_sex, test_schema};
    use crate::{Capacity, Statistics};

    #[test]
    fn lists_have_the_lengths_of_the_protocol() {
        let lens = [0, 14, 15, 31, 62, 63, 127, 128, 255, 256].map(padded_len);
        assert_eq!(lens, [16, 16, 16, 32, 64, 64, 128, 256, 256, 512]);
        assert!(is_padded_len(16) && is_padded_len(768) && !is_padded_len(0) && !is_padded_len(17));
    }

    #[test]
    fn lists_of_other_lengths_are_not_taken() {
        let schema = rank_by_sex(Statistics::mean());
        let layout =
            |granularity| Layout::new(&schema, Capacity::new(granularity, 5, 40).unwrap(), 2046).unwrap();
        let taken = |layout: &Layout, group: usize| {
            (0..200).filter(|len| layout.takes_len(&layout.groups()[group], *len)).collect::<Vec<_>>()
        };
        let records = layout(Granularity::Records);
        assert_eq!((taken(&records, 0), taken(&records, 2)), (vec![16, 32, 64], vec![1]));
        assert_eq!(taken(&layout(Granularity::Totals), 0), [1]);
    }

    #[test]
    fn too_many_employees_are_refused() {
        let schema = test_schema(100);
        let record = Record::new(&schema, 0, Amount::from_minor(5)).unwrap();
        for granularity in [Granularity::Records, Granularity::Totals] {
            let layout = Layout::new(&schema, Capacity::new(granularity, 3, 2).unwrap(), 2046).unwrap();
            let refused = layout.entries(&[record; 3]).map(|_| ()).unwrap_err();
            assert_eq!(refused, EntriesRefusal::TooManyEmployees);
        }
    }

    #[test]
    fn totals_that_do_not_fit_are_refused() {
        let schema = test_schema(100);
        let of = |granularity| Layout::new(&schema, Capacity::new(granularity, 3, 2).unwrap(), 2046).unwrap();
        let refused = |granularity, totals: &[CellTotals]| {
            of(granularity).entry_of_totals(totals).map(|_| ()).unwrap_err()
        };
        let good = schema.add_up(&[]);
        assert_eq!(refused(Granularity::Records, &good), EntriesRefusal::NotTotals);
        assert_eq!(refused(Granularity::Totals, &good[..1]), EntriesRefusal::WrongTotals);
        for (reporters, employees) in [(2, 0), (-1, 0), (0, 4), (0, i128::MAX)] {
            let mut wrong = good.to_vec();
            (wrong[0].reporters, wrong[0].employees) = (reporters, employees);
            assert_eq!(refused(Granularity::Totals, &wrong), EntriesRefusal::WrongTotals);
        }
    }
}
