//! Cells, margins and bands: nothing suppressed follows from what is released.
#![expect(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

use proptest::prelude::*;
use statistics::SuppressionReason::TooFew;
use statistics::{Figure, Published, PublishedFault, Turnout, check_published, publish, recompute};
use survey::{
    CellTotals, Dimension, Label, Limits, Measure, Schema, SchemaParts, Statistics, Thresholds, WhoCounts,
};

const SIX: Turnout = Turnout { counted: 6, max_employees_per_reporter: 1000 };

fn label(text: &str) -> Label {
    Label::parse(text).unwrap()
}

fn dimension(name: &str, size: usize) -> Dimension {
    Dimension::new(label(name), (0..size).map(|at| label(&format!("{name}{at}"))).collect()).unwrap()
}

fn schema(cross_tabulations: Vec<Vec<usize>>, margins: Vec<Vec<usize>>) -> Schema {
    let limits = Limits::new(0, 999).unwrap();
    let bands = (1..10).map(|edge| edge * 100).collect();
    let statistics = Statistics { dispersion: true, receiving: true, bands, ..Statistics::mean() };
    let pay = Measure::new(label("pay"), label("EUR"), 0, limits, limits).unwrap().with(statistics).unwrap();
    let front = cross_tabulations.iter().flatten().max().unwrap() + 1;
    Schema::declare(SchemaParts {
        dimensions: [("sex", 2), ("rank", 2), ("unit", 2)][..front]
            .iter()
            .map(|(n, s)| dimension(n, *s))
            .collect(),
        compared: 0,
        reference: 1,
        measures: vec![pay],
        cross_tabulations,
        margins,
        who: WhoCounts::DEFAULT,
    })
    .unwrap()
}

/// Everybody of a survey: categories and pay; each cell has six reporters if it has anybody.
fn totals(schema: &Schema, people: &[([usize; 3], u64)]) -> Vec<CellTotals> {
    let size = schema.dimensions().len();
    let record = |(categories, pay): &([usize; 3], u64)| {
        survey::Record::of(schema, &categories[..size], &[survey::Amount::from_minor(*pay)]).unwrap()
    };
    let records: Vec<_> = people.iter().map(record).collect();
    let six = |cell: &CellTotals| CellTotals { reporters: 6 * cell.reporters, ..cell.clone() };
    schema.add_up(&records).iter().map(six).collect()
}

fn people(counts: [[usize; 2]; 2]) -> Vec<([usize; 3], u64)> {
    let mut people = Vec::new();
    for (sex, ranks) in counts.iter().enumerate() {
        for (rank, count) in ranks.iter().enumerate() {
            people.extend((0..*count).map(|at| ([sex, rank, at % 2], (at as u64 * 97 + 31) % 1000)));
        }
    }
    people
}

fn hidden(published: &Published) -> Vec<bool> {
    let of = |figure: &Figure<_>| match figure {
        Figure::Suppressed(reason) => *reason == TooFew,
        Figure::Released(_) => false,
    };
    published.cells.iter().map(|cell| of(&cell.figures)).collect()
}

#[test]
fn a_margin_goes_with_any_of_its_cells() {
    let schema = schema(vec![vec![0, 1]], vec![vec![0], vec![]]);
    let result = publish(&schema, Thresholds::DEFAULT, SIX, &totals(&schema, &people([[12, 3], [20, 15]])));
    assert_eq!(hidden(&result), [false, true, false, false, true, false, true]);
    assert_eq!(check_published(&schema, Thresholds::DEFAULT, SIX, &result), Ok(()));
    let all = publish(&schema, Thresholds::DEFAULT, SIX, &totals(&schema, &people([[12, 10], [20, 15]])));
    assert!(!hidden(&all).contains(&true));
    // Per rank, then the margin by sex.
    let gaps = all.gaps.iter().map(|gap| (gap.cell, gap.reference)).collect::<Vec<_>>();
    assert_eq!(gaps, [(0, 2), (1, 3), (4, 5)]);
}

#[test]
fn margin_of_one_employer_in_five_cells() {
    // Reporters of a margin are not the sum of the cells' reporters. That it has fewer than its cells, or none,
    // contradicts them: none of them is shown.
    let schema = schema(vec![vec![0, 1]], vec![vec![0]]);
    let mut totals = totals(&schema, &people([[30, 30], [30, 30]]));
    for few in [4, 0] {
        totals[4].reporters = few;
        let result = publish(&schema, Thresholds::DEFAULT, SIX, &totals);
        assert_eq!(hidden(&result), [true, true, false, false, true, false]);
        assert_eq!(check_published(&schema, Thresholds::DEFAULT, SIX, &result), Ok(()));
    }
}

#[test]
fn two_tables_that_add_up_to_the_same_stand_or_fall_together() {
    let schema = schema(vec![vec![0, 1], vec![0, 2]], vec![vec![0]]);
    let result = publish(&schema, Thresholds::DEFAULT, SIX, &totals(&schema, &people([[40, 3], [40, 40]])));
    let women = [0, 1, 4, 5, 8];
    assert!((0..10).all(|cell| hidden(&result)[cell] == women.contains(&cell)));
    let mut slots = result.slots();
    slots[2] = Figure::Suppressed(TooFew);
    let half = check_published(&schema, Thresholds::DEFAULT, SIX, &recompute(&schema, &slots));
    assert_eq!(half, Err(PublishedFault::Unprotected { cell: 3 }));
}

#[test]
fn nothing_is_released_that_leaves_too_little_room() {
    let schema = schema(vec![vec![0, 1]], vec![vec![0]]);
    let totals = totals(&schema, &people([[12, 3], [20, 15]]));
    let published = |counted, max_employees_per_reporter| {
        let turnout = Turnout { counted, max_employees_per_reporter };
        let result = publish(&schema, Thresholds::DEFAULT, turnout, &totals);
        assert_eq!(check_published(&schema, Thresholds::DEFAULT, turnout, &result), Ok(()));
        let all = publish(&schema, Thresholds::DEFAULT, SIX, &totals);
        let raised = check_published(&schema, Thresholds::DEFAULT, turnout, &all);
        let shown = hidden(&result).contains(&false);
        assert_eq!(raised, if shown { Ok(()) } else { Err(PublishedFault::TooLittleRoom) });
        shown
    };
    // Six women of a rank, and six men whom a margin shows to be of six reporters: ten others at most.
    assert!(published(11, 1000));
    assert!(!published(12, 1000));
    // 47 are released, and for five others 20 places more have to be open, so that one of them has five.
    assert!(published(6, 14));
    assert!(!published(6, 13));
    assert!(!published(0, 1000));
    assert!(!published(u32::MAX, u32::MAX));
}

#[test]
fn a_check_finds_what_would_give_a_cell_away() {
    let schema = schema(vec![vec![0, 1]], vec![vec![0]]);
    let totals = totals(&schema, &people([[12, 3], [60, 60]]));
    let good = publish(&schema, Thresholds::DEFAULT, SIX, &totals);
    let check = |change: &dyn Fn(&mut Vec<Figure<statistics::ReleasedCell>>)| {
        let mut slots = good.slots();
        change(&mut slots);
        check_published(&schema, Thresholds::DEFAULT, SIX, &recompute(&schema, &slots))
    };
    assert_eq!(check(&|_| {}), Ok(()));
    // The margin of women beside the released cell of women.
    let margin = publish(&schema, Thresholds::DEFAULT, SIX, &{
        let mut all = totals.clone();
        all[1] = CellTotals { cell: 1, ..all[0].clone() };
        all
    });
    let released = margin.slots()[4].clone();
    assert_eq!(check(&|slots| slots[4] = released.clone()), Err(PublishedFault::Unprotected { cell: 4 }));
    let needless = Figure::Suppressed(TooFew);
    assert_eq!(check(&|slots| slots[5] = needless.clone()), Err(PublishedFault::Unprotected { cell: 5 }));
    let changed = |change: &dyn Fn(&mut statistics::ReleasedCell)| {
        check(&|slots| {
            if let Figure::Released(cell) = &mut slots[5] {
                change(cell);
            }
        })
    };
    assert_eq!(changed(&|cell| cell.employees += 1), Err(PublishedFault::WrongSum { cell: 5 }));
    let sum = |cell: &mut statistics::ReleasedCell| cell.measures[0].sum_minor = Some(1);
    assert_eq!(changed(&sum), Err(PublishedFault::WrongSum { cell: 5 }));
    assert_eq!(changed(&|cell| cell.measures[0].receiving = None), Err(PublishedFault::WrongCells));
    let split = |cell: &mut statistics::ReleasedCell| cell.measures[0].bands[0].high_minor -= 1;
    assert_eq!(changed(&split), Err(PublishedFault::WrongBands { cell: 5 }));
    let moved = |cell: &mut statistics::ReleasedCell| cell.measures[0].bands[0].employees += 1;
    assert_eq!(changed(&moved), Err(PublishedFault::WrongBands { cell: 5 }));
    // A margin shows what its cells have in common, and nobody chooses what of it.
    assert_eq!(changed(&|cell| cell.measures[0].bands.clear()), Err(PublishedFault::WrongBands { cell: 5 }));
}

/// Makes one band of the first two of a cell.
fn join_first_bands(slots: &mut [Figure<statistics::ReleasedCell>], cell: usize) {
    let Figure::Released(cell) = &mut slots[cell] else { panic!("nobody is suppressed") };
    let bands = &mut cell.measures[0].bands;
    let first = bands.remove(0);
    bands[0].low_minor = first.low_minor;
    bands[0].employees += first.employees;
}

#[test]
fn bands_of_companions_are_cut_alike() {
    let everybody = people([[60, 60], [60, 60]]);
    let joined = |tables| {
        let schema = schema(tables, vec![]);
        let mut slots = publish(&schema, Thresholds::DEFAULT, SIX, &totals(&schema, &everybody)).slots();
        assert_eq!(check_published(&schema, Thresholds::DEFAULT, SIX, &recompute(&schema, &slots)), Ok(()));
        join_first_bands(&mut slots, 1);
        check_published(&schema, Thresholds::DEFAULT, SIX, &recompute(&schema, &slots))
    };
    assert_eq!(joined(vec![vec![0, 1]]), Ok(()), "of a cell that nothing else adds up to less may be shown");
    // The women of a rank are those of both units less those of the other rank, in every band.
    assert_eq!(joined(vec![vec![0, 1], vec![0, 2]]), Err(PublishedFault::WrongBands { cell: 0 }));
}

#[test]
fn one_band_alone_is_not_shown() {
    let schema = schema(vec![vec![0, 1]], vec![vec![0]]);
    let result = publish(&schema, Thresholds::DEFAULT, SIX, &totals(&schema, &people([[60, 15], [60, 60]])));
    assert!(!hidden(&result).contains(&true));
    let mut slots = result.slots();
    let bands = |cell: usize| slots[cell].released().unwrap().measures[0].bands.len();
    assert!(bands(0) > 1 && bands(5) > 1);
    // Fifteen are not two bands of ten, so they have none, and neither has the margin over them.
    assert_eq!((bands(1), bands(4)), (0, 0));
    assert_eq!(check_published(&schema, Thresholds::DEFAULT, SIX, &result), Ok(()));
    let Figure::Released(cell) = &mut slots[1] else { panic!("nobody is suppressed") };
    cell.measures[0].bands = vec![statistics::Band { low_minor: 0, high_minor: 999, employees: 15 }];
    let fault = check_published(&schema, Thresholds::DEFAULT, SIX, &recompute(&schema, &slots));
    assert_eq!(fault, Err(PublishedFault::WrongBands { cell: 1 }));
}

#[test]
fn bands_go_upwards_and_none_is_shown_twice() {
    let schema = schema(vec![vec![0]], vec![]);
    let good =
        publish(&schema, Thresholds::DEFAULT, SIX, &totals(&schema, &people([[100, 100], [100, 100]])));
    let mut slots = good.slots();
    assert_eq!(check_published(&schema, Thresholds::DEFAULT, SIX, &recompute(&schema, &slots)), Ok(()));
    let Figure::Released(cell) = &mut slots[0] else { panic!("nobody is suppressed") };
    let bands = &mut cell.measures[0].bands;
    // After the second band back to its beginning, and the same band once more: no hole, enough in each, and the
    // quartiles wherever one likes. Claims about bands look at the first of that name alone.
    let back =
        statistics::Band { low_minor: bands[2].low_minor, high_minor: bands[0].high_minor, employees: 1000 };
    let again = bands[1];
    bands.splice(2..2, [back, again]);
    let fault = check_published(&schema, Thresholds::DEFAULT, SIX, &recompute(&schema, &slots));
    assert_eq!(fault, Err(PublishedFault::WrongBands { cell: 0 }));
}

proptest! {
    /// No sum or difference of released counts, of cells or of bands, is that of a few people.
    #[test]
    fn nothing_small_follows_from_sums_and_differences(
        people in prop::collection::vec(((0usize..2, 0usize..2, 0usize..2), 0u64..1000), 0..160),
        two_tables: bool,
    ) {
        let bases = if two_tables { vec![vec![0, 1], vec![0, 2]] } else { vec![vec![0, 1, 2]] };
        let schema = schema(bases, vec![vec![0], vec![]]);
        let people: Vec<_> = people.into_iter().map(|((a, b, c), pay)| ([a, b, c], pay)).collect();
        let result = publish(&schema, Thresholds::DEFAULT, SIX, &totals(&schema, &people));
        prop_assert_eq!(check_published(&schema, Thresholds::DEFAULT, SIX, &result), Ok(()));
        for cell in &result.cells {
            let parts = schema.parts_of(cell.cell);
            let Figure::Released(figures) = &cell.figures else { continue };
            prop_assert!(parts.iter().all(|part| result.cells[*part].figures.reason().is_none()));
            let bands = &figures.slots.measures[0].bands;
            prop_assert!(bands.iter().all(|band| band.employees >= 10));
            // Every bound of a margin is one of each of its cells: differences of bands are sums of bands.
            let bounds = |cell: usize| {
                let Figure::Released(figures) = &result.cells[cell].figures else { unreachable!() };
                figures.slots.measures[0].bands.iter().map(|band| band.high_minor).collect::<Vec<_>>()
            };
            for part in parts {
                prop_assert!(bands.iter().all(|band| bounds(part).contains(&band.high_minor)));
            }
        }
    }
}
