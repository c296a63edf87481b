//! Every figure against its formula in plain integers, and totals that nobody honest sent.

use proptest::prelude::*;
use statistics::{
    Figure, Level, ReleasedCell, ReleasedMeasure, Turnout, cents_per_unit, check_published, gap_percent,
    mean, publish, recompute,
};
use survey::{CellTotals, Dimension, Label, Limits, Measure, Schema, Thresholds};

fn schema() -> Option<Schema> {
    let label = |text| Label::parse(text).ok();
    let limits = Limits::new(0, Limits::MAX_MINOR).ok()?;
    let measure = Measure::new(label("pay")?, label("EUR")?, 2, limits, limits).ok()?;
    let sex = Dimension::new(label("sex")?, vec![label("women")?, label("men")?]).ok()?;
    Schema::new(sex, 1, measure).ok()
}

/// `numer / denom` to the nearest integer, half away from zero; `denom` above zero.
const fn nearest(numer: i128, denom: i128) -> i128 {
    numer.signum() * ((2 * numer.abs() + denom) / (2 * denom))
}

fn level() -> impl Strategy<Value = Level> {
    let fields = (10i128..1 << 20, 1i128..1 << 60);
    fields.prop_map(|(employees, sum_minor)| Level { employees, sum_minor })
}

proptest! {
    #[test]
    fn figures_follow_their_formulas(reference in level(), group in level()) {
        let schema = schema().unwrap();
        let expected_mean = nearest(group.sum_minor, group.employees);
        prop_assert_eq!(mean(schema.measure(), &group).unwrap().value(), expected_mean);
        // Both means over the product of both numbers of employees.
        let (of_reference, of_group) =
            (reference.sum_minor * group.employees, group.sum_minor * reference.employees);
        let percent = nearest((of_reference - of_group) * 10_000, of_reference);
        prop_assert_eq!(gap_percent(&reference, &group).unwrap().value(), percent);
        let cents = nearest(of_group * 10_000, of_reference);
        prop_assert_eq!(cents_per_unit(&reference, &group).unwrap().value(), cents);
    }

    #[test]
    fn any_totals_give_a_result_that_passes_its_check(
        cells in proptest::collection::vec((0usize..3, any::<i128>(), any::<i128>(), any::<i128>()), 0..4),
        small: bool,
        turnout in (any::<u32>(), any::<u32>()),
    ) {
        let schema = schema().unwrap();
        let (counted, max_employees_per_reporter) = if small { (turnout.0 % 32, 64) } else { turnout };
        let turnout = Turnout { counted, max_employees_per_reporter };
        let shrink = |value: i128| if small { value % 64 } else { value };
        let total = |(cell, reporters, employees, sum)| {
            CellTotals::of_sum(cell, shrink(reporters), shrink(employees), shrink(sum))
        };
        let totals: Vec<CellTotals> = cells.into_iter().map(total).collect();
        let published = publish(&schema, Thresholds::DEFAULT, turnout, &totals);
        prop_assert_eq!(check_published(&schema, Thresholds::DEFAULT, turnout, &published), Ok(()));
        for cell in &published.cells {
            if let Figure::Released(figures) = &cell.figures {
                prop_assert!(figures.slots.reporters >= 5 && figures.slots.employees >= 10);
            }
        }
    }

    #[test]
    fn any_claimed_slots_are_recomputed_without_panic(
        claims in proptest::collection::vec((any::<i128>(), any::<i128>(), any::<i128>()), 0..3),
    ) {
        let schema = schema().unwrap();
        let slots = |(reporters, employees, sum_minor)| {
            let measure = ReleasedMeasure { sum_minor: Some(sum_minor), ..ReleasedMeasure::default() };
            ReleasedCell { reporters, employees, measures: vec![measure] }
        };
        let cells: Vec<_> = claims.into_iter().map(|claim| Figure::Released(slots(claim))).collect();
        prop_assert_eq!(recompute(&schema, &cells).cells.len(), 2);
    }
}
