//! The vector kernel against num-bigint; on machines without the instructions there is nothing to run, and
//! `cargo xtask test` counts that. Where they are there, it fails unless all of these ran.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests want to fail loudly")]

mod common;

use common::{inverse_of_radix, moduli, number, operands, pair_of, random, rng, words_of};
use kernels::Vector;
use kernels::lanes::{LANES, LIMB_BITS, LIMB_MASK, LaneModulus, Lanes, read, write};
use num_bigint::BigUint;
use num_traits::One;

/// Eight numbers under one n.
struct Eight {
    vector: Vector,
    modulus: LaneModulus,
    n: BigUint,
    words: usize,
}

impl Eight {
    fn zero(&self) -> Vec<Lanes> {
        vec![Lanes::default(); self.modulus.pair_limbs()]
    }

    fn gather(&self, numbers: &[BigUint]) -> Vec<Lanes> {
        let mut lanes = self.zero();
        for (lane, x) in numbers.iter().enumerate() {
            write(&pair_of(x, &self.n, self.words), lane, &mut lanes);
        }
        lanes
    }

    fn take(&self, lanes: &[Lanes], lane: usize) -> BigUint {
        let mut pair = vec![0; 2 * self.words];
        read(lanes, lane, &words_of(&self.n, self.words), &mut pair);
        number(&pair, &self.n)
    }

    fn multiply(&self, acc: &mut [Lanes], b: &[Lanes]) {
        self.vector.multiply(&self.modulus, acc, b);
    }

    fn square(&self, acc: &mut [Lanes]) {
        self.vector.square(&self.modulus, acc);
    }

    fn radix_bits(&self) -> usize {
        usize::try_from(self.modulus.radix_bits()).unwrap()
    }
}

/// The kernel, if the machine can: what the machine says for itself is asked by other means than the kernel's own.
fn detect() -> Option<Vector> {
    #[cfg(target_arch = "x86_64")]
    let is_there = std::is_x86_feature_detected!("avx512f") && std::is_x86_feature_detected!("avx512ifma");
    #[cfg(not(target_arch = "x86_64"))]
    let is_there = false;
    let vector = Vector::detect();
    assert_eq!(vector.is_some(), is_there, "the kernel is there exactly where its instructions are");
    vector
}

/// Calls `check` with every size, the largest and smallest moduli and random ones, and operands.
fn for_all(check: impl Fn(&Eight, &[BigUint])) {
    let Some(vector) = detect() else { return };
    let mut rng = rng(11);
    for words in [32, 48, 64] {
        for n in moduli(words, &mut rng) {
            let modulus = LaneModulus::new(&words_of(&n, words)).unwrap();
            let operands = operands(&n, words, &mut rng);
            check(&Eight { vector, modulus, n, words }, &operands);
        }
    }
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
    for_all(|eight, operands| {
        for numbers in operands.chunks(LANES) {
            let lanes = eight.gather(numbers);
            for (lane, x) in numbers.iter().enumerate() {
                assert_eq!(eight.take(&lanes, lane), *x);
            }
        }
    });
}

#[test]
fn products_in_all_lanes_agree_with_an_independent_library() {
    for_all(|eight, operands| {
        let square = &eight.n * &eight.n;
        for (at, numbers) in operands.chunks(LANES).enumerate() {
            let partners = operands.iter().cycle().skip(at).step_by(11).take(16);
            for b in partners {
                let mut acc = eight.gather(numbers);
                eight.multiply(&mut acc, &eight.gather(&vec![b.clone(); numbers.len()]));
                for (lane, a) in numbers.iter().enumerate() {
                    let product = eight.take(&acc, lane);
                    assert_eq!((product << eight.radix_bits()) % &square, a * b % &square);
                }
            }
        }
    });
}

#[test]
fn squares_in_all_lanes_agree_with_products() {
    for_all(|eight, operands| {
        for numbers in operands.chunks(LANES) {
            let mut square = eight.gather(numbers);
            let mut product = square.clone();
            eight.multiply(&mut product, &square.clone());
            eight.square(&mut square);
            (0..LANES).for_each(|lane| assert_eq!(eight.take(&square, lane), eight.take(&product, lane)));
        }
    });
}

#[test]
fn bounds_hold_from_their_own_ends() {
    for_all(|eight, _| {
        // The largest halves that may stand between two multiplications, and limbs of all ones.
        let n = &eight.n;
        let (low, high) = (n * 2u8 - 1u8, n * 3u8 - 1u8);
        let ones = (BigUint::one() << n.bits()) - 1u8;
        let halves = [[&low, &high], [&ones, &ones], [&low, &ones], [&ones, &high]];
        for a in halves {
            for b in halves {
                let (mut acc, mut factor) = (eight.zero(), eight.zero());
                for lane in 0..LANES {
                    write_raw(a, lane, &mut acc);
                    write_raw(b, lane, &mut factor);
                }
                let mut square = acc.clone();
                eight.multiply(&mut acc, &factor);
                eight.square(&mut square);
                let value = |[low, high]: [&BigUint; 2]| low + high * n;
                for (lane, (result, expected)) in
                    [(&acc, value(a) * value(b)), (&square, value(a) * value(a))].into_iter().enumerate()
                {
                    let [low, high] = raw(result, lane);
                    assert!(low < n * 2u8 && high < n * 3u8 - 1u8);
                    assert_eq!(((low + high * n) << eight.radix_bits()) % (n * n), expected % (n * n));
                }
            }
        }
    });
}

#[test]
fn a_long_chain_stays_right() {
    for_all(|eight, operands| {
        let square = &eight.n * &eight.n;
        let inverse = inverse_of_radix(eight.radix_bits(), &square);
        for numbers in operands.chunks_exact(LANES).step_by(4) {
            let factor = eight.gather(numbers);
            let mut acc = factor.clone();
            let mut expected = numbers.to_vec();
            for step in 0..60 {
                if step % 3 == 0 {
                    eight.square(&mut acc);
                } else {
                    eight.multiply(&mut acc, &factor);
                }
                for (x, b) in expected.iter_mut().zip(numbers) {
                    let by = if step % 3 == 0 { x.clone() } else { b.clone() };
                    *x = &*x * by % &square * &inverse % &square;
                }
            }
            for (lane, x) in expected.iter().enumerate() {
                assert_eq!(eight.take(&acc, lane), *x);
            }
        }
    });
}

#[test]
fn every_lane_selects_for_itself() {
    for_all(|eight, operands| {
        let mut rng = rng(12);
        let table: Vec<Vec<Lanes>> = (0..64u8)
            .map(|_| {
                let numbers: Vec<_> =
                    (0..LANES).map(|_| random(16 * eight.words, &mut rng) % (&eight.n * &eight.n)).collect();
                eight.gather(&numbers)
            })
            .collect();
        let numbers = [0, 63, 1, 32, 31, 7, 62, operands.len() as u64];
        let mut out = eight.zero();
        eight.vector.select(&table.concat(), Lanes(numbers.map(|number| number % 64)), &mut out);
        for (lane, &number) in numbers.iter().enumerate() {
            assert_eq!(raw(&out, lane), raw(&table[number as usize % 64], lane));
        }
    });
}
