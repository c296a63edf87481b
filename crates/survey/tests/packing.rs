//! Packing: whatever reporters within their limits send, no slot reaches into another.
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "tests fail loudly, and so do their helpers"
)]

mod schemas;

use proptest::prelude::*;
use schemas::{any_capacity, any_people, any_schema};
use survey::{Amount, Capacity, CellTotals, Granularity, Layout, Limb, Record, Schema, SlotKind, extract};

/// number · factor, as the product of so many ciphertexts opens; `None` if it grows beyond its bytes.
fn times(number_be: &[u8], factor: u64) -> Option<Vec<u8>> {
    let mut product = number_be.to_vec();
    let mut carry = 0u64;
    for byte in product.iter_mut().rev() {
        let sum = u64::from(*byte) * factor + carry;
        *byte = (sum & 0xff) as u8;
        carry = sum >> 8;
    }
    (carry == 0).then_some(product)
}

fn plus(one: &[u8], other: &[u8]) -> Vec<u8> {
    let mut sum = one.to_vec();
    let mut carry = 0u16;
    for (byte, other) in sum.iter_mut().rev().zip(other.iter().rev()) {
        let digit = u16::from(*byte) + u16::from(*other) + carry;
        *byte = (digit & 0xff) as u8;
        carry = digit >> 8;
    }
    assert_eq!(carry, 0, "the sum fits into a block");
    sum
}

/// Opens `products`, one list of blocks per group, as the computation server does.
fn opened(layout: &Layout, products: &[Vec<Vec<u8>>]) -> Vec<i128> {
    let mut values = Vec::new();
    for (group, blocks) in layout.groups().iter().zip(products) {
        let biased: Vec<Vec<u8>> = blocks
            .iter()
            .enumerate()
            .map(|(block, sum)| plus(sum, &group.bias(block, layout.block_bytes())))
            .collect();
        values.extend(layout.unpack(group, &biased).unwrap());
    }
    values
}

/// The sums over all entries of a submission, block by block.
fn products(layout: &Layout, records: &[Record]) -> (Vec<Vec<Vec<u8>>>, Vec<u64>) {
    let (groups, sums) = layout.entries(records).unwrap();
    let zero = vec![0; layout.block_bytes()];
    let of = |(group, laid): (&survey::GroupEntries, &survey::GroupLayout)| {
        assert!(layout.takes_len(laid, group.entries.len()));
        let block = |at: usize| group.entries.iter().fold(zero.clone(), |sum, e| plus(&sum, &e.blocks()[at]));
        (0..laid.blocks).map(block).collect()
    };
    (groups.iter().zip(layout.groups()).map(of).collect(), sums.to_vec())
}

/// The largest totals that the limits allow a reporter, in every number at once: more than any honest
/// reporter could send.
fn fullest(schema: &Schema, capacity: Capacity) -> Vec<CellTotals> {
    let employees = i128::from(capacity.max_employees_per_reporter());
    let mut totals = schema.no_totals();
    for total in &mut totals {
        (total.reporters, total.employees) = (1, employees);
        for (own, measure) in total.measures.iter_mut().zip(schema.measures()) {
            let most = i128::from(measure.hard().max_minor());
            own.sum_minor = own.sum_minor.map(|_| employees * most);
            own.squares = own.squares.map(|_| employees * most * most);
            own.receiving = own.receiving.map(|_| employees);
            own.bands.iter_mut().for_each(|band| *band = employees);
        }
    }
    totals
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// The invariant of a layout, over random schemas.
    #[test]
    fn every_accepted_layout_holds_its_largest_total(
        schema in any_schema(), capacity in any_capacity(),
        usable in prop::sample::select(vec![2046u32, 3070, 4094]),
    ) {
        if let Ok(layout) = Layout::new(&schema, capacity, usable) {
            let mut indices = 0..;
            for group in layout.groups() {
                for slot in &group.slots {
                    prop_assert_eq!(indices.next(), Some(slot.index), "canonical order");
                    prop_assert!(slot.value_bits <= Layout::MAX_VALUE_BITS);
                    let largest = 1u128 << slot.value_bits;
                    prop_assert!(largest * u128::from(capacity.max_reporters()) < 1 << (slot.width - 1));
                    prop_assert!(slot.offset + slot.width <= usable && slot.block < group.blocks);
                }
                for pair in group.slots.windows(2) {
                    let apart = pair[0].block < pair[1].block
                        || pair[0].block == pair[1].block && pair[0].offset + pair[0].width <= pair[1].offset;
                    prop_assert!(apart, "slots overlap");
                }
            }
        }
    }

    /// Full capacity: as many reporters as may be, each with the largest number in every slot.
    #[test]
    fn a_full_survey_of_totals_opens_exactly(schema in any_schema(), capacity in any_capacity()) {
        let capacity = Capacity::new(
            Granularity::Totals, capacity.max_reporters(), capacity.max_employees_per_reporter(),
        ).unwrap();
        if let Ok(layout) = Layout::new(&schema, capacity, 3070) {
            let largest = fullest(&schema, capacity);
            let (groups, sums) = layout.entry_of_totals(&largest).unwrap();
            let blocks = groups[0].entries[0].blocks();
            let reporters = u64::from(capacity.max_reporters());
            let product: Vec<Vec<u8>> = blocks.iter().map(|b| times(b, reporters).unwrap()).collect();
            let values = opened(&layout, &[product]);
            let expected: Vec<i128> = sums.iter().map(|v| i128::from(*v) * i128::from(reporters)).collect();
            prop_assert_eq!(&values, &expected);
            for (total, one) in layout.cell_totals(&values).unwrap().iter().zip(&largest) {
                prop_assert_eq!(total.reporters, i128::from(reporters));
                if schema.parts_of(total.cell) == [total.cell] {
                    prop_assert_eq!(total.employees, one.employees * i128::from(reporters));
                    for (total, one) in total.measures.iter().zip(&one.measures) {
                        prop_assert_eq!(total.squares, one.squares.map(|s| s * i128::from(reporters)));
                        prop_assert_eq!(total.sum_minor, one.sum_minor.map(|s| s * i128::from(reporters)));
                    }
                }
            }
        }
    }

    /// Full capacity, row by row: every reporter has as many employees as may be, all with the largest
    /// amount, in one cell.
    #[test]
    fn a_full_survey_of_records_opens_exactly(
        schema in any_schema(), reporters in 3u32..=65_536, employees in 1u32..=40,
    ) {
        let capacity = Capacity::new(Granularity::Records, reporters, employees).unwrap();
        let most: Vec<Amount> =
            schema.entered().map(|(_, m)| Amount::from_minor(m.hard().max_minor())).collect();
        let categories = vec![0; schema.dimensions().len()];
        let record = Record::of(&schema, &categories, &most);
        if let (Ok(layout), Some(record)) = (Layout::new(&schema, capacity, 3070), record) {
            let (products, sums) = products(&layout, &vec![record; employees as usize]);
            let product: Vec<Vec<Vec<u8>>> = products
                .iter()
                .map(|blocks| blocks.iter().map(|b| times(b, reporters.into()).unwrap()).collect())
                .collect();
            let expected: Vec<i128> = sums.iter().map(|v| i128::from(*v) * i128::from(reporters)).collect();
            prop_assert_eq!(opened(&layout, &product), expected);
        }
    }

    /// Both granularities say what adding up in the clear says.
    #[test]
    fn records_and_totals_open_to_the_same_plain_totals((schema, people) in any_people()) {
        let plain = schema.add_up(&people);
        for granularity in [Granularity::Records, Granularity::Totals] {
            let capacity = Capacity::new(granularity, 5, 40).unwrap();
            let Ok(layout) = Layout::new(&schema, capacity, 3070) else { continue };
            let (products, sums) = products(&layout, &people);
            let values = opened(&layout, &products);
            prop_assert_eq!(&values, &sums.iter().map(|v| i128::from(*v)).collect::<Vec<_>>());
            prop_assert_eq!(layout.cell_totals(&values).unwrap(), plain.to_vec());
        }
    }
}

#[test]
fn only_the_indicator_entry_carries_indicators() {
    let schema = schemas::fixed();
    let capacity = Capacity::new(Granularity::Records, 5, 40).unwrap();
    let layout = Layout::new(&schema, capacity, 2046).unwrap();
    let people = [Record::of(&schema, &[0, 1], &[Amount::from_minor(7)]).unwrap(); 3];
    let (groups, _) = layout.entries(&people).unwrap();
    let claims = |group: usize| {
        let slots: Vec<_> =
            layout.groups()[group].slots.iter().filter(|s| s.kind == SlotKind::Reporters).collect();
        let entries = groups[group].entries.iter();
        let claim = |e: &survey::Entry| {
            slots.iter().filter(|s| extract(&e.blocks()[s.block], s.offset, s.width) == 1).count()
        };
        entries.map(claim).filter(|claims| *claims > 0).collect::<Vec<_>>()
    };
    // The cell and the margin of men; nothing of women; the margin over everybody.
    assert_eq!([claims(0), claims(1), claims(2)], [vec![], vec![2], vec![1]]);
    assert!(layout.slots().all(|slot| slot.limb == Limb::Whole));
}
