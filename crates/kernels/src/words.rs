//! Numbers as words: sums, differences, and the last step of every kernel.

use subtle::Choice;

/// Words between two looks at the carry's flag: more in a row keep it where the processor has it.
const AT_ONCE: usize = 4;

/// Changes t word by word along x, which is at most as long, passing a carry on; returns the last one.
#[inline(always)]
fn along(t: &mut [u64], x: &[u64], step: impl Fn(u64, u64, bool) -> (u64, bool)) -> bool {
    let mut carry = false;
    let (t, t_rest) = t.split_at_mut(x.len()).0.as_chunks_mut::<AT_ONCE>();
    let (x, x_rest) = x.as_chunks::<AT_ONCE>();
    for (t, x) in t.iter_mut().zip(x) {
        for (t, &x) in t.iter_mut().zip(x) {
            (*t, carry) = step(*t, x, carry);
        }
    }
    for (t, &x) in t_rest.iter_mut().zip(x_rest) {
        (*t, carry) = step(*t, x, carry);
    }
    carry
}

/// t := t + x over the length of x, which is at most that of t; returns the carry.
#[inline(always)]
pub(crate) fn add(t: &mut [u64], x: &[u64]) -> bool {
    along(t, x, u64::carrying_add)
}

/// t := t + x where the mask is all ones, t where it is 0; returns the carry.
#[inline(always)]
pub(crate) fn add_masked(t: &mut [u64], x: &[u64], mask: u64) -> bool {
    along(t, x, |t, x, carry| t.carrying_add(x & mask, carry))
}

/// t := t − x over the length of x, which is at most that of t; returns the borrow.
#[inline(always)]
pub(crate) fn subtract(t: &mut [u64], x: &[u64]) -> bool {
    along(t, x, u64::borrowing_sub)
}

/// t := t + word; returns the carry.
#[inline(always)]
pub(crate) fn add_word(t: &mut [u64], word: u64) -> bool {
    let mut carry = word;
    for t in t {
        let (sum, over) = t.overflowing_add(carry);
        (*t, carry) = (sum, u64::from(over));
    }
    carry != 0
}

/// Whether a < b, for equally long a and b, in time independent of their values.
#[must_use]
pub fn less_than(a: &[u64], b: &[u64]) -> bool {
    a.iter().zip(b).fold(false, |borrow, (&a, &b)| a.borrowing_sub(b, borrow).1)
}

/// Reduces a pair whose lower half is below 2n and whose upper half is below 3n − 1, each
/// with a word more than n has.
#[inline(always)]
pub fn settle(n: &[u64], low: (&mut [u64], &mut u64), high: (&mut [u64], &mut u64)) {
    // At most one n moves from the lower half to the upper one.
    let moved = subtract_if_reached(low.0, low.1, n);
    *high.1 = high.1.wrapping_add(u64::from(add_word(high.0, moved)));
    // Below 3n: two subtractions suffice.
    subtract_if_reached(high.0, high.1, n);
    subtract_if_reached(high.0, high.1, n);
}

/// (words, top) := (words, top) − n where that is not below zero; returns 1 if it was done.
#[inline(always)]
pub fn subtract_if_reached(words: &mut [u64], top: &mut u64, n: &[u64]) -> u64 {
    let below = less_than(words, n);
    let (_, below) = top.borrowing_sub(0, below);
    // `Choice` keeps the compiler from turning the mask back into a branch.
    let done = u64::from(Choice::from(u8::from(!below)).unwrap_u8());
    let mask = done.wrapping_neg();
    let mut borrow = false;
    for (w, &n) in words.iter_mut().zip(n) {
        (*w, borrow) = w.borrowing_sub(n & mask, borrow);
    }
    *top = top.wrapping_sub(u64::from(borrow));
    done
}
