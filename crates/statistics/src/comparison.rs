//! What released cells say side by side: representation, quarters of pay, gaps of medians.
//!
//! Everything follows from released slots, so whoever has a result computes the same.

use crate::{
    Band, Bounds, Decimal, Figure, Interval, Quantile, Ratio, ReleasedCell, gap_of_intervals,
    quantile_of_bands, quarter_sizes, quarters, representation,
};
use std::collections::BTreeMap;
use survey::{CrossTable, Schema};

/// Cells that differ in their compared category alone. Lists have one entry per compared category, in the
/// order of the schema; `None` where the cell is not shown, or nothing can be said: of bands only if there are at
/// least two, as one alone says no more than the measure's limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Dimension and category, as positions, of everything that the cells have in common.
    pub within: Vec<(usize, usize)>,
    /// The cells.
    pub cells: Vec<usize>,
    /// How many per cent of the employees **of the groups that are shown** are of each: see
    /// [`representation`]. Rounded once to two decimals.
    pub representation_percent: Vec<Option<Decimal>>,
    /// One per measure that has bands.
    pub measures: Vec<BandComparison>,
}

/// What bands of one measure say side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandComparison {
    /// The measure's position in the schema.
    pub measure: usize,
    /// The gap of medians to the reference group: see [`gap_of_intervals`]. `None` for that group itself, and
    /// where the median of the reference group may be nothing.
    pub median_gaps: Vec<Option<MedianGap>>,
    /// Of each quarter of the employees of the groups that are shown, from the lowest paid, how many per cent
    /// are of each group: see [`quarters`]. Rounded once and outwards to two decimals.
    pub quarter_percent: [Vec<Option<Bounds>>; 4],
}

/// The gap of two medians, rounded once and outwards to two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MedianGap {
    /// In per cent of the reference group's median.
    pub percent: Bounds,
    /// What the group has, in hundredths of a unit, for every unit that the reference group has.
    pub cents_per_unit: Bounds,
}

const DECIMALS: u8 = 2;

/// Every comparison of a result, over tables and cells in the order of the schema. `cells` has one entry per
/// cell of the schema.
#[must_use]
pub fn comparisons(schema: &Schema, cells: &[Figure<ReleasedCell>]) -> Vec<Comparison> {
    let rows = schema.tables().iter().flat_map(|table| side_by_side(schema, table));
    rows.map(|(within, members)| compare(schema, cells, within, members)).collect()
}

/// Dimension and category, as positions, of everything that some cells have in common; and the cells.
pub(crate) type Row = (Vec<(usize, usize)>, Vec<usize>);

/// The cells of a table that differ in their compared category alone, by what they have in common; none for a
/// margin over the compared dimension.
pub(crate) fn side_by_side(schema: &Schema, table: &CrossTable) -> Vec<Row> {
    let compared = schema.compared_position();
    let mut rows: BTreeMap<Vec<(usize, usize)>, Vec<usize>> = BTreeMap::new();
    if table.dimensions().contains(&compared) {
        for cell in table.cells() {
            let of = table.dimensions().iter().copied().zip(table.categories_of(cell));
            let within = of.filter(|(dimension, _)| *dimension != compared).collect();
            rows.entry(within).or_default().push(cell);
        }
    }
    rows.into_iter().collect()
}

fn compare(
    schema: &Schema,
    cells: &[Figure<ReleasedCell>],
    within: Vec<(usize, usize)>,
    members: Vec<usize>,
) -> Comparison {
    let groups: Vec<Option<&ReleasedCell>> =
        members.iter().map(|cell| cells.get(*cell).and_then(Figure::released)).collect();
    let measures = schema.measures().iter().enumerate();
    let with_bands = measures.filter(|(_, measure)| measure.statistics().band_count() > 0);
    Comparison {
        within,
        representation_percent: represented(&groups),
        measures: with_bands.map(|(at, _)| of_bands(schema.reference(), &groups, at)).collect(),
        cells: members,
    }
}

fn represented(groups: &[Option<&ReleasedCell>]) -> Vec<Option<Decimal>> {
    let shown: Vec<i128> = groups.iter().flatten().map(|cell| cell.employees).collect();
    let parts = representation(&shown).filter(|_| shown.len() > 1).unwrap_or_default();
    let percent = parts.iter().map(|part| Decimal::round(&(part * hundred()), DECIMALS));
    spread(groups.iter().map(Option::is_some), percent)
}

fn of_bands(reference: usize, groups: &[Option<&ReleasedCell>], measure: usize) -> BandComparison {
    let bands: Vec<Option<&[Band]>> = groups.iter().map(|cell| bands_of(*cell, measure)).collect();
    let medians: Vec<Option<Interval>> =
        bands.iter().map(|bands| quantile_of_bands((*bands)?, Quantile::Median)).collect();
    let base = medians.get(reference).cloned().flatten();
    let gap = |(group, median): (usize, &Option<Interval>)| {
        let gap = gap_of_intervals(base.as_ref()?, median.as_ref()?).filter(|_| group != reference)?;
        let (percent, cents_per_unit) = (gap.percent.rounded(DECIMALS), gap.cents_per_unit.rounded(DECIMALS));
        Some(MedianGap { percent, cents_per_unit })
    };
    BandComparison {
        measure,
        median_gaps: medians.iter().enumerate().map(gap).collect(),
        quarter_percent: quarter_percent(&bands),
    }
}

fn bands_of(cell: Option<&ReleasedCell>, measure: usize) -> Option<&[Band]> {
    let bands = cell?.measures.get(measure)?.bands.as_slice();
    // A single band says no more than the measure's limits.
    (bands.len() > 1).then_some(bands)
}

fn quarter_percent(bands: &[Option<&[Band]>]) -> [Vec<Option<Bounds>>; 4] {
    let shown: Vec<&[Band]> = bands.iter().copied().flatten().collect();
    let counts = alike(&shown);
    let told_apart = shown.len() > 1 && counts.iter().all(|counts| counts.len() > 1);
    let of_all = quarters(&counts).filter(|_| told_apart).unwrap_or_default();
    let mut sizes = quarter_sizes(counts.iter().flatten().sum()).into_iter();
    of_all.map(|of_quarter| {
        let size = sizes.next().filter(|size| *size > 0);
        let percent = |employees: &Interval| {
            let size = Ratio::from_integer(size?.into());
            Some(employees.map(|employees| employees / &size * hundred()).rounded(DECIMALS))
        };
        spread(bands.iter().map(Option::is_some), of_quarter.iter().map_while(percent))
    })
}

/// Each group's employees in bands that all groups have: bands that end where every group's do, and together
/// what lies between. Each group's list is in ascending order and ends where the others end.
fn alike(groups: &[&[Band]]) -> Vec<Vec<i128>> {
    let ends_in = |bands: &[Band], end: u64| bands.iter().any(|band| band.high_minor == end);
    let first = groups.first().copied().unwrap_or_default();
    let common: Vec<u64> = first.iter().map(|band| band.high_minor).collect();
    let common = common.into_iter().filter(|end| groups.iter().all(|bands| ends_in(bands, *end)));
    let common: Vec<u64> = common.collect();
    let count = |bands: &&[Band]| {
        let mut counts = vec![0i128; common.len()];
        for band in *bands {
            let at = common.partition_point(|end| *end < band.high_minor);
            if let Some(count) = counts.get_mut(at) {
                *count = count.saturating_add(band.employees);
            }
        }
        counts
    };
    groups.iter().map(count).collect()
}

/// Values of the groups that are shown, each at its group's place.
fn spread<T>(shown: impl Iterator<Item = bool>, mut values: impl Iterator<Item = T>) -> Vec<Option<T>> {
    shown.map(|shown| if shown { values.next() } else { None }).collect()
}

fn hundred() -> Ratio {
    Ratio::from_integer(100.into())
}
