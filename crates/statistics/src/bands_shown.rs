//! Bands as they are shown: merged until enough employees stand in each.
//!
//! A cell merges its own. Cells that are released together merge alike, and a margin shows only bounds that all
//! its cells show, so that no difference of sums has fewer in it than a band may have. One band alone says no more
//! than the measure's limits, and is not shown.

use crate::Band;
use survey::{CellTotals, Measure, Schema, Thresholds};

/// For every cell and measure the bands to show, given the [`companions`](crate::companions) of the cells.
pub(crate) fn bands_shown(
    schema: &Schema,
    thresholds: Thresholds,
    companions: &[Vec<usize>],
    totals: &[CellTotals],
) -> Vec<Vec<Vec<Band>>> {
    let measures = schema.measures().iter().enumerate();
    let mut shown = vec![Vec::new(); totals.len()];
    for (at, measure) in measures {
        let counts = |cell: &usize| Some(totals.get(*cell)?.measures.get(at)?.bands.as_slice());
        let of_cell = |own: &Vec<usize>| {
            let lists: Vec<&[i128]> = own.iter().filter_map(counts).collect();
            ends(&lists, thresholds.min_cell_employees().into())
        };
        let of_cells: Vec<Vec<usize>> = companions.iter().map(of_cell).collect();
        for (cell, shown) in shown.iter_mut().enumerate() {
            let parts = schema.parts_of(cell).into_iter().filter_map(|part| of_cells.get(part).cloned());
            let both = |one: Vec<usize>, other: Vec<usize>| {
                one.into_iter().filter(|end| other.binary_search(end).is_ok()).collect()
            };
            let ends = parts.reduce(both).filter(|ends| ends.len() > 1).unwrap_or_default();
            shown.push(merge(measure, counts(&cell).unwrap_or_default(), &ends));
        }
    }
    shown
}

/// The last bands of the groups that neighbours are merged to, from the lowest upwards, each as small as it may
/// be: in every list so many employees at least. What is left over at the top joins the last group.
fn ends(lists: &[&[i128]], minimum: i128) -> Vec<usize> {
    let length = lists.iter().map(|list| list.len()).min().unwrap_or(0);
    let mut sums = vec![0i128; lists.len()];
    let mut ends = Vec::new();
    for at in 0..length {
        for (sum, list) in sums.iter_mut().zip(lists) {
            *sum = sum.saturating_add(list.get(at).copied().unwrap_or(0));
        }
        if sums.iter().all(|sum| *sum >= minimum) {
            ends.push(at);
            sums.fill(0);
        }
    }
    if let (Some(end), Some(last)) = (ends.last_mut(), length.checked_sub(1)) {
        *end = last;
    }
    ends
}

fn merge(measure: &Measure, counts: &[i128], ends: &[usize]) -> Vec<Band> {
    let mut from = 0;
    let band = |end: &usize| {
        let (low, high) = (measure.band(from)?, measure.band(*end)?);
        let employees = counts.get(from..=*end)?.iter().fold(0i128, |sum, count| sum.saturating_add(*count));
        from = end + 1;
        Some(Band { low_minor: low.min_minor(), high_minor: high.max_minor(), employees })
    };
    ends.iter().map_while(band).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn neighbours_are_merged_from_the_lowest_upwards() {
        assert_eq!(ends(&[&[3, 0, 7, 10, 4, 6, 9]], 10), [2, 3, 6], "nine are left over");
        assert_eq!(ends(&[&[3, 4]], 10), [0; 0], "nothing may be shown");
        assert_eq!(ends(&[&[10, 0, 0, 10], &[0, 10, 0, 10]], 10), [1, 3], "in both");
        assert_eq!(ends(&[], 10), [0; 0]);
    }

    proptest! {
        #[test]
        fn every_group_holds_enough_and_nobody_is_lost(counts in prop::collection::vec(0i128..9, 0..40)) {
            let ends = ends(&[&counts], 10);
            let mut from = 0;
            for end in &ends {
                prop_assert!(counts[from..=*end].iter().sum::<i128>() >= 10);
                from = end + 1;
            }
            prop_assert!(ends.is_empty() || from == counts.len());
            prop_assert_eq!(ends.is_empty(), counts.iter().sum::<i128>() < 10);
        }
    }
}
