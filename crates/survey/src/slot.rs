//! A slot: one number about one cell, at its place in a block.

use crate::CellTotals;

/// What a slot counts or adds up, about one cell. Measures and bands by their positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotKind {
    /// Reporters with employees in the cell: 0 or 1 of each.
    Reporters,
    /// Employees in the cell.
    Employees,
    /// The sum of a measure.
    Sum {
        /// Of which.
        measure: usize,
    },
    /// The sum of its squares over employees.
    Squares {
        /// Of which.
        measure: usize,
    },
    /// Employees with more than nothing of it.
    Receiving {
        /// Of which.
        measure: usize,
    },
    /// Employees in one of its bands.
    Band {
        /// Of which.
        measure: usize,
        /// Which band.
        band: usize,
    },
}

/// Which part of a number a slot holds. The whole is low + 2^bits · high.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limb {
    /// All of it.
    Whole,
    /// What is left of it modulo 2^bits.
    Low {
        /// L.
        bits: u32,
    },
    /// How often 2^bits is in it.
    High {
        /// L.
        bits: u32,
    },
}

impl Limb {
    /// log₂ of the weight g: the number is Σ 2^`weight_bits` · value over its limbs.
    #[must_use]
    pub const fn weight_bits(self) -> u32 {
        match self {
            Self::Whole | Self::Low { .. } => 0,
            Self::High { bits } => bits,
        }
    }

    /// This part of a number; `None` if it is negative or too long for a slot, which capacities exclude.
    pub(crate) fn part(self, number: i128) -> Option<u64> {
        let number = u128::try_from(number).ok()?;
        let part = match self {
            Self::Whole => number,
            Self::Low { bits } => number & ((1 << bits) - 1),
            Self::High { bits } => number >> bits,
        };
        u64::try_from(part).ok()
    }
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
    /// Which part of it.
    pub limb: Limb,
    /// b: bits of the largest value of one reporter.
    pub value_bits: u32,
    /// w: bits reserved, so that all reporters, the proof's slack and a sign fit.
    pub width: u32,
    /// Which block of an entry.
    pub block: usize,
    /// o: lowest bit inside the block.
    pub offset: u32,
}

impl CellTotals {
    /// The number that slots of this kind hold; `None` if the schema does not ask for it.
    #[must_use]
    pub fn number(&self, kind: SlotKind) -> Option<i128> {
        match kind {
            SlotKind::Reporters => Some(self.reporters),
            SlotKind::Employees => Some(self.employees),
            SlotKind::Sum { measure } => self.measures.get(measure)?.sum_minor,
            SlotKind::Squares { measure } => self.measures.get(measure)?.squares,
            SlotKind::Receiving { measure } => self.measures.get(measure)?.receiving,
            SlotKind::Band { measure, band } => self.measures.get(measure)?.bands.get(band).copied(),
        }
    }

    /// The same, to be written.
    pub(crate) fn number_mut(&mut self, kind: SlotKind) -> Option<&mut i128> {
        match kind {
            SlotKind::Reporters => Some(&mut self.reporters),
            SlotKind::Employees => Some(&mut self.employees),
            SlotKind::Sum { measure } => self.measures.get_mut(measure)?.sum_minor.as_mut(),
            SlotKind::Squares { measure } => self.measures.get_mut(measure)?.squares.as_mut(),
            SlotKind::Receiving { measure } => self.measures.get_mut(measure)?.receiving.as_mut(),
            SlotKind::Band { measure, band } => self.measures.get_mut(measure)?.bands.get_mut(band),
        }
    }
}
