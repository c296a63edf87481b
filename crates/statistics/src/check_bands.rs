//! Whether bands may be shown: each has enough in it, and so has every difference of sums of them.

use crate::{Band, Figure, ReleasedCell};
use survey::{Measure, Thresholds};

/// Whether bands are unions of the measure's, cover its limits, and have enough in each. One alone would say no more
/// than the limits do.
pub(crate) fn bands_hold(measure: &Measure, thresholds: Thresholds, bands: &[Band]) -> bool {
    let own = || (0..measure.statistics().band_count()).filter_map(|band| measure.band(band));
    let begins = |low: u64| own().any(|band| band.min_minor() == low);
    let enough = |band: &Band| band.employees >= thresholds.min_cell_employees().into();
    // Without this a band could lead back, and those before it be shown a second time with other numbers.
    let upwards = |band: &Band| band.low_minor <= band.high_minor;
    let joined = bands
        .windows(2)
        .all(|pair| matches!(pair, [one, next] if one.high_minor.checked_add(1) == Some(next.low_minor)));
    let (first, last) = (bands.first().map(|band| band.low_minor), bands.last().map(|band| band.high_minor));
    let covers = first.is_none_or(|low| low == measure.hard().min_minor())
        && last.is_none_or(|high| high == measure.hard().max_minor());
    let each = bands.iter().all(|band| enough(band) && upwards(band) && begins(band.low_minor));
    bands.len() != 1 && each && joined && covers
}

/// Whether a cell shows bands that end where those of all cells do that it belongs together with.
///
/// Cells of two cross-tabulations add up to the same. With a bound that all but one of them show, that one's employees
/// below the bound would follow, however few.
pub(crate) fn cut_alike(released: &ReleasedCell, slots: &[Figure<ReleasedCell>], with: &[usize]) -> bool {
    let mut others = with.iter().filter_map(|cell| slots.get(*cell)?.released());
    others.all(|other| (0..released.measures.len()).all(|at| ends(released, at).eq(ends(other, at))))
}

/// Whether a margin shows, of one measure, the bands between all bounds that its cells have in common, with as many
/// employees as they have there; none, where that is only one.
pub(crate) fn margin_holds(margin: &ReleasedCell, parts: &[&ReleasedCell], measure: usize) -> bool {
    let Some((first, others)) = parts.split_first() else { return false };
    let shown_by_all = |end: &u64| others.iter().all(|part| ends(part, measure).any(|other| other == *end));
    let common: Vec<u64> = ends(first, measure).filter(shown_by_all).collect();
    let common = if common.len() > 1 { common } else { Vec::new() };
    let adds_up = |band: &Band| {
        let inside = parts.iter().map(|part| employees_in(part, measure, band));
        inside.sum::<Option<i128>>() == Some(band.employees)
    };
    ends(margin, measure).eq(common) && bands(margin, measure).iter().all(adds_up)
}

fn bands(cell: &ReleasedCell, measure: usize) -> &[Band] {
    cell.measures.get(measure).map_or(&[], |measure| measure.bands.as_slice())
}

fn ends(cell: &ReleasedCell, measure: usize) -> impl Iterator<Item = u64> {
    bands(cell, measure).iter().map(|band| band.high_minor)
}

/// How many of a cell are in a band; `None` unless the cell's own bands say so.
fn employees_in(cell: &ReleasedCell, measure: usize, band: &Band) -> Option<i128> {
    let own = bands(cell, measure);
    own.iter().any(|one| one.low_minor == band.low_minor).then_some(())?;
    own.iter().any(|one| one.high_minor == band.high_minor).then_some(())?;
    let inside = |one: &&Band| band.low_minor <= one.low_minor && one.high_minor <= band.high_minor;
    own.iter().filter(inside).map(|one| Some(one.employees)).sum()
}
