//! What submissions prove follows from the manifest, holds of every honest reporter, and of no dishonest one.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests fail loudly, and so do their helpers"
)]

#[path = "../../survey/tests/schemas/mod.rs"]
mod schemas;

use packproof::{Form, Shape, SlotKind};
use paillier::KeyBits;
use proptest::prelude::*;
use protocol::{most_entries, proof_shape};
use schemas::{any_capacity, any_people, any_schema, fixed};
use survey::{Capacity, Granularity, Layout, Schema};

const BITS: KeyBits = KeyBits::B3072;

fn layout(schema: &Schema, capacity: Capacity) -> Option<Layout> {
    Layout::new(schema, capacity, BITS.usable_bits()).ok()
}

fn value(form: &Form, values: &[i128]) -> i128 {
    let terms = form.terms().iter();
    terms.map(|(slot, factor)| values[*slot as usize] * i128::from(*factor)).sum::<i128>()
        + i128::from(form.constant_term())
}

fn holds(shape: &Shape, values: &[i128]) -> bool {
    let fits = |(slot, value): (&packproof::Slot, &i128)| match slot.kind {
        SlotKind::Indicator => (0..=1).contains(value),
        SlotKind::Bounded { bits } => (0..1 << bits).contains(value),
    };
    shape.slots().iter().zip(values).all(fits)
        && shape.facts().iter().all(|fact| value(fact, values) == 0)
        && shape
            .ranges()
            .iter()
            .all(|range| value(range.low(), values) >= 0 && value(range.high(), values) >= 0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_layout_has_a_shape_at_its_own_places(schema in any_schema(), capacity in any_capacity()) {
        let Some(layout) = layout(&schema, capacity) else { return Ok(()) };
        let shape = proof_shape(&layout, BITS).unwrap();
        let blocks: usize = layout.groups().iter().map(|group| group.blocks).sum();
        prop_assert_eq!(shape.blocks() as usize, blocks);
        prop_assert_eq!(shape.slots().len(), layout.slot_count());
        let mut first = 0;
        for group in layout.groups() {
            for slot in &group.slots {
                let proven = shape.slots()[slot.index as usize];
                prop_assert_eq!((proven.block as usize, proven.offset), (first + slot.block, slot.offset));
                prop_assert_eq!(proven.kind.bits(), slot.value_bits);
            }
            first += group.blocks;
        }
        prop_assert!(shape.slots().len() + 3 * shape.ranges().len() <= 5_000 || shape.ranges().is_empty());
    }

    #[test]
    fn what_is_proven_holds_of_everybody_honest((schema, people) in any_people(), totals: bool) {
        let granularity = if totals { Granularity::Totals } else { Granularity::Records };
        let capacity = Capacity::new(granularity, 100, 40).unwrap();
        let Some(layout) = layout(&schema, capacity) else { return Ok(()) };
        let shape = proof_shape(&layout, BITS).unwrap();
        let (_, sums) = layout.entries(&people).unwrap();
        let sums: Vec<i128> = sums.iter().map(|sum| i128::from(*sum)).collect();
        prop_assert!(holds(&shape, &sums));
    }

    /// Rank by sex with both margins: 6 cells of three slots, then 2 + 1 margins of one, in one group.
    #[test]
    fn presence_and_sums_are_exact(
        cells in prop::collection::vec((0i128..=1, 0i128..=3, 0i128..4_000), 6),
        margins in prop::collection::vec(0i128..=1, 3),
    ) {
        let capacity = Capacity::new(Granularity::Totals, 100, 3).unwrap();
        let layout = layout(&fixed(), capacity).unwrap();
        let shape = proof_shape(&layout, BITS).unwrap();
        let values: Vec<i128> =
            cells.iter().flat_map(|&(r, n, sum)| [r, n, sum]).chain(margins.iter().copied()).collect();
        prop_assert_eq!(values.len(), shape.slots().len());
        let honest = cells.iter().all(|&(r, n, sum)| r == i128::from(n > 0) && sum <= 1000 * n);
        let present = |of: &dyn Fn(usize) -> bool| {
            i128::from(cells.iter().enumerate().any(|(at, cell)| of(at) && cell.0 == 1))
        };
        let expected = [present(&|at| at % 2 == 0), present(&|at| at % 2 == 1), present(&|_| true)];
        prop_assert_eq!(holds(&shape, &values), honest && margins == expected);
    }
}

/// A schema with so many bands; everything else is little.
fn banded(bands: u64) -> Schema {
    let mut parts = fixed().parts().clone();
    let limits = survey::Limits::new(0, 1_000_000).unwrap();
    let statistics = survey::Statistics { bands: (1..bands).collect(), ..survey::Statistics::mean() };
    let measure = &parts.measures[0];
    let measure = survey::Measure::new(measure.name().clone(), measure.unit().clone(), 2, limits, limits);
    parts.measures = vec![measure.unwrap().with(statistics).unwrap()];
    Schema::declare(parts).unwrap()
}

#[test]
fn ranges_are_left_out_before_proofs_get_too_long() {
    let capacity = Capacity::new(Granularity::Totals, 1_000, 10_000).unwrap();
    // 6 cells of 3 + bands slots, 3 margins; ranges: 9 of presence, 12 of sums.
    for (bands, ranges) in [(2, 21), (818, 21), (819, 21), (820, 9), (824, 9), (825, 9), (826, 0), (900, 0)] {
        let layout = layout(&banded(bands), capacity).unwrap();
        let shape = proof_shape(&layout, BITS).unwrap();
        let slots = 6 * (3 + usize::try_from(bands).unwrap()) + 3;
        assert_eq!(shape.slots().len(), slots);
        assert_eq!(shape.ranges().len(), ranges, "{bands} bands");
        assert_eq!(shape.facts().len(), 6);
        assert!(shape.proof_bytes(most_entries(&layout)) <= 200_000, "{bands} bands");
    }
}

#[test]
fn products_have_as_many_factors_as_the_longest_list() {
    let of = |granularity| layout(&fixed(), Capacity::new(granularity, 10, 300).unwrap()).unwrap();
    assert_eq!(most_entries(&of(Granularity::Totals)), 1);
    assert_eq!(most_entries(&of(Granularity::Records)), 512);
}
