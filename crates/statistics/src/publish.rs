//! From opened totals to everything that is published.

use crate::suppress::suppress;
use crate::{Figure, GapFigures, Level, MeasureFigures, ReleasedCell, SuppressionReason, Turnout, gap};
use survey::{CellTotals, Schema, Thresholds};

/// What is published of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellFigures {
    /// The slots themselves.
    pub slots: ReleasedCell,
    /// One per measure of the schema.
    pub measures: Vec<MeasureFigures>,
    /// Whether the slots are what honest reporters could have sent; if not, the cell carries a warning.
    pub within_limits: bool,
}

/// A cell as it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedCell {
    /// The cell's position in the schema.
    pub cell: usize,
    /// Its figures, or why there are none.
    pub figures: Figure<CellFigures>,
}

/// The gap between the means of a cell and of the cell that differs from it in being about the reference group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublishedGap {
    /// The measure's position in the schema.
    pub measure: usize,
    /// The cell that is compared; never one of the reference group.
    pub cell: usize,
    /// The reference group's.
    pub reference: usize,
    /// The figures, or why there are none.
    pub figures: Figure<GapFigures>,
}

/// The result of a survey. Nothing in it says more than its released slots do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// All cells, in the order of the schema.
    pub cells: Vec<PublishedCell>,
    /// Over cells in the order of the schema, then over measures that have a mean.
    pub gaps: Vec<PublishedGap>,
}

impl Published {
    /// The slots of the released cells, from which everything else can be recomputed.
    #[must_use]
    pub fn slots(&self) -> Vec<Figure<ReleasedCell>> {
        self.cells.iter().map(|cell| cell.figures.clone().map(|figures| figures.slots)).collect()
    }
}

/// Decides what may be shown and computes it.
#[must_use]
pub fn publish(
    schema: &Schema,
    thresholds: Thresholds,
    turnout: Turnout,
    totals: &[CellTotals],
) -> Published {
    recompute(schema, &suppress(schema, thresholds, turnout, totals))
}

/// Computes every figure from the slots of the released cells, as both servers and every verifier do.
///
/// `cells` holds one entry per cell in the order of the schema. A cell that is missing, or released without
/// employees, has no figures: it comes out suppressed, which [`check_published`](crate::check_published)
/// finds.
#[must_use]
pub fn recompute(schema: &Schema, cells: &[Figure<ReleasedCell>]) -> Published {
    let missing = Figure::Suppressed(SuppressionReason::TooFew);
    let slots = |cell: usize| cells.get(cell).unwrap_or(&missing);
    let published = |cell| PublishedCell { cell, figures: cell_figures(schema, slots(cell)) };
    let mut gaps = Vec::new();
    for (cell, reference) in compared(schema) {
        let means = schema.measures().iter().enumerate().filter(|(_, measure)| measure.statistics().mean);
        for (measure, _) in means {
            let level = |cell| level(slots(cell), measure);
            gaps.push(PublishedGap {
                measure,
                cell,
                reference,
                figures: gap(&level(reference), &level(cell)),
            });
        }
    }
    Published { cells: (0..schema.cell_count()).map(published).collect(), gaps }
}

/// Every cell that is compared, with the one of the reference group.
fn compared(schema: &Schema) -> Vec<(usize, usize)> {
    let (dimension, reference) = (schema.compared_position(), schema.reference());
    let mut pairs = Vec::new();
    for table in schema.tables() {
        for cell in table.cells() {
            let mut categories = [0u8; Schema::MAX_DIMENSIONS];
            let mut own = None;
            for (at, category) in schema.categories_of(cell) {
                let is_compared = at == dimension;
                own = own.or(is_compared.then_some(category));
                if let Some(slot) = categories.get_mut(at) {
                    *slot = u8::try_from(if is_compared { reference } else { category }).unwrap_or(u8::MAX);
                }
            }
            if own.is_some_and(|own| own != reference) {
                pairs.push((cell, table.cell_of(&categories)));
            }
        }
    }
    pairs
}

fn level(cell: &Figure<ReleasedCell>, measure: usize) -> Figure<Level> {
    match cell {
        Figure::Released(slots) => slots
            .level(measure)
            .map_or(Figure::Suppressed(SuppressionReason::SuppressedSide), Figure::Released),
        Figure::Suppressed(reason) => Figure::Suppressed(*reason),
    }
}

fn cell_figures(schema: &Schema, cell: &Figure<ReleasedCell>) -> Figure<CellFigures> {
    let slots = match cell {
        Figure::Released(slots) => slots,
        Figure::Suppressed(reason) => return Figure::Suppressed(*reason),
    };
    if slots.employees <= 0 {
        return Figure::Suppressed(SuppressionReason::TooFew);
    }
    let measures = schema.measures().iter().zip(&slots.measures);
    Figure::Released(CellFigures {
        measures: measures.map(|(of, released)| MeasureFigures::of(of, slots.employees, released)).collect(),
        within_limits: slots.within_limits(schema),
        slots: slots.clone(),
    })
}
