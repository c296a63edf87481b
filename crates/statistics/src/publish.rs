//! From opened totals to everything that is published.

use crate::suppress::suppress;
use crate::{CellFigures, CellSlots, Decimal, Figure, GapFigures, SuppressionReason, gap, mean};
use survey::{CellTotals, Schema, Thresholds};

/// A cell as it is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublishedCell {
    /// The cell's position in the schema.
    pub cell: usize,
    /// Its figures, or why there are none.
    pub figures: Figure<CellFigures>,
}

/// The gap between a category and the reference group as it is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublishedGap {
    /// The category's position in the schema; never the reference group.
    pub category: usize,
    /// The figures, or why there are none.
    pub figures: Figure<GapFigures>,
}

/// The result of a survey. Nothing in it says more than its released slots do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// All cells, in the order of the schema.
    pub cells: Vec<PublishedCell>,
    /// All categories but the reference group, in the order of the schema.
    pub gaps: Vec<PublishedGap>,
}

impl Published {
    /// The slots of the released cells, from which everything else can be recomputed.
    #[must_use]
    pub fn slots(&self) -> Vec<Figure<CellSlots>> {
        self.cells.iter().map(|cell| cell.figures.map(|figures| figures.slots)).collect()
    }
}

/// Decides what may be shown and computes it.
#[must_use]
pub fn publish(schema: &Schema, thresholds: Thresholds, totals: &[CellTotals]) -> Published {
    recompute(schema, &suppress(thresholds, schema.cell_count(), totals))
}

/// Computes every figure from the slots of the released cells, as both servers and every verifier do.
///
/// `cells` holds one entry per cell in the order of the schema. A cell that is missing, or released without
/// employees, has no figures: it comes out suppressed, which [`check_published`](crate::check_published)
/// finds.
#[must_use]
pub fn recompute(schema: &Schema, cells: &[Figure<CellSlots>]) -> Published {
    let missing = Figure::Suppressed(SuppressionReason::TooFewReporters);
    let slots = |cell: usize| *cells.get(cell).unwrap_or(&missing);
    let reference = slots(schema.reference());
    let published = |cell| PublishedCell { cell, figures: cell_figures(schema, slots(cell)) };
    let compared = |category| PublishedGap { category, figures: gap(&reference, &slots(category)) };
    let categories = 0..schema.cell_count();
    Published {
        cells: categories.clone().map(published).collect(),
        gaps: categories.filter(|category| *category != schema.reference()).map(compared).collect(),
    }
}

fn cell_figures(schema: &Schema, cell: Figure<CellSlots>) -> Figure<CellFigures> {
    let measure = schema.measure();
    let slots = match cell {
        Figure::Released(slots) => slots,
        Figure::Suppressed(reason) => return Figure::Suppressed(reason),
    };
    let Some(mean) = mean(measure, &slots) else {
        return Figure::Suppressed(SuppressionReason::TooFewEmployees);
    };
    let sum = Decimal::new(slots.sum_minor, measure.decimals());
    Figure::Released(CellFigures { slots, sum, mean, within_limits: slots.within_limits(measure) })
}
