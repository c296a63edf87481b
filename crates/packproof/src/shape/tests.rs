//! Rules of shapes, each with a breach.

use alloc::vec;
use alloc::vec::Vec;
use paillier::KeyBits;
use proptest::prelude::*;

use super::*;

const fn bounded(block: u32, offset: u32, bits: u32) -> Slot {
    Slot { block, offset, kind: SlotKind::Bounded { bits } }
}

const INDICATOR: Slot = Slot { block: 0, offset: 0, kind: SlotKind::Indicator };

/// An indicator, employees, a sum.
fn slots() -> Vec<Slot> {
    vec![INDICATOR, bounded(0, 30, 10), bounded(0, 70, 30)]
}

fn refused(slots: Vec<Slot>, facts: Vec<Form>, ranges: Vec<Range>) -> Option<ShapeRefusal> {
    Shape::new(KeyBits::B2048, 1, slots, facts, ranges).err()
}

fn with_ranges(ranges: Vec<Range>) -> Option<ShapeRefusal> {
    refused(slots(), vec![], ranges)
}

#[test]
fn slots_have_a_place_and_bits() {
    assert_eq!(refused(vec![], vec![], vec![]), Some(ShapeRefusal::Count));
    assert_eq!(Shape::new(KeyBits::B2048, 0, slots(), vec![], vec![]).err(), Some(ShapeRefusal::Count));
    assert_eq!(refused(vec![INDICATOR; 65_537], vec![], vec![]), Some(ShapeRefusal::Count));
    assert_eq!(refused(vec![bounded(1, 0, 5)], vec![], vec![]), Some(ShapeRefusal::Place));
    assert_eq!(refused(vec![bounded(0, 2042, 5)], vec![], vec![]), Some(ShapeRefusal::Place));
    assert_eq!(refused(vec![bounded(0, u32::MAX, 5)], vec![], vec![]), Some(ShapeRefusal::Place));
    assert_eq!(refused(vec![bounded(0, 2041, 5)], vec![], vec![]), None);
    assert_eq!(refused(vec![bounded(0, 0, 0)], vec![], vec![]), Some(ShapeRefusal::Bits));
    assert_eq!(refused(vec![bounded(0, 0, 41)], vec![], vec![]), Some(ShapeRefusal::Bits));
}

#[test]
fn forms_name_existing_slots_once() {
    for terms in [vec![(3, 1)], vec![(1, 1), (1, 2)], vec![(1, 0)]] {
        assert_eq!(refused(slots(), vec![Form::new(terms, 0)], vec![]), Some(ShapeRefusal::Form));
    }
    let many = Form::new((0..1000).map(|slot| (slot, 1)).collect(), 0);
    let wide = vec![INDICATOR; 1000];
    assert_eq!(refused(wide, vec![many; 1049], vec![]), Some(ShapeRefusal::Form));
}

#[test]
fn a_range_whose_sides_may_both_be_negative_is_refused() {
    // Employees are only bounded: −1 of them with a sum of −5 would give two negative sides.
    let between = || Range::between(&[(2, 1)], 1, 1, 100);
    assert_eq!(with_ranges(vec![between()]), Some(ShapeRefusal::Unfounded));
    assert_eq!(with_ranges(vec![between(), Range::exact(1, 1000)]), None);
    // An indicator is exact by itself.
    assert_eq!(with_ranges(vec![Range::between(&[(2, 1)], 0, 1, 100)]), None);
    // A negative sum of both sides.
    assert_eq!(with_ranges(vec![Range::between(&[(2, 1)], 0, 100, 1)]), Some(ShapeRefusal::Unfounded));
    let negative = Range::new(Form::slot(1), Form::new(vec![(1, -1)], -1));
    assert_eq!(with_ranges(vec![negative]), Some(ShapeRefusal::Unfounded));
    // v and N + v: the other way round v would be free.
    let open = Range::new(Form::slot(1), Form::new(vec![(1, 1)], 5));
    assert_eq!(with_ranges(vec![open]), Some(ShapeRefusal::Unfounded));
}

#[test]
fn an_empty_or_too_wide_range_is_refused() {
    assert_eq!(with_ranges(vec![Range::exact(1, 0)]), Some(ShapeRefusal::Width));
    assert_eq!(with_ranges(vec![Range::exact(2, 1 << 62)]), Some(ShapeRefusal::Width));
    assert_eq!(with_ranges(vec![Range::exact(2, (1 << 62) - 1)]), None);
    // Both sides together are 1, yet each may be 2^63 times what three hundred slots hold.
    let steep = |factor: i64| Form::new((0..300).map(|slot| (slot, factor)).collect(), i64::from(factor < 0));
    let forty = vec![bounded(0, 70, 40); 300];
    let ranges = |factor: i64| vec![Range::new(steep(factor), steep(-factor))];
    assert_eq!(refused(forty.clone(), vec![], ranges(i64::MAX)), Some(ShapeRefusal::Width));
    assert_eq!(refused(forty, vec![], ranges(1)), None);
}

#[test]
fn what_differs_has_another_digest() {
    let new = |slots, facts, ranges| Shape::new(KeyBits::B2048, 1, slots, facts, ranges).unwrap().digest;
    let fact = |constant| vec![Form::new(vec![(1, 1)], constant)];
    let all = [
        new(slots(), vec![], vec![]),
        new(vec![INDICATOR, bounded(0, 30, 10), bounded(0, 71, 30)], vec![], vec![]),
        new(vec![INDICATOR, bounded(0, 30, 10), bounded(0, 70, 31)], vec![], vec![]),
        new(vec![INDICATOR, bounded(0, 30, 1), bounded(0, 70, 30)], vec![], vec![]),
        new(vec![INDICATOR, INDICATOR, bounded(0, 70, 30)], vec![], vec![]),
        new(slots(), fact(0), vec![]),
        new(slots(), fact(1), vec![]),
        new(slots(), vec![], vec![Range::exact(1, 5)]),
        new(slots(), vec![], vec![Range::exact(1, 6)]),
    ];
    for (at, one) in all.iter().enumerate() {
        assert!(!all[at + 1..].contains(one), "{at}");
    }
}

proptest! {
    /// What the rule of `docs/PROOF.md` §1 is for: X·Y ≥ 0 and a founded range give X ≥ 0 and Y ≥ 0, whatever
    /// a cheat commits to elsewhere.
    #[test]
    fn a_founded_range_with_a_product_not_negative_has_no_negative_side(
        low in prop::collection::vec((0u32..3, -9i64..9), 0..3), low_constant in -9i64..9,
        high in prop::collection::vec((0u32..3, -9i64..9), 0..3), high_constant in -9i64..9,
        indicator in 0i128..2, employees in 0i128..9, sum in -999i128..999,
    ) {
        let without_doubles = |mut terms: Vec<(u32, i64)>| {
            terms.sort_unstable();
            terms.dedup_by_key(|term| term.0);
            terms.retain(|term| term.1 != 0);
            terms
        };
        let range = Range::new(
            Form::new(without_doubles(low), low_constant),
            Form::new(without_doubles(high), high_constant),
        );
        // Employees have an exact range, the sum has none.
        if with_ranges(vec![range.clone(), Range::exact(1, 8)]).is_none() {
            let values = [indicator, employees, sum];
            let (x, y) = (range.low.of_integers(&values).unwrap(), range.high.of_integers(&values).unwrap());
            prop_assert!(x * y < 0 || (x >= 0 && y >= 0), "{x} {y}");
        }
    }
}
