//! Which combinations of categories a survey publishes, and how they add up.

use super::sums::{Sums, adds_up};

/// The cells of a survey: for each crossing (a set of dimensions), one cell per combination of their
/// categories.
///
/// Cells are numbered crossing by crossing, in the order given; inside a crossing the last dimension counts
/// fastest. A crossing that is part of no other one is *counted*: its cells have slots of their own. Every
/// other crossing is a *margin*: but for its number of reporters, a margin's cell is the sum of cells of a
/// counted crossing. The crossing of no dimension is the total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tabulation {
    sizes: Vec<usize>,
    crossings: Vec<Crossing>,
    sums: Sums,
}

/// One set of dimensions whose combinations are published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crossing {
    dimensions: Vec<usize>,
    first_cell: usize,
    cell_count: usize,
    counted: bool,
}

/// Why crossings are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TabulationRefusal {
    /// More than [`Tabulation::MAX_DIMENSIONS`], or none.
    #[error("between 1 and {} dimensions can be crossed", Tabulation::MAX_DIMENSIONS)]
    Dimensions,
    /// A dimension without categories.
    #[error("a dimension needs at least one category")]
    EmptyDimension,
    /// A crossing with a dimension that there is not, or twice.
    #[error("a crossing names a dimension that there is not, or one twice")]
    UnknownDimension,
    /// The same crossing twice, or none at all.
    #[error("each crossing stands once, and there is at least one")]
    Crossings,
    /// More than [`Tabulation::MAX_CELLS`].
    #[error("the crossings have more than {} cells", Tabulation::MAX_CELLS)]
    TooManyCells,
    /// Counted crossings that close a ring: A with B, B with C, C with A. What such tables say about each other
    /// cannot be told from sums alone, so their suppression could not be trusted.
    #[error("the crossings close a ring; cross all of its dimensions instead, or leave one crossing out")]
    Ring,
}

impl Crossing {
    /// The crossed dimensions, ascending.
    #[must_use]
    pub fn dimensions(&self) -> &[usize] {
        &self.dimensions
    }

    /// The numbers of its cells.
    #[must_use]
    pub const fn cells(&self) -> core::ops::Range<usize> {
        self.first_cell..self.first_cell + self.cell_count
    }

    /// Whether its cells have slots of their own, and are not sums.
    #[must_use]
    pub const fn is_counted(&self) -> bool {
        self.counted
    }

    pub(super) fn is_part_of(&self, other: &Self) -> bool {
        self.dimensions.iter().all(|dimension| other.dimensions.contains(dimension))
    }
}

impl Tabulation {
    /// The most dimensions.
    pub const MAX_DIMENSIONS: usize = 6;
    /// The most cells, margins included.
    pub const MAX_CELLS: usize = 4096;

    /// `sizes[d]` is the number of categories of dimension `d`; each crossing lists its dimensions, in any
    /// order.
    ///
    /// # Errors
    /// [`TabulationRefusal`] names what is wrong.
    pub fn new(sizes: &[usize], crossings: &[Vec<usize>]) -> Result<Self, TabulationRefusal> {
        if !(1..=Self::MAX_DIMENSIONS).contains(&sizes.len()) {
            return Err(TabulationRefusal::Dimensions);
        }
        if sizes.contains(&0) {
            return Err(TabulationRefusal::EmptyDimension);
        }
        let crossings = lay_out(sizes, crossings)?;
        if !adds_up(&crossings) {
            return Err(TabulationRefusal::Ring);
        }
        let sums = Sums::new(sizes, &crossings);
        Ok(Self { sizes: sizes.to_vec(), crossings, sums })
    }

    /// All crossings, in the order given.
    #[must_use]
    pub fn crossings(&self) -> &[Crossing] {
        &self.crossings
    }

    /// The number of all cells, margins included.
    #[must_use]
    pub fn cell_count(&self) -> usize {
        self.crossings.iter().map(|crossing| crossing.cell_count).sum()
    }

    /// The crossing of a cell and the categories of its dimensions, in the order of
    /// [`Crossing::dimensions`]. `None` for a cell that there is not.
    #[must_use]
    pub fn categories(&self, cell: usize) -> Option<(&Crossing, Vec<usize>)> {
        let crossing = self.crossings.iter().find(|crossing| crossing.cells().contains(&cell))?;
        Some((crossing, categories_at(&self.sizes, crossing, cell)))
    }

    /// The cell of a crossing with these categories, in the order of its dimensions.
    #[must_use]
    pub fn cell(&self, crossing: &Crossing, categories: &[usize]) -> Option<usize> {
        if categories.len() != crossing.dimensions.len() {
            return None;
        }
        let mut at = 0;
        for (dimension, category) in crossing.dimensions.iter().zip(categories) {
            let size = *self.sizes.get(*dimension).filter(|size| category < *size)?;
            at = at * size + category;
        }
        Some(crossing.first_cell + at)
    }

    pub(super) const fn sums(&self) -> &Sums {
        &self.sums
    }

    /// The counted cells that add up to a cell: itself, if it is counted.
    #[must_use]
    pub fn inner(&self, cell: usize) -> &[usize] {
        self.sums.inner.get(cell).map_or(&[], Vec::as_slice)
    }
}

/// The categories of a crossing's cell.
pub(super) fn categories_at(sizes: &[usize], crossing: &Crossing, cell: usize) -> Vec<usize> {
    let mut rest = cell - crossing.first_cell;
    let mut categories = Vec::new();
    for dimension in crossing.dimensions.iter().rev() {
        let size = sizes.get(*dimension).copied().unwrap_or(1);
        categories.push(rest % size);
        rest /= size;
    }
    categories.reverse();
    categories
}

fn lay_out(sizes: &[usize], crossings: &[Vec<usize>]) -> Result<Vec<Crossing>, TabulationRefusal> {
    let mut laid: Vec<Crossing> = Vec::new();
    let mut first_cell = 0;
    for dimensions in crossings {
        let mut dimensions = dimensions.clone();
        dimensions.sort_unstable();
        let twice = dimensions.windows(2).any(|pair| pair.first() == pair.last());
        if twice || dimensions.iter().any(|dimension| *dimension >= sizes.len()) {
            return Err(TabulationRefusal::UnknownDimension);
        }
        if laid.iter().any(|crossing| crossing.dimensions == dimensions) {
            return Err(TabulationRefusal::Crossings);
        }
        let of_dimension = |dimension: &usize| sizes.get(*dimension).copied().unwrap_or(0);
        let cell_count =
            dimensions.iter().map(of_dimension).fold(1usize, |product, size| product.saturating_mul(size));
        if cell_count > Tabulation::MAX_CELLS.saturating_sub(first_cell) {
            return Err(TabulationRefusal::TooManyCells);
        }
        laid.push(Crossing { dimensions, first_cell, cell_count, counted: true });
        first_cell += cell_count;
    }
    let all = laid.clone();
    for crossing in &mut laid {
        crossing.counted = !all
            .iter()
            .any(|other| crossing.dimensions.len() < other.dimensions.len() && crossing.is_part_of(other));
    }
    if laid.is_empty() { Err(TabulationRefusal::Crossings) } else { Ok(laid) }
}
