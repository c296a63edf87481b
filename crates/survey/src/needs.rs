//! Which numbers a schema needs of every cell, and how long they may become.

use crate::{Capacity, Granularity, LayoutRefusal, Limb, Measure, Schema, SlotKind};

/// A slot before it has a place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Need {
    pub(crate) cell: usize,
    pub(crate) kind: SlotKind,
    pub(crate) limb: Limb,
    pub(crate) value_bits: u32,
}

/// The most bits of a value that a validity proof can bound (the proof's answer needs 209 more, below ℓ).
pub(crate) const MAX_VALUE_BITS: u32 = 40;

/// The needs of every group, in canonical order.
pub(crate) fn needs(schema: &Schema, capacity: Capacity) -> Result<Vec<Vec<Need>>, LayoutRefusal> {
    let full = of_a_cell(schema, capacity)?;
    let (reporters, _) = full.split_at(1);
    let of = |cell: usize| {
        let is_margin = schema.table_of(cell).is_some_and(|table| table.margin_of().is_some());
        let needs = if is_margin { reporters } else { full.as_slice() };
        needs.iter().map(move |need| Need { cell, ..*need })
    };
    let groups = cells_of_groups(schema, capacity.granularity());
    Ok(groups.into_iter().map(|cells| cells.into_iter().flat_map(of).collect()).collect())
}

/// The cells of every group: all of them in one for totals; for records those of each category of the
/// compared dimension, then, if there are any, margins over it.
pub(crate) fn cells_of_groups(schema: &Schema, granularity: Granularity) -> Vec<Vec<usize>> {
    let all = 0..schema.cell_count();
    if granularity == Granularity::Totals {
        return vec![all.collect()];
    }
    let of = |category| all.clone().filter(|cell| schema.compared_category(*cell) == category).collect();
    let mut groups: Vec<Vec<usize>> =
        (0..schema.compared().categories().len()).map(|category| of(Some(category))).collect();
    groups.extend(Some(of(None)).filter(|cells: &Vec<usize>| !cells.is_empty()));
    groups
}

fn of_a_cell(schema: &Schema, capacity: Capacity) -> Result<Vec<Need>, LayoutRefusal> {
    let employees = bits(capacity.max_employees_per_reporter().into());
    let count = |kind, value_bits| Need { cell: 0, kind, limb: Limb::Whole, value_bits };
    let mut needs = vec![count(SlotKind::Reporters, 1), count(SlotKind::Employees, employees)];
    for (measure, asked) in schema.measures().iter().enumerate() {
        let largest = u128::from(asked.hard().max_minor());
        let statistics = asked.statistics();
        if statistics.mean {
            needs.extend(sum(SlotKind::Sum { measure }, largest, capacity)?);
        }
        if statistics.dispersion {
            needs.extend(sum(SlotKind::Squares { measure }, largest * largest, capacity)?);
        }
        if statistics.receiving {
            needs.push(count(SlotKind::Receiving { measure }, employees));
        }
        needs.extend(bands(measure, asked).map(|kind| count(kind, employees)));
    }
    Ok(needs)
}

fn bands(measure: usize, asked: &Measure) -> impl Iterator<Item = SlotKind> {
    (0..asked.statistics().band_count()).map(move |band| SlotKind::Band { measure, band })
}

/// A sum over employees of numbers up to `largest`, in one limb or two.
fn sum(kind: SlotKind, largest: u128, capacity: Capacity) -> Result<Vec<Need>, LayoutRefusal> {
    let employees = u128::from(capacity.max_employees_per_reporter());
    let total = bits(employees * largest);
    let need = |limb, value_bits| Need { cell: 0, kind, limb, value_bits };
    if total <= MAX_VALUE_BITS {
        return Ok(vec![need(Limb::Whole, total)]);
    }
    let limb_bits = limb_bits(capacity);
    let largest_high = match capacity.granularity() {
        Granularity::Records => employees * (largest >> limb_bits),
        Granularity::Totals => (employees * largest) >> limb_bits,
    };
    if bits(largest_high) > MAX_VALUE_BITS {
        return Err(match kind {
            SlotKind::Squares { .. } => LayoutRefusal::SquaresTooLarge,
            _ => LayoutRefusal::SumTooLarge,
        });
    }
    let high = need(Limb::High { bits: limb_bits }, bits(largest_high).max(1));
    Ok(vec![need(Limb::Low { bits: limb_bits }, MAX_VALUE_BITS), high])
}

/// Bits of a lower limb. With `records` every entry has limbs of its own and a reporter's add up, so a limb
/// leaves room for all employees; with `totals` a reporter carries once, after adding up.
pub(crate) fn limb_bits(capacity: Capacity) -> u32 {
    match capacity.granularity() {
        Granularity::Records => MAX_VALUE_BITS - ceil_log2(capacity.max_employees_per_reporter().into()),
        Granularity::Totals => MAX_VALUE_BITS,
    }
}

/// Bits needed to write a value.
pub(crate) const fn bits(value: u128) -> u32 {
    u128::BITS - value.leading_zeros()
}

/// The least k with 2^k ≥ value, for value ≥ 1.
pub(crate) const fn ceil_log2(value: u128) -> u32 {
    bits(value.saturating_sub(1))
}
