//! Gaps of a whole survey, adjusted for what people do or where.

use crate::comparison::side_by_side;
use crate::{Decimal, Figure, Level, ReleasedCell, adjusted_gap};
use survey::Schema;

/// What is left of a gap between two groups once both are spread alike over the other dimensions of a
/// cross-tabulation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdjustedComparison {
    /// The measure's position in the schema.
    pub measure: usize,
    /// The positions of the dimensions that it is adjusted for.
    pub dimensions: Vec<usize>,
    /// The position of the compared category.
    pub group: usize,
    /// In per cent; see [`adjusted_gap`]. Rounded once to two decimals.
    pub percent: Decimal,
    /// Cents for every unit, likewise.
    pub cents_per_unit: Decimal,
    /// The group's employees in the cells that were compared: those whose counterpart of the reference group
    /// is shown, too.
    pub employees: i128,
}

/// Every gap that can be adjusted: per cross-tabulation with further dimensions, measure with a mean and group
/// but the reference group. Only cells that are shown on both sides are compared; where there are none, or
/// nothing to divide by, there is no adjusted gap. `cells` has one entry per cell of the schema.
#[must_use]
pub fn adjusted_gaps(schema: &Schema, cells: &[Figure<ReleasedCell>]) -> Vec<AdjustedComparison> {
    let compared = schema.compared_position();
    let mut gaps = Vec::new();
    for table in schema.tables().iter().filter(|table| table.margin_of().is_none()) {
        let others = table.dimensions().iter().copied().filter(|at| *at != compared);
        let dimensions: Vec<usize> = others.collect();
        let rows = side_by_side(schema, table);
        if dimensions.is_empty() {
            continue;
        }
        let means = schema.measures().iter().enumerate().filter(|(_, measure)| measure.statistics().mean);
        for (measure, _) in means {
            let level = |row: &[usize], group: usize| -> Option<Level> {
                cells.get(*row.get(group)?)?.released()?.level(measure)
            };
            for group in (0..schema.compared().categories().len()).filter(|at| *at != schema.reference()) {
                let pair = |row: &Vec<usize>| Some((level(row, schema.reference())?, level(row, group)?));
                let pairs: Vec<(Level, Level)> = rows.iter().filter_map(|(_, row)| pair(row)).collect();
                let Some(adjusted) = adjusted_gap(&pairs) else { continue };
                let figures = adjusted.gap.rounded();
                gaps.push(AdjustedComparison {
                    measure,
                    dimensions: dimensions.clone(),
                    group,
                    percent: figures.percent,
                    cents_per_unit: figures.cents_per_unit,
                    employees: adjusted.employees,
                });
            }
        }
    }
    gaps
}
