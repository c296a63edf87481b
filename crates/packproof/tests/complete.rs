//! What is true is proven and accepted, for surveys of many shapes.

mod common;

use common::{FULL, FULL_VALUES, Submission, bounded, rng, setting, shape};
use packproof::{Form, Range, SlotKind};
use proptest::prelude::*;

#[test]
fn a_survey_with_everything_is_proven() {
    let submission = Submission::new(&FULL, &FULL_VALUES, 3, &mut rng(1));
    let proof = FULL.prove(&submission.statement(), &submission.witness(), &mut rng(2)).unwrap();
    assert_eq!(proof.as_bytes().len(), FULL.proof_bytes(3));
    assert_eq!(FULL.verify(&submission.statement(), proof.as_bytes()), Ok(()));
}

/// Kinds of slots with honest values for them.
fn slots() -> impl Strategy<Value = Vec<(SlotKind, u64)>> {
    let slot = prop_oneof![
        1 => (0u64..2).prop_map(|value| (SlotKind::Indicator, value)),
        2 => (prop::sample::select(vec![1u32, 3, 20, 40]), any::<u64>(), 0u32..3).prop_map(|(bits, any, end)| {
            let largest = (1 << bits) - 1;
            (bounded(bits), match end { 0 => 0, 1 => largest, _ => any & largest })
        }),
    ];
    prop::collection::vec(slot, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_honest_submission_is_accepted(
        slots in slots(), per_block in 1usize..8, entries in 1u32..4, seed: u64,
        coefficient in -5i64..6, exact in any::<bool>(),
    ) {
        let (kinds, values): (Vec<_>, Vec<u64>) = slots.into_iter().unzip();
        // A fact over the first two slots, with the constant that makes it true.
        let mut terms = vec![(0, 3), (1, coefficient)];
        terms.retain(|&(slot, factor)| slot < kinds.len() as u32 && factor != 0);
        let sum: i128 = terms.iter().map(|&(slot, c)| i128::from(values[slot as usize]) * i128::from(c)).sum();
        let facts = i64::try_from(-sum).map(|constant| Form::new(terms, constant)).into_iter().collect();
        // The last slot exactly, its own value being the limit.
        let last = values.len() - 1;
        let largest = i64::try_from(values[last]).unwrap().max(1);
        let ranges = if exact { vec![Range::exact(last as u32, largest)] } else { vec![] };

        let setting = setting(shape(&kinds, per_block, facts, ranges));
        let mut rng = rng(seed);
        let submission = Submission::new(&setting, &values, entries, &mut rng);
        let proof = setting.prove(&submission.statement(), &submission.witness(), &mut rng).unwrap();
        prop_assert_eq!(setting.verify(&submission.statement(), proof.as_bytes()), Ok(()));
    }
}

#[test]
fn the_ends_of_every_range_are_within() {
    let kinds = [SlotKind::Indicator, bounded(40), bounded(8)];
    let between = |least, most| Range::between(&[(1, 1)], 0, least, most);
    let setting = setting(shape(&kinds, 3, vec![], vec![between(5, 1 << 39), Range::exact(2, 200)]));
    for values in [[1, 5, 0], [1, 1 << 39, 200], [0, 0, 1], [1, 77, 199]] {
        let submission = Submission::new(&setting, &values, 1, &mut rng(3));
        let proof = setting.prove(&submission.statement(), &submission.witness(), &mut rng(4)).unwrap();
        assert_eq!(setting.verify(&submission.statement(), proof.as_bytes()), Ok(()), "{values:?}");
    }
}
