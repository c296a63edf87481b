//! Products of limbs, column by column, without carries.
//!
//! Long ones are cut in halves [Karatsuba 1962]. Sums of two or four limbs take one or two bits
//! more, so a middle column may pass 2^64; but what is left of it once the outer products are
//! subtracted fits, and all of that is exact modulo 2^64. No carry is passed on in between.
#![expect(
    clippy::indexing_slicing,
    reason = "slices are as long as their callers' const arrays, and places are loop counters below those lengths"
)]

use super::limbs::{LIMB_BITS, LIMB_MASK};

/// Rows of the multiplier that one pass over the multiplicand takes; divides every length.
const ROWS: usize = 4;

/// From so many limbs on halves are faster.
const WORTH_HALVES: usize = 48;

/// The first half's length, a multiple of [`ROWS`] and at least half.
const fn first_half(length: usize) -> usize {
    (length / 2).next_multiple_of(ROWS)
}

/// t := a·b as columns, for equally long a and b, t twice as long; `room` is twice as long as t.
pub(super) fn product(t: &mut [u64], a: &[u64], b: &[u64], room: &mut [u64]) {
    if a.len() < WORTH_HALVES {
        t.fill(0);
        return add_product(t, a, b);
    }
    let half = first_half(a.len());
    let ((a_low, a_high), (b_low, b_high)) = (a.split_at(half), b.split_at(half));
    let (t_low, t_high) = t.split_at_mut(2 * half);
    product(t_low, a_low, b_low, room);
    product(t_high, a_high, b_high, room);
    let (sums, room) = room.split_at_mut(2 * half);
    let (middle, room) = room.split_at_mut(2 * half);
    let (a_sum, b_sum) = sums.split_at_mut(half);
    sum(a_sum, a_low, a_high);
    sum(b_sum, b_low, b_high);
    product(middle, a_sum, b_sum, room);
    join(t, middle);
}

/// t := a² as columns, likewise.
pub(super) fn square(t: &mut [u64], a: &[u64], room: &mut [u64]) {
    if a.len() < WORTH_HALVES {
        t.fill(0);
        return add_square(t, a);
    }
    let half = first_half(a.len());
    let (low, high) = a.split_at(half);
    let (t_low, t_high) = t.split_at_mut(2 * half);
    square(t_low, low, room);
    square(t_high, high, room);
    let (both, room) = room.split_at_mut(half);
    let (middle, room) = room.split_at_mut(2 * half);
    sum(both, low, high);
    square(middle, both, room);
    join(t, middle);
}

/// out := low + high, which may be shorter.
fn sum(out: &mut [u64], low: &[u64], high: &[u64]) {
    out.copy_from_slice(low);
    out.iter_mut().zip(high).for_each(|(out, high)| *out += high);
}

/// With both outer products in t, and the product of the sums in `middle`: the whole product.
fn join(t: &mut [u64], middle: &mut [u64]) {
    let (low, high) = t.split_at(middle.len());
    for outer in [low, high] {
        middle.iter_mut().zip(outer).for_each(|(middle, outer)| *middle = middle.wrapping_sub(*outer));
    }
    let inner = &mut t[middle.len() / 2..];
    inner.iter_mut().zip(middle).for_each(|(inner, middle)| *inner = inner.wrapping_add(*middle));
}

/// t := t + a·b.
fn add_product(t: &mut [u64], a: &[u64], b: &[u64]) {
    for (i, x) in a.as_chunks::<ROWS>().0.iter().enumerate() {
        add_rows(&mut t[ROWS * i..ROWS * i + b.len() + ROWS - 1], b, *x, [0; ROWS - 1]);
    }
}

/// t := t + a².
fn add_square(t: &mut [u64], a: &[u64]) {
    for (i, x) in a.as_chunks::<ROWS>().0.iter().enumerate() {
        let i = ROWS * i;
        for k in 0..ROWS {
            t[2 * (i + k)] = t[2 * (i + k)].wrapping_add(x[k] * x[k]);
            for m in k + 1..ROWS {
                t[2 * i + k + m] = t[2 * i + k + m].wrapping_add(2 * x[k] * x[m]);
            }
        }
        if i + ROWS < a.len() {
            let t = &mut t[2 * i + ROWS..i + a.len() + ROWS - 1];
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
        *t = t.wrapping_add(x0 * limb + x1 * p1).wrapping_add(x2 * p2 + x3 * p3);
        (p1, p2, p3) = (limb, p1, p2);
    }
    beyond[0] = beyond[0].wrapping_add(x1 * p1 + x2 * p2).wrapping_add(x3 * p3);
    beyond[1] = beyond[1].wrapping_add(x2 * p1 + x3 * p2);
    beyond[2] = beyond[2].wrapping_add(x3 * p1);
}

/// Adds the multiple q·n that makes the lower half of t vanish, and leaves q in its place. The words
/// of t are limbs, n is as long as a half, and `room` is twice as long as t.
pub(super) fn reduce(n: &[u64], minus_inverse: u64, t: &mut [u64], room: &mut [u64]) {
    let half = n.len() / 2;
    if half < WORTH_HALVES || !half.is_multiple_of(ROWS) {
        return reduce_rows(n, minus_inverse, t);
    }
    let (n_low, n_high) = n.split_at(half);
    for place in [0, half] {
        let t = &mut t[place..];
        reduce_rows(n_low, minus_inverse, t);
        let (q, t) = t.split_at_mut(half);
        let (beyond, room) = room.split_at_mut(2 * half);
        product(beyond, q, n_high, room);
        t.iter_mut().zip(beyond).for_each(|(t, beyond)| *t += *beyond);
    }
}

/// Makes as many words vanish as n has limbs; t may be longer than twice that.
fn reduce_rows(n: &[u64], minus_inverse: u64, t: &mut [u64]) {
    for i in (0..n.len()).step_by(ROWS) {
        let t = &mut t[i..i + n.len() + ROWS - 1];
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
