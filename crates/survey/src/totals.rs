//! Totals: what a cell adds up to, of one reporter or of all.

use crate::{Record, Schema};
use core::fmt;
use zeroize::{Zeroize, Zeroizing};

/// What is added up of one measure in one cell. A figure that the schema does not ask for is absent.
#[derive(Clone, PartialEq, Eq, Default, Zeroize)]
pub struct MeasureTotals {
    /// Of the amounts, in minor units.
    pub sum_minor: Option<i128>,
    /// Of the squares of the amounts over employees, in squared minor units.
    pub squares: Option<i128>,
    /// Employees with more than nothing.
    pub receiving: Option<i128>,
    /// Employees per band.
    pub bands: Vec<i128>,
}

/// The totals of one cell, limbs joined. Secret until released.
#[derive(Clone, PartialEq, Eq)]
pub struct CellTotals {
    /// The cell.
    pub cell: usize,
    /// Reporters with employees in the cell.
    pub reporters: i128,
    /// Employees in the cell.
    pub employees: i128,
    /// One per measure of the schema.
    pub measures: Vec<MeasureTotals>,
}

impl fmt::Debug for MeasureTotals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MeasureTotals(<private>)")
    }
}

impl fmt::Debug for CellTotals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CellTotals {{ cell: {}, <private> }}", self.cell)
    }
}

impl Zeroize for CellTotals {
    fn zeroize(&mut self) {
        self.reporters.zeroize();
        self.employees.zeroize();
        self.measures.zeroize();
    }
}

impl CellTotals {
    /// The totals of a cell of a schema whose only statistic is the sum of one measure.
    #[must_use]
    pub fn of_sum(cell: usize, reporters: i128, employees: i128, sum_minor: i128) -> Self {
        let measure = MeasureTotals { sum_minor: Some(sum_minor), ..MeasureTotals::default() };
        Self { cell, reporters, employees, measures: vec![measure] }
    }
}

impl MeasureTotals {
    fn add(&mut self, other: &Self) {
        let add = |own: &mut Option<i128>, other: Option<i128>| {
            if let (Some(own), Some(other)) = (own, other) {
                *own = own.saturating_add(other);
            }
        };
        add(&mut self.sum_minor, other.sum_minor);
        add(&mut self.squares, other.squares);
        add(&mut self.receiving, other.receiving);
        for (own, other) in self.bands.iter_mut().zip(&other.bands) {
            *own = own.saturating_add(*other);
        }
    }
}

impl Schema {
    /// Totals of zero for every cell, with the figures that the schema asks for.
    #[must_use]
    pub fn no_totals(&self) -> Vec<CellTotals> {
        let of = |measure: &crate::Measure| {
            let statistics = measure.statistics();
            MeasureTotals {
                sum_minor: statistics.mean.then_some(0),
                squares: statistics.dispersion.then_some(0),
                receiving: statistics.receiving.then_some(0),
                bands: vec![0; statistics.band_count()],
            }
        };
        let measures: Vec<MeasureTotals> = self.measures().iter().map(of).collect();
        let empty = |cell| CellTotals { cell, reporters: 0, employees: 0, measures: measures.clone() };
        (0..self.cell_count()).map(empty).collect()
    }

    /// Adds up one reporter's records, in one pass: one total per cell, margins included, in their order.
    ///
    /// Nothing can overflow: there are fewer than 2³² records, and squares stay below 2⁹⁶.
    #[must_use]
    pub fn add_up(&self, records: &[Record]) -> Zeroizing<Vec<CellTotals>> {
        let mut totals = Zeroizing::new(self.no_totals());
        let bases: Vec<_> = self.tables().iter().filter(|table| table.margin_of().is_none()).collect();
        for record in records {
            for table in &bases {
                if let Some(cell) = totals.get_mut(table.cell_of(record.categories())) {
                    self.count(cell, record);
                }
            }
        }
        for cell in totals.iter_mut() {
            cell.reporters = i128::from(cell.employees > 0);
        }
        self.add_margins(&mut totals);
        let margins = self.tables().iter().filter(|table| table.margin_of().is_some());
        for margin in margins.flat_map(|table| table.cells()) {
            if let Some(cell) = totals.get_mut(margin) {
                cell.reporters = i128::from(cell.employees > 0);
            }
        }
        totals
    }

    fn count(&self, cell: &mut CellTotals, record: &Record) {
        cell.employees += 1;
        for (position, (totals, measure)) in cell.measures.iter_mut().zip(self.measures()).enumerate() {
            let minor = record.amount(position).map_or(0, |amount| amount.minor());
            let amount = i128::from(minor);
            totals.sum_minor = totals.sum_minor.map(|sum| sum + amount);
            totals.squares = totals.squares.map(|squares| squares + amount * amount);
            totals.receiving = totals.receiving.map(|receiving| receiving + i128::from(minor > 0));
            if let Some(band) = totals.bands.get_mut(measure.band_of(minor)) {
                *band += 1;
            }
        }
    }

    /// Fills in everything of the margins but their numbers of reporters, which no sum over cells gives: one
    /// reporter may be in several of them.
    pub(crate) fn add_margins(&self, totals: &mut [CellTotals]) {
        let mut categories = [0u8; Self::MAX_DIMENSIONS];
        for margin in self.tables() {
            let Some(base) = margin.margin_of().and_then(|base| self.tables().get(base)) else { continue };
            for part in base.cells() {
                for (dimension, category) in base.dimensions().iter().zip(base.categories_of(part)) {
                    if let Some(slot) = categories.get_mut(*dimension) {
                        *slot = u8::try_from(category).unwrap_or(u8::MAX);
                    }
                }
                // Margins come after the cells that they add up.
                let (cells, margins) = totals.split_at_mut(margin.cells().start.min(totals.len()));
                let sum = margins.get_mut(margin.cell_of(&categories) - margin.cells().start);
                if let (Some(part), Some(sum)) = (cells.get(part), sum) {
                    sum.employees = sum.employees.saturating_add(part.employees);
                    for (sum, part) in sum.measures.iter_mut().zip(&part.measures) {
                        sum.add(part);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_schemas::rank_by_sex;
    use crate::{Amount, Statistics};
    use proptest::prelude::*;

    fn everything() -> Statistics {
        Statistics { mean: true, dispersion: true, receiving: true, bands: vec![1, 1000, 50_000] }
    }

    proptest! {
        #[test]
        fn totals_are_what_filtering_and_summing_says(
            people in prop::collection::vec((0usize..3, 0usize..2, 0u64..100_000), 0..60),
        ) {
            let schema = rank_by_sex(everything());
            let record = |&(rank, sex, minor): &(usize, usize, u64)| {
                Record::of(&schema, &[rank, sex], &[Amount::from_minor(minor)]).unwrap()
            };
            let totals = schema.add_up(&people.iter().map(record).collect::<Vec<_>>());
            prop_assert_eq!(totals.len(), 6 + 2 + 1);
            for total in totals.iter() {
                let by = schema.categories_of(total.cell);
                let inside = |p: &&(usize, usize, u64)| by.iter().all(|&(dimension, category)| {
                    [p.0, p.1][dimension] == category
                });
                let pays: Vec<i128> = people.iter().filter(inside).map(|p| p.2.into()).collect();
                let bands = [0..1, 1..1000, 1000..50_000, 50_000..100_000_001];
                let count = |band: &core::ops::Range<i128>| pays.iter().filter(|p| band.contains(p)).count() as i128;
                prop_assert_eq!(total.employees, pays.len() as i128);
                prop_assert_eq!(total.reporters, i128::from(!pays.is_empty()));
                prop_assert_eq!(&total.measures[0], &MeasureTotals {
                    sum_minor: Some(pays.iter().sum()),
                    squares: Some(pays.iter().map(|p| p * p).sum()),
                    receiving: Some(pays.iter().filter(|p| **p > 0).count() as i128),
                    bands: bands.iter().map(count).collect(),
                });
            }
        }
    }

    #[test]
    fn what_is_not_asked_is_not_there() {
        let schema = rank_by_sex(Statistics::mean());
        let totals = schema.no_totals();
        let measure = MeasureTotals { sum_minor: Some(0), ..MeasureTotals::default() };
        assert!(totals.iter().all(|cell| cell.measures == [measure.clone()]));
    }

    #[test]
    fn debug_output_never_shows_totals() {
        let mut totals = rank_by_sex(everything()).no_totals().remove(1);
        totals.measures[0].sum_minor = Some(54321);
        assert_eq!(format!("{totals:?}"), "CellTotals { cell: 1, <private> }");
        assert_eq!(format!("{:?}", totals.measures), "[MeasureTotals(<private>)]");
    }
}
