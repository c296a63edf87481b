//! The vector kernel against num-bigint; on other machines there is nothing to run.
//!
//! `tests/vector_kernel.rs` fails if the machine has the instructions and they are not used.

use num_bigint::BigUint;
use num_traits::One;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;
use crate::base_n::tests::{moduli, number, operands, random};
use crate::limbs;

/// Calls `check` with every size, the largest and smallest moduli and random ones, and operands.
fn for_all(check: impl Fn(&LaneRing, &BigUint, &[BigUint])) {
    let mut rng = ChaCha20Rng::seed_from_u64(11);
    for count in [32, 48, 64] {
        for n in moduli(64 * count, &mut rng) {
            if let Some(ring) = LaneRing::new(&n, &limbs::from_biguint(&n, count).unwrap()) {
                check(&ring, &n, &operands(&n, 8 * count, &mut rng));
            }
        }
    }
}

fn gather(ring: &LaneRing, n: &BigUint, numbers: &[BigUint]) -> Vec<Lanes> {
    let mut lanes = ring.zero();
    for (lane, x) in numbers.iter().enumerate() {
        ring.put(&pair_of(x, n, ring.n.len()).unwrap(), lane, &mut lanes);
    }
    lanes
}

fn radix(ring: &LaneRing) -> BigUint {
    BigUint::one() << ring.radix_bits()
}

/// The halves of one lane as they are, reduced or not.
fn raw(lanes: &[Lanes], lane: usize) -> [BigUint; 2] {
    let (low, high) = lanes.split_at(lanes.len() / 2);
    [low, high].map(|half| {
        half.iter().rev().fold(BigUint::default(), |sum, limb| {
            assert!(limb.0[lane] <= LIMB_MASK);
            (sum << LIMB_BITS) + limb.0[lane]
        })
    })
}

/// Writes halves that need not be reduced.
fn write_raw(halves: [&BigUint; 2], lane: usize, lanes: &mut [Lanes]) {
    let half = lanes.len() / 2;
    for (x, limbs) in halves.into_iter().zip(lanes.chunks_exact_mut(half)) {
        for (index, limb) in limbs.iter_mut().enumerate() {
            let digit = (x >> (LIMB_BITS * index)) & BigUint::from(LIMB_MASK);
            limb.0[lane] = digit.to_u64_digits().first().copied().unwrap_or(0);
        }
    }
}

#[test]
fn what_goes_into_a_lane_comes_out() {
    for_all(|ring, n, operands| {
        for eight in operands.chunks(LANES) {
            let lanes = gather(ring, n, eight);
            for (lane, x) in eight.iter().enumerate() {
                assert_eq!(number(&ring.take(&lanes, lane), n), *x);
            }
        }
    });
}

#[test]
fn products_in_all_lanes_agree_with_an_independent_library() {
    for_all(|ring, n, operands| {
        let square = n * n;
        for b in operands {
            for eight in operands.chunks(LANES) {
                let mut acc = gather(ring, n, eight);
                ring.multiply(&mut acc, &gather(ring, n, &vec![b.clone(); eight.len()]));
                for (lane, a) in eight.iter().enumerate() {
                    let product = number(&ring.take(&acc, lane), n);
                    assert_eq!(product * radix(ring) % &square, a * b % &square);
                }
            }
        }
    });
}

#[test]
fn squares_in_all_lanes_agree_with_products() {
    for_all(|ring, n, operands| {
        for eight in operands.chunks(LANES) {
            let mut square = gather(ring, n, eight);
            let mut product = square.clone();
            ring.multiply(&mut product, &square.clone());
            ring.square(&mut square);
            (0..LANES).for_each(|lane| assert_eq!(ring.take(&square, lane), ring.take(&product, lane)));
        }
    });
}

#[test]
fn bounds_hold_from_their_own_ends() {
    for_all(|ring, n, _| {
        // The largest halves that may stand between two multiplications, and limbs of all ones.
        let (low, high) = (n * 2u8 - 1u8, n * 3u8 - 1u8);
        let ones = (BigUint::one() << n.bits()) - 1u8;
        let halves = [[&low, &high], [&ones, &ones], [&low, &ones], [&ones, &high]];
        for a in halves {
            for b in halves {
                let (mut acc, mut factor) = (ring.zero(), ring.zero());
                for lane in 0..LANES {
                    write_raw(a, lane, &mut acc);
                    write_raw(b, lane, &mut factor);
                }
                let mut square = acc.clone();
                ring.multiply(&mut acc, &factor);
                ring.square(&mut square);
                let value = |[low, high]: [&BigUint; 2]| low + high * n;
                for (lane, (result, expected)) in
                    [(&acc, value(a) * value(b)), (&square, value(a) * value(a))].into_iter().enumerate()
                {
                    let [low, high] = raw(result, lane);
                    assert!(low < n * 2u8 && high < n * 3u8 - 1u8);
                    assert_eq!((low + high * n) * radix(ring) % (n * n), expected % (n * n));
                }
            }
        }
    });
}

#[test]
fn a_long_chain_stays_right() {
    for_all(|ring, n, operands| {
        let square = n * n;
        let inverse = radix(ring).modinv(&square).unwrap();
        for eight in operands.chunks_exact(LANES) {
            let factor = gather(ring, n, eight);
            let mut acc = factor.clone();
            let mut expected = eight.to_vec();
            for step in 0..60 {
                if step % 3 == 0 {
                    ring.square(&mut acc);
                } else {
                    ring.multiply(&mut acc, &factor);
                }
                for (x, b) in expected.iter_mut().zip(eight) {
                    let by = if step % 3 == 0 { x.clone() } else { b.clone() };
                    *x = &*x * by % &square * &inverse % &square;
                }
            }
            for (lane, x) in expected.iter().enumerate() {
                assert_eq!(number(&ring.take(&acc, lane), n), *x);
            }
        }
    });
}

#[test]
fn every_lane_selects_for_itself() {
    for_all(|ring, n, operands| {
        let mut rng = ChaCha20Rng::seed_from_u64(12);
        let table: Vec<Vec<Lanes>> = (0..64u8)
            .map(|_| {
                let eight: Vec<_> =
                    (0..LANES).map(|_| random(n.bits() as usize / 4, &mut rng) % (n * n)).collect();
                gather(ring, n, &eight)
            })
            .collect();
        let numbers = [0, 63, 1, 32, 31, 7, 62, operands.len() as u64];
        let mut out = ring.one();
        ring.select(&table.concat(), numbers, &mut out);
        for (lane, &number) in numbers.iter().enumerate() {
            assert_eq!(raw(&out, lane), raw(&table[number as usize], lane));
        }
    });
}
