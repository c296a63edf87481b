//! Which combinations of categories are cells, and which of their sums are margins.

use crate::{Record, Schema, SchemaParts, SchemaRefusal};
use core::ops::Range;

/// A cross-tabulation or a margin: all combinations of the categories of some dimensions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrossTable {
    dimensions: Vec<usize>,
    sizes: Vec<usize>,
    margin_of: Option<usize>,
    first_cell: usize,
}

impl CrossTable {
    /// Positions of the dimensions, as declared.
    #[must_use]
    pub fn dimensions(&self) -> &[usize] {
        &self.dimensions
    }

    /// The position of the cross-tabulation that a margin adds up; `None` for a cross-tabulation.
    ///
    /// Where several have the margin's dimensions it is the first: an honest reporter's sums are the same in
    /// all of them.
    #[must_use]
    pub const fn margin_of(&self) -> Option<usize> {
        self.margin_of
    }

    /// The numbers of its cells.
    #[must_use]
    pub fn cells(&self) -> Range<usize> {
        self.first_cell..self.first_cell + self.sizes.iter().product::<usize>()
    }

    /// The cell of somebody with these categories, one per dimension of the schema.
    #[must_use]
    pub fn cell_of(&self, categories: &[u8]) -> usize {
        let category = |dimension: &usize| categories.get(*dimension).copied().unwrap_or(0).into();
        let position = self.dimensions.iter().zip(&self.sizes).fold(0, |position, (dimension, size)| {
            position * size + usize::min(category(dimension), size - 1)
        });
        self.first_cell + position
    }

    /// The categories of a cell, one per dimension of the table.
    #[must_use]
    pub fn categories_of(&self, cell: usize) -> Vec<usize> {
        let mut position = cell.saturating_sub(self.first_cell);
        let mut categories: Vec<usize> = self
            .sizes
            .iter()
            .rev()
            .map(|size| {
                let category = position % size;
                position /= size;
                category
            })
            .collect();
        categories.reverse();
        categories
    }
}

/// Checks cross-tabulations and margins, and numbers their cells.
pub(crate) fn declare(parts: &SchemaParts) -> Result<Vec<CrossTable>, SchemaRefusal> {
    let bases = &parts.cross_tabulations;
    check_bases(parts)?;
    let mut tables: Vec<CrossTable> = Vec::new();
    for (position, by) in bases.iter().chain(&parts.margins).enumerate() {
        let sizes: Option<Vec<usize>> =
            by.iter().map(|at| Some(parts.dimensions.get(*at)?.categories().len())).collect();
        let sizes = sizes.ok_or(SchemaRefusal::UnknownDimension)?;
        let is_margin = position >= bases.len();
        let margin_of = bases.iter().position(|base| inside(by, base) && base.len() > by.len());
        if is_margin && margin_of.is_none() {
            return Err(SchemaRefusal::ForeignMargin);
        }
        let margin_of = margin_of.filter(|_| is_margin);
        let first_cell = tables.last().map_or(0, |table| table.cells().end);
        let cells = sizes.iter().try_fold(1usize, |cells, size| cells.checked_mul(*size));
        if cells.is_none_or(|cells| first_cell + cells > Schema::MAX_CELLS) {
            return Err(SchemaRefusal::TooManyCells);
        }
        tables.push(CrossTable { dimensions: by.clone(), sizes, margin_of, first_cell });
    }
    Ok(tables)
}

fn check_bases(parts: &SchemaParts) -> Result<(), SchemaRefusal> {
    let bases = &parts.cross_tabulations;
    if bases.is_empty() {
        return Err(SchemaRefusal::NoCrossTabulation);
    }
    let mut sets: Vec<Vec<usize>> = bases.iter().chain(&parts.margins).cloned().collect();
    sets.iter_mut().for_each(|set| set.sort_unstable());
    if !sets.iter().all(|set| set.is_sorted_by(|one, next| one < next)) {
        return Err(SchemaRefusal::DuplicateCrossTabulation);
    }
    sets.sort_unstable();
    if sets.windows(2).any(|pair| pair.first() == pair.last()) {
        return Err(SchemaRefusal::DuplicateCrossTabulation);
    }
    if bases.iter().any(|base| !base.contains(&parts.compared)) {
        return Err(SchemaRefusal::WithoutCompared);
    }
    let nested = |(at, base): (usize, &Vec<usize>)| {
        bases.iter().enumerate().any(|(other, larger)| at != other && inside(base, larger))
    };
    if bases.iter().enumerate().any(nested) {
        return Err(SchemaRefusal::Nested);
    }
    let used = |dimension| bases.iter().any(|base| base.contains(&dimension));
    if (0..parts.dimensions.len()).all(used) { Ok(()) } else { Err(SchemaRefusal::UnusedDimension) }
}

fn inside(some: &[usize], all: &[usize]) -> bool {
    some.iter().all(|one| all.contains(one))
}

impl Schema {
    /// How many cells there are, margins included.
    #[must_use]
    pub fn cell_count(&self) -> usize {
        self.tables().last().map_or(0, |table| table.cells().end)
    }

    /// The cell of each cross-tabulation that somebody is in.
    #[must_use]
    pub fn cells_of(&self, record: &Record) -> Vec<usize> {
        let bases = self.tables().iter().filter(|table| table.margin_of.is_none());
        bases.map(|table| table.cell_of(record.categories())).collect()
    }

    /// The table of a cell; `None` if there is no such cell.
    #[must_use]
    pub fn table_of(&self, cell: usize) -> Option<&CrossTable> {
        self.tables().iter().find(|table| table.cells().contains(&cell))
    }

    /// Dimension and category of everything that a cell is by, as positions, in the order of its table.
    #[must_use]
    pub fn categories_of(&self, cell: usize) -> Vec<(usize, usize)> {
        let Some(table) = self.table_of(cell) else { return Vec::new() };
        table.dimensions.iter().copied().zip(table.categories_of(cell)).collect()
    }

    /// The cells whose sum a margin is; of a cell of a cross-tabulation, itself.
    #[must_use]
    pub fn parts_of(&self, cell: usize) -> Vec<usize> {
        let Some(table) = self.table_of(cell) else { return Vec::new() };
        let Some(base) = table.margin_of.and_then(|base| self.tables().get(base)) else { return vec![cell] };
        let wanted = self.categories_of(cell);
        let member = |part: &usize| {
            let has = self.categories_of(*part);
            wanted.iter().all(|of| has.contains(of))
        };
        base.cells().filter(member).collect()
    }

    /// The category of the compared dimension that a cell is about; `None` for a margin over it.
    #[must_use]
    pub fn compared_category(&self, cell: usize) -> Option<usize> {
        let compared = self.compared_position();
        self.categories_of(cell).into_iter().find(|(dimension, _)| *dimension == compared).map(|(_, at)| at)
    }
}
