//! Honest proofs are accepted, lies are refused by name.

use alloc::vec;
use alloc::vec::Vec;
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::*;
use crate::{Generators, Point, Share, Shares};

const FINGERPRINT: [u8; 32] = [9; 32];
const SET: [u8; 32] = [3; 32];

/// A survey that has been opened: three reporters, six slots.
struct Opened {
    generators: Generators,
    commitments: Vec<Point>,
    totals: Vec<i128>,
    opening: Share,
}

fn opened() -> Opened {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let generators = Generators::derive(&FINGERPRINT, 6);
    let rows: [[u64; 6]; 3] = [[1, 10, 500, 1, 7, 300], [1, 20, 900, 0, 0, 0], [1, 5, 100, 1, 2, 50]];
    let shares: Vec<Shares> = rows.iter().map(|_| Shares::generate(&mut rng)).collect();
    let commit = |(row, shares): (&[u64; 6], &Shares)| generators.commit(row, shares).unwrap();
    Opened {
        commitments: rows.iter().zip(&shares).map(commit).collect(),
        totals: (0..6).map(|j| rows.iter().map(|row| i128::from(row[j])).sum()).collect(),
        opening: Share::sum(shares.iter().flat_map(|one| [&one.data, &one.computation])),
        generators,
    }
}

/// The first cell is published, the second is not; its sum, in two limbs, counts in a margin.
const PUBLISHED: [(u32, i128); 3] = [(0, 3), (1, 35), (2, 1500)];

fn margins() -> Vec<Margin> {
    vec![
        Margin { terms: vec![(4, 1)], target: 9 },
        Margin { terms: vec![(3, 1), (5, 1 << 40)], target: 2 + (350 << 40) },
    ]
}

impl Opened {
    fn statement<'a>(&'a self, published: &'a [(u32, i128)], margins: &'a [Margin]) -> RestStatement<'a> {
        RestStatement {
            fingerprint: &FINGERPRINT,
            set_hash: &SET,
            commitments: &self.commitments,
            published,
            margins,
        }
    }

    fn prove(&self, statement: &RestStatement<'_>) -> Result<Vec<u8>, RestRefusal> {
        let mut rng = ChaCha20Rng::seed_from_u64(2);
        self.generators.prove_rest(statement, &self.totals, &self.opening, &mut rng)
    }
}

#[test]
fn unpublished_totals_that_add_up_are_accepted() {
    let (opened, margins) = (opened(), margins());
    let statement = opened.statement(&PUBLISHED, &margins);
    let proof = opened.prove(&statement).unwrap();
    assert_eq!(opened.generators.verify_rest(&statement, &proof), Ok(()));
}

#[test]
fn everything_or_nothing_published_is_fine_too() {
    let opened = opened();
    let all: Vec<_> = (0u32..).zip(opened.totals.iter().copied()).collect();
    for published in [&all[..], &[]] {
        let statement = opened.statement(published, &[]);
        let proof = opened.prove(&statement).unwrap();
        assert_eq!(opened.generators.verify_rest(&statement, &proof), Ok(()));
    }
}

#[test]
fn margin_over_suppressed_cells_raised() {
    let (opened, mut margins) = (opened(), margins());
    margins[1].target += 1;
    let statement = opened.statement(&PUBLISHED, &margins);
    assert_eq!(opened.prove(&statement), Err(RestRefusal::Margins));
    // Told with totals that would fit it: they do not open the commitments.
    let mut totals = opened.totals.clone();
    totals[3] += 1;
    let mut rng = ChaCha20Rng::seed_from_u64(2);
    let lie = opened.generators.prove_rest(&statement, &totals, &opened.opening, &mut rng).unwrap();
    assert_eq!(opened.generators.verify_rest(&statement, &lie), Err(RestRefusal::Rest));
}

#[test]
fn a_published_total_that_is_not_true() {
    let (opened, margins) = (opened(), margins());
    let mut published = PUBLISHED;
    published[2].1 -= 1;
    let statement = opened.statement(&published, &margins);
    let lie = opened.prove(&statement).unwrap();
    assert_eq!(opened.generators.verify_rest(&statement, &lie), Err(RestRefusal::Rest));
}

#[test]
fn a_reporter_left_out_or_counted_twice() {
    let (opened, margins) = (opened(), margins());
    let statement = opened.statement(&PUBLISHED, &margins);
    let fewer = &opened.commitments[1..];
    let twice: Vec<Point> = opened.commitments.iter().chain(&opened.commitments[..1]).copied().collect();
    for commitments in [fewer, &twice] {
        let statement = RestStatement { commitments, ..statement };
        let lie = opened.prove(&statement).unwrap();
        assert_eq!(opened.generators.verify_rest(&statement, &lie), Err(RestRefusal::Rest));
    }
}

#[test]
fn statements_that_do_not_fit_are_refused_by_both() {
    let opened = opened();
    let refused = |published: &[(u32, i128)], margins: &[Margin]| {
        let statement = opened.statement(published, margins);
        assert_eq!(opened.prove(&statement), Err(RestRefusal::Statement));
        assert_eq!(opened.generators.verify_rest(&statement, &[]), Err(RestRefusal::Statement));
    };
    let margin = |terms: &[(u32, u64)]| [Margin { terms: terms.to_vec(), target: 0 }];
    refused(&[(6, 1)], &[]);
    refused(&[(1, 1), (0, 1)], &[]);
    refused(&[(1, 1), (1, 1)], &[]);
    refused(&PUBLISHED, &margin(&[]));
    refused(&PUBLISHED, &margin(&[(6, 1)]));
    refused(&PUBLISHED, &margin(&[(2, 1)]));
    refused(&PUBLISHED, &margin(&[(4, 0)]));
    refused(&PUBLISHED, &margin(&[(5, 1), (4, 1)]));
    refused(&PUBLISHED, &margin(&[(4, 1), (4, 1)]));
    let nobody = RestStatement { commitments: &[], ..opened.statement(&PUBLISHED, &[]) };
    assert_eq!(opened.prove(&nobody), Err(RestRefusal::Statement));
}

#[test]
fn malformed_proofs_are_refused() {
    let (opened, margins) = (opened(), margins());
    let statement = opened.statement(&PUBLISHED, &margins);
    let proof = opened.prove(&statement).unwrap();
    let verify = |proof: &[u8]| opened.generators.verify_rest(&statement, proof);
    assert_eq!(verify(&proof[1..]), Err(RestRefusal::Length));
    assert_eq!(verify(&[&proof[..], &[0]].concat()), Err(RestRefusal::Length));
    let with = |at: usize, bytes: &[u8]| {
        let mut changed = proof.clone();
        changed[at..at + bytes.len()].copy_from_slice(bytes);
        verify(&changed)
    };
    assert_eq!(with(0, &[2]), Err(RestRefusal::Version));
    assert_eq!(with(1, &[0; 32]), Err(RestRefusal::Point));
    assert_eq!(with(1, &[0xff; 32]), Err(RestRefusal::Point));
    for at in [33, 65, 97, proof.len() - 32] {
        assert_eq!(with(at, &[0xff; 32]), Err(RestRefusal::Scalar));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_byte_of_a_proof_can_be_changed(place in any::<prop::sample::Index>(), bit in 0u8..8) {
        let (opened, margins) = (opened(), margins());
        let statement = opened.statement(&PUBLISHED, &margins);
        let mut proof = opened.prove(&statement).unwrap();
        let place = place.index(proof.len());
        proof[place] ^= 1 << bit;
        prop_assert!(opened.generators.verify_rest(&statement, &proof).is_err());
    }

    #[test]
    fn a_proof_serves_one_statement(part in 0usize..6) {
        let (opened, mut margins) = (opened(), margins());
        let statement = opened.statement(&PUBLISHED, &margins);
        let proof = opened.prove(&statement).unwrap();
        let (mut published, mut commitments) = (PUBLISHED, opened.commitments.clone());
        let (mut fingerprint, mut set_hash) = (FINGERPRINT, SET);
        match part {
            0 => fingerprint[0] ^= 1,
            1 => set_hash[31] ^= 1,
            2 => commitments.swap(0, 1),
            3 => published[0].1 += 1,
            4 => margins[0].target += 1,
            _ => margins[0].terms[0].1 += 1,
        }
        let (published, margins) = (&published[..], &margins[..]);
        let other = RestStatement {
            fingerprint: &fingerprint, set_hash: &set_hash, commitments: &commitments, published, margins,
        };
        prop_assert!(opened.generators.verify_rest(&other, &proof).is_err());
    }

    #[test]
    fn every_honest_rest_is_accepted(published in prop::collection::vec(any::<bool>(), 6), weight in 1u64..) {
        let opened = opened();
        let known: Vec<(u32, i128)> = (0u32..)
            .zip(&opened.totals)
            .zip(&published)
            .filter_map(|((slot, total), known)| known.then_some((slot, *total)))
            .collect();
        let hidden: Vec<u32> = (0u32..).zip(&published).filter_map(|(slot, known)| (!known).then_some(slot)).collect();
        let target = hidden.iter().map(|slot| opened.totals[*slot as usize] * i128::from(weight)).sum();
        let terms: Vec<_> = hidden.iter().map(|slot| (*slot, weight)).collect();
        let margins: Vec<Margin> = (!terms.is_empty()).then_some(Margin { terms, target }).into_iter().collect();
        let statement = opened.statement(&known, &margins);
        let proof = opened.prove(&statement).unwrap();
        prop_assert_eq!(opened.generators.verify_rest(&statement, &proof), Ok(()));
    }
}
