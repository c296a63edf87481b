//! What a submission has to be like, as PackProof says it: `docs/PROTOCOL.md` §5, *validity*.
//!
//! Reporter and data server derive it for themselves from the manifest, and nothing else enters: a proof holds for
//! this statement only.

use crate::{AdmittedManifest, Validity};
use packproof::{Form, Range, Shape, ShapeRefusal, Slot, SlotKind};
use survey::{CrossTable, Layout, Limb, SlotKind as Number};

/// The most that slots and three times the ranges may be: a proof then has at most some 190 kB.
const MOST_ANSWERS: usize = 5_000;
/// The largest honest X + Y of a range is below 2 to this (`docs/PROOF.md` §2).
const MOST_WIDTH_BITS: u32 = 62;

impl AdmittedManifest {
    /// What proofs of this survey are about; `None` where it asks for none.
    ///
    /// # Errors
    /// [`ShapeRefusal`] never for layouts that exist; whoever opens surveys looks all the same.
    pub fn proof_shape(&self) -> Option<Result<Shape, ShapeRefusal>> {
        match self.manifest().validity {
            Validity::None => None,
            Validity::PackProof1 => Some(proof_shape(self.layout(), self.paillier().bits())),
        }
    }
}

/// The most entries whose ciphertexts go into one product.
#[must_use]
pub fn most_entries(layout: &Layout) -> u32 {
    let employees = layout.capacity().max_employees_per_reporter() as usize;
    let most = layout.groups().iter().map(|group| layout.entry_count(group, employees)).max();
    u32::try_from(most.unwrap_or(1)).unwrap_or(u32::MAX)
}

/// Slots, facts and ranges of a layout under keys of a size.
///
/// # Errors
/// [`ShapeRefusal`] never for layouts that were made for this size.
pub fn proof_shape(layout: &Layout, key_bits: paillier::KeyBits) -> Result<Shape, ShapeRefusal> {
    let (slots, blocks) = slots(layout);
    let Told { facts, presence, sums } = Told::of(layout);
    let all = [presence.as_slice(), &sums].concat();
    let fits = |ranges: &Vec<Range>| slots.len() + 3 * ranges.len() <= MOST_ANSWERS;
    let ranges = [all, presence].into_iter().find(fits).unwrap_or_default();
    Shape::new(key_bits, blocks, slots, facts, ranges)
}

/// The layout's slots, blocks counted over all groups.
fn slots(layout: &Layout) -> (Vec<Slot>, u32) {
    let number = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    let (mut slots, mut first) = (Vec::with_capacity(layout.slot_count()), 0);
    for group in layout.groups() {
        slots.extend(group.slots.iter().map(|slot| {
            let kind = match slot.kind {
                Number::Reporters => SlotKind::Indicator,
                _ => SlotKind::Bounded { bits: slot.value_bits },
            };
            Slot { block: number(first + slot.block), offset: slot.offset, kind }
        }));
        first += group.blocks;
    }
    (slots, number(first))
}

/// What holds of honest values. Facts cost nothing; ranges of who is present come before those of sums.
#[derive(Default)]
struct Told {
    facts: Vec<Form>,
    presence: Vec<Range>,
    sums: Vec<Range>,
}

/// The slots of one cell.
#[derive(Clone, Default)]
struct CellSlots {
    reporters: u32,
    employees: u32,
    others: Vec<survey::Slot>,
}

impl Told {
    fn of(layout: &Layout) -> Self {
        let cells = cell_slots(layout);
        let schema = layout.schema();
        let mut told = Self::default();
        for table in schema.tables() {
            match table.margin_of().and_then(|base| schema.tables().get(base)) {
                None => cells
                    .get(table.cells())
                    .unwrap_or_default()
                    .iter()
                    .for_each(|cell| told.add_cell(layout, cell)),
                Some(base) => told.add_margins(table, base, &cells),
            }
        }
        told
    }

    /// A cell of a cross-tabulation.
    fn add_cell(&mut self, layout: &Layout, cell: &CellSlots) {
        let most = i64::from(layout.capacity().max_employees_per_reporter());
        let employees = [(cell.employees, 1)];
        // Somebody is there exactly if employees are: 1·r ≤ N ≤ most·r.
        match most {
            1 => self.facts.push(Form::new(vec![(cell.employees, 1), (cell.reporters, -1)], 0)),
            _ => self.presence.push(Range::between(&employees, cell.reporters, 1, most)),
        }
        self.sums.push(Range::exact(cell.employees, most));
        for (measure, asked) in layout.schema().measures().iter().enumerate() {
            self.facts.extend(cell.bands(measure));
            if asked.statistics().mean {
                let hard = asked.hard();
                self.add_sum(cell, measure, (hard.min_minor(), hard.max_minor(), most));
            }
            if let Some(receiving) = cell.of(Number::Receiving { measure }).next() {
                let fewer = Form::new(vec![(cell.employees, 1), (receiving.index, -1)], 0);
                self.sums.push(Range::new(Form::slot(receiving.index), fewer));
            }
        }
    }

    /// least·N ≤ sum ≤ most·N.
    fn add_sum(&mut self, cell: &CellSlots, measure: usize, (least, most, employees): (u64, u64, i64)) {
        let weight = |slot: &survey::Slot| (slot.index, 1i64 << slot.limb.weight_bits().min(MOST_WIDTH_BITS));
        let sum: Vec<(u32, i64)> = cell.of(Number::Sum { measure }).map(weight).collect();
        // Amounts have 48 bits at most.
        let (Ok(low), Ok(high)) = (i64::try_from(least), i64::try_from(most)) else { return };
        let width = i128::from(most - least) * i128::from(employees);
        if width == 0 {
            let all_alike = sum.into_iter().chain((low != 0).then_some((cell.employees, -low)));
            self.facts.push(Form::new(all_alike.collect(), 0));
        } else if width < 1 << MOST_WIDTH_BITS {
            self.sums.push(Range::between(&sum, cell.employees, low, high));
        }
    }

    /// A reporter is in a margin exactly if it is in one of its k cells: 1·r ≤ Σ r_cell ≤ k·r.
    fn add_margins(&mut self, margin: &CrossTable, base: &CrossTable, cells: &[CellSlots]) {
        let mut parts: Vec<Vec<(u32, i64)>> = vec![Vec::new(); margin.cells().len()];
        let mut categories = [0u8; survey::Schema::MAX_DIMENSIONS];
        for part in base.cells() {
            for (dimension, category) in base.dimensions().iter().zip(base.categories_of(part)) {
                if let Some(place) = categories.get_mut(*dimension) {
                    *place = u8::try_from(category).unwrap_or(u8::MAX);
                }
            }
            let of = parts.get_mut(margin.cell_of(&categories) - margin.cells().start);
            if let (Some(of), Some(cell)) = (of, cells.get(part)) {
                of.push((cell.reporters, 1));
            }
        }
        for (cell, parts) in cells.get(margin.cells()).unwrap_or_default().iter().zip(parts) {
            let count = i64::try_from(parts.len()).unwrap_or(i64::MAX);
            self.presence.push(Range::between(&parts, cell.reporters, 1, count));
        }
    }
}

impl CellSlots {
    fn of(&self, kind: Number) -> impl Iterator<Item = &survey::Slot> {
        self.others.iter().filter(move |slot| slot.kind == kind)
    }

    /// Σ bands = employees, where a measure has bands.
    fn bands(&self, measure: usize) -> Option<Form> {
        let is_band =
            |slot: &&survey::Slot| matches!(slot.kind, Number::Band { measure: of, .. } if of == measure);
        let bands: Vec<(u32, i64)> = self.others.iter().filter(is_band).map(|slot| (slot.index, 1)).collect();
        (!bands.is_empty()).then(|| Form::new(bands.into_iter().chain([(self.employees, -1)]).collect(), 0))
    }
}

/// By the numbers of the cells.
fn cell_slots(layout: &Layout) -> Vec<CellSlots> {
    let mut cells = vec![CellSlots::default(); layout.schema().cell_count()];
    for slot in layout.slots() {
        let Some(cell) = cells.get_mut(slot.cell) else { continue };
        match slot.kind {
            Number::Reporters => cell.reporters = slot.index,
            Number::Employees => cell.employees = slot.index,
            _ => cell.others.push(*slot),
        }
    }
    debug_assert!(layout.slots().all(|slot| slot.kind != Number::Reporters || slot.limb == Limb::Whole));
    cells
}
