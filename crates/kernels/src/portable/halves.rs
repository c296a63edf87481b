//! Long products from short ones.
//!
//! ```text
//! (a + a'·B)·(b + b'·B) = a·b + ((a + a')·(b + b') − a·b − a'·b')·B + a'·b'·B²   [Karatsuba 1962]
//! ```
//!
//! Sums of halves may be a bit too long; masks add what that bit stands for.

use super::columns::Block;
use crate::words::{add, add_masked, add_word, subtract};

/// t := a · b for equally long a and b of 1, 2 or 4 blocks, t twice as long; `room` four times.
pub(super) fn product<B: Block>(t: &mut [u64], a: &[u64], b: &[u64], room: &mut [u64]) {
    if a.len() == B::WORDS {
        return B::product(t, a, b);
    }
    let half = a.len() / 2;
    let ((a_low, a_high), (b_low, b_high)) = (a.split_at(half), b.split_at(half));
    let (t_low, t_high) = t.split_at_mut(2 * half);
    product::<B>(t_low, a_low, b_low, room);
    product::<B>(t_high, a_high, b_high, room);
    let (sums, room) = room.split_at_mut(2 * half);
    let (a_sum, b_sum) = sums.split_at_mut(half);
    let (middle, room) = room.split_at_mut(2 * half);
    let a_over = sum(a_sum, a_low, a_high);
    let b_over = sum(b_sum, b_low, b_high);
    product::<B>(middle, a_sum, b_sum, room);
    let upper = middle.split_at_mut(half).1;
    let top = u64::from(add_masked(upper, b_sum, a_over.wrapping_neg()))
        + u64::from(add_masked(upper, a_sum, b_over.wrapping_neg()))
        + (a_over & b_over);
    join(t, middle, top);
}

/// t := a², likewise.
pub(super) fn square<B: Block>(t: &mut [u64], a: &[u64], room: &mut [u64]) {
    if a.len() == B::WORDS {
        return B::square(t, a);
    }
    let half = a.len() / 2;
    let (low, high) = a.split_at(half);
    let (t_low, t_high) = t.split_at_mut(2 * half);
    square::<B>(t_low, low, room);
    square::<B>(t_high, high, room);
    let (both, room) = room.split_at_mut(half);
    let (middle, room) = room.split_at_mut(2 * half);
    let over = sum(both, low, high);
    square::<B>(middle, both, room);
    let upper = middle.split_at_mut(half).1;
    let mask = over.wrapping_neg();
    let top = u64::from(add_masked(upper, both, mask)) + u64::from(add_masked(upper, both, mask)) + over;
    join(t, middle, top);
}

/// out := a + b; returns the bit beyond.
fn sum(out: &mut [u64], a: &[u64], b: &[u64]) -> u64 {
    let ((out, _), (a, _), (b, _)) = (out.as_chunks_mut::<4>(), a.as_chunks::<4>(), b.as_chunks::<4>());
    let mut carry = false;
    for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
        for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
            (*out, carry) = a.carrying_add(*b, carry);
        }
    }
    u64::from(carry)
}

/// With both outer products in t, and the product of the sums in `middle` and `top`: the whole product.
fn join(t: &mut [u64], middle: &mut [u64], mut top: u64) {
    let (t_low, t_high) = t.split_at(middle.len());
    top -= u64::from(subtract(middle, t_low));
    top -= u64::from(subtract(middle, t_high));
    let (inner, outer) = t.split_at_mut(middle.len() / 2).1.split_at_mut(middle.len());
    top += u64::from(add(inner, middle));
    add_word(outer, top);
}

/// t := t + a·b + middle·2^(64·length of a); returns what is beyond t.
fn add_product<B: Block>(t: &mut [u64], a: &[u64], b: &[u64], middle: u64, room: &mut [u64]) -> u64 {
    if a.len() == B::WORDS {
        return B::add_product(t, a, b, middle);
    }
    let (whole, room) = room.split_at_mut(t.len());
    product::<B>(whole, a, b, room);
    let over = add(t, whole);
    u64::from(over) + u64::from(add_word(t.split_at_mut(a.len()).1, middle))
}

/// Adds the multiple of n that makes the lower half of t vanish; returns what is beyond t. n, as long
/// as that half, is odd, and `minus_inverse` is −n⁻¹ mod 2^64. The multiple goes to `q`.
pub(super) fn reduce<B: Block>(
    t: &mut [u64],
    q: &mut [u64],
    n: &[u64],
    minus_inverse: u64,
    room: &mut [u64],
) -> u64 {
    if n.len() == B::WORDS {
        return B::reduce(t, q, n, minus_inverse);
    }
    let half = n.len() / 2;
    let ((q_low, q_high), (n_low, n_high)) = (q.split_at_mut(half), n.split_at(half));
    // Halves of t by their place: the first two vanish one after the other.
    let first = t.split_at_mut(2 * half).0;
    let over = reduce::<B>(first, q_low, n_low, minus_inverse, room);
    let second = t.split_at_mut(half).1.split_at_mut(2 * half).0;
    let over = add_product::<B>(second, q_low, n_high, over, room);
    let second_over = reduce::<B>(second, q_high, n_low, minus_inverse, room);
    let third = t.split_at_mut(2 * half).1;
    add_product::<B>(third, q_high, n_high, over + second_over, room)
}
