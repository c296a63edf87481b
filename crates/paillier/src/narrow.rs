//! The kernel for machines without a product of 64 by 64 bits: WebAssembly.
//!
//! The algorithm is that of [`crate::kernel`] with limbs of 28 bits in 64-bit words. A column
//! of the largest n collects 148 products of 56 bits and stays below 2^64 without passing on
//! carries, so the inner loop is multiplications and additions alone, four rows at a time. Wasm's
//! vector instructions are slower here: two products cost them three instructions.
//!
//! H limbs, a multiple of four, hold more than n: R = 2^(28·H) exceeds 64·n.
#![expect(
    clippy::indexing_slicing,
    reason = "every index is a constant or a loop counter below the const length of what it indexes"
)]

use crate::kernel::{Kernel, Montgomery, settle, subtract_if_reached};

const LIMB_BITS: usize = 28;
const LIMB_MASK: u64 = (1 << LIMB_BITS) - 1;

/// Rows of the multiplier that one pass over the multiplicand takes; divides every H.
const ROWS: usize = 4;

/// 28-bit limbs in 64-bit words; runs everywhere, fastest in WebAssembly.
pub(crate) struct Narrow;

/// Limbs for n of so many words: more than 64·words/28, and a multiple of [`ROWS`].
const fn limbs_for(words: usize) -> usize {
    match words {
        16 => 40,
        24 => 56,
        32 => 76,
        48 => 112,
        _ => 148,
    }
}

/// Calls a function with the const lengths that belong to n.
macro_rules! for_length {
    ($modulus:expr, $function:ident($($argument:expr),*)) => {
        match $modulus.n.len() {
            16 => $function::<40, 80>($($argument),*),
            24 => $function::<56, 112>($($argument),*),
            32 => $function::<76, 152>($($argument),*),
            48 => $function::<112, 224>($($argument),*),
            _ => $function::<148, 296>($($argument),*),
        }
    };
}

impl Kernel for Narrow {
    fn radix_bits(words: usize) -> usize {
        LIMB_BITS * limbs_for(words)
    }

    fn multiply(modulus: &Montgomery, acc: &mut [u64], b: &[u64]) {
        for_length!(modulus, multiply(modulus, acc, b));
    }

    fn square(modulus: &Montgomery, acc: &mut [u64]) {
        for_length!(modulus, square(modulus, acc));
    }

    fn multiply_mod_n(modulus: &Montgomery, acc: &mut [u64], b: &[u64]) {
        for_length!(modulus, multiply_mod_n(modulus, acc, b));
    }
}

fn multiply<const H: usize, const DOUBLE: usize>(modulus: &Montgomery, acc: &mut [u64], b: &[u64]) {
    let (a0, a1) = acc.split_at_mut(modulus.n.len());
    let (b0, b1) = b.split_at(modulus.n.len());
    let [x0, x1, y0, y1] = [&*a0, &*a1, b0, b1].map(narrow::<H>);
    let mut low = [0; DOUBLE];
    let mut high = [0; DOUBLE];
    add_product(&mut low, &x0, &y0);
    add_product(&mut high, &x0, &y1);
    // Two products at once might not fit.
    pass_carries(&mut high);
    add_product(&mut high, &x1, &y0);
    reduce_pair::<H, DOUBLE>(modulus, &mut low, &mut high, a0, a1);
}

fn square<const H: usize, const DOUBLE: usize>(modulus: &Montgomery, acc: &mut [u64]) {
    let (a0, a1) = acc.split_at_mut(modulus.n.len());
    let [x0, x1] = [&*a0, &*a1].map(narrow::<H>);
    let mut low = [0; DOUBLE];
    let mut high = [0; DOUBLE];
    add_square(&mut low, &x0);
    add_product(&mut high, &x0, &x1);
    pass_carries(&mut high);
    high.iter_mut().for_each(|word| *word *= 2);
    reduce_pair::<H, DOUBLE>(modulus, &mut low, &mut high, a0, a1);
}

fn multiply_mod_n<const H: usize, const DOUBLE: usize>(modulus: &Montgomery, acc: &mut [u64], b: &[u64]) {
    let n = narrow::<H>(&modulus.n);
    let mut wide = [0; DOUBLE];
    add_product(&mut wide, &narrow::<H>(acc), &narrow::<H>(b));
    pass_carries(&mut wide);
    reduce::<H>(&n, modulus.minus_inverse, &mut wide);
    // acc < n and b < R: (acc·b + q·n) / R < 2n.
    let mut top = widen(&mut wide[H..], acc);
    subtract_if_reached(acc, &mut top, &modulus.n);
}

/// (a0, a1) := (low + high·n) · R⁻¹; see [`crate::kernel`].
#[inline(always)]
fn reduce_pair<const H: usize, const DOUBLE: usize>(
    modulus: &Montgomery,
    low: &mut [u64; DOUBLE],
    high: &mut [u64; DOUBLE],
    a0: &mut [u64],
    a1: &mut [u64],
) {
    let n = narrow::<H>(&modulus.n);
    pass_carries(low);
    reduce::<H>(&n, modulus.minus_inverse, low);
    // high − q + n·R is not negative, and the quotient by R differs by n. With all words kept
    // above zero: −q = (R − 1 − q) + 1 − R.
    let mut carry = 1;
    for j in 0..H {
        let sum = high[j] + (LIMB_MASK - low[j]) + carry;
        high[j] = sum & LIMB_MASK;
        carry = sum >> LIMB_BITS;
    }
    for j in 0..H {
        // n is odd: its lowest limb is not 0.
        let sum = high[H + j] + (n[j] - u64::from(j == 0)) + carry;
        high[H + j] = sum & LIMB_MASK;
        carry = sum >> LIMB_BITS;
    }
    reduce::<H>(&n, modulus.minus_inverse, high);
    let mut low_top = widen(&mut low[H..], a0);
    let mut high_top = widen(&mut high[H..], a1);
    // a0 < (n² + R·n) / R < 2n and a1 < (2·n² + 2·R·n) / R < 3n − 1.
    settle(&modulus.n, (a0, &mut low_top), (a1, &mut high_top));
}

/// t := t + a·b; no word may pass 2^64.
#[inline(always)]
fn add_product<const H: usize>(t: &mut [u64], a: &[u64; H], b: &[u64; H]) {
    for i in (0..H).step_by(ROWS) {
        add_rows(&mut t[i..i + H + ROWS - 1], b, [a[i], a[i + 1], a[i + 2], a[i + 3]], [0; ROWS - 1]);
    }
}

/// t := t + a².
#[inline(always)]
fn add_square<const H: usize>(t: &mut [u64], a: &[u64; H]) {
    for i in (0..H).step_by(ROWS) {
        let x = [a[i], a[i + 1], a[i + 2], a[i + 3]];
        for k in 0..ROWS {
            t[2 * (i + k)] += x[k] * x[k];
            for m in k + 1..ROWS {
                t[2 * i + k + m] += 2 * x[k] * x[m];
            }
        }
        if i + ROWS < H {
            let t = &mut t[2 * i + ROWS..i + H + ROWS - 1];
            add_rows(t, &a[i + ROWS..], x.map(|limb| 2 * limb), [0; ROWS - 1]);
        }
    }
}

/// t := t + row·x; `before` are the three limbs before the row's first, the nearest first.
/// t has three words more than the row.
#[inline(always)]
fn add_rows(t: &mut [u64], row: &[u64], x: [u64; ROWS], before: [u64; ROWS - 1]) {
    let [x0, x1, x2, x3] = x;
    let [mut p1, mut p2, mut p3] = before;
    let (t, beyond) = t.split_at_mut(row.len());
    for (t, &limb) in t.iter_mut().zip(row) {
        *t += x0 * limb + x1 * p1 + x2 * p2 + x3 * p3;
        (p1, p2, p3) = (limb, p1, p2);
    }
    beyond[0] += x1 * p1 + x2 * p2 + x3 * p3;
    beyond[1] += x2 * p1 + x3 * p2;
    beyond[2] += x3 * p1;
}

/// Adds the multiple q·n that makes the lower H limbs vanish, and leaves q in their place.
#[inline(always)]
fn reduce<const H: usize>(n: &[u64; H], minus_inverse: u64, t: &mut [u64]) {
    for i in (0..H).step_by(ROWS) {
        let t = &mut t[i..i + H + ROWS - 1];
        let mut q = [0; ROWS];
        let mut carry = 0;
        for k in 0..ROWS {
            let mut sum = t[k] + carry;
            for m in 0..k {
                sum += q[m] * n[k - m];
            }
            q[k] = sum.wrapping_mul(minus_inverse) & LIMB_MASK;
            carry = (sum + q[k] * n[0]) >> LIMB_BITS;
        }
        t[ROWS] += carry;
        add_rows(&mut t[ROWS..], &n[ROWS..], q, [n[3], n[2], n[1]]);
        t[..ROWS].copy_from_slice(&q);
    }
}

/// Words to limbs of 28 bits; the highest keeps what it has.
#[inline(always)]
fn pass_carries(t: &mut [u64]) {
    let mut carry = 0;
    let Some((highest, below)) = t.split_last_mut() else { return };
    for word in below {
        let sum = *word + carry;
        *word = sum & LIMB_MASK;
        carry = sum >> LIMB_BITS;
    }
    *highest += carry;
}

/// 64-bit words to limbs.
#[inline(always)]
fn narrow<const H: usize>(words: &[u64]) -> [u64; H] {
    let mut limbs = [0; H];
    let (mut waiting, mut bits) = (0u128, 0);
    let mut words = words.iter();
    for limb in &mut limbs {
        if bits < LIMB_BITS {
            waiting |= u128::from(words.next().copied().unwrap_or(0)) << bits;
            bits += 64;
        }
        *limb = waiting as u64 & LIMB_MASK;
        waiting >>= LIMB_BITS;
        bits -= LIMB_BITS;
    }
    limbs
}

/// Sums to 64-bit words; returns the word beyond.
#[inline(always)]
fn widen(limbs: &mut [u64], words: &mut [u64]) -> u64 {
    pass_carries(limbs);
    let mut limbs = limbs.iter();
    let mut word_from = |waiting: &mut u128, bits: &mut usize| {
        while *bits < 64 {
            *waiting |= u128::from(limbs.next().copied().unwrap_or(0)) << *bits;
            *bits += LIMB_BITS;
        }
        let word = *waiting as u64;
        *waiting >>= 64;
        *bits -= 64;
        word
    };
    let (mut waiting, mut bits) = (0u128, 0);
    for word in words {
        *word = word_from(&mut waiting, &mut bits);
    }
    word_from(&mut waiting, &mut bits)
}
