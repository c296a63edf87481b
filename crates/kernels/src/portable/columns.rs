//! Products of short blocks, column by column [Comba 1990].
//!
//! All products of words that belong to one column are added up in three words, then the column is
//! written and the sum moves on by a word: a product costs a multiplication and three additions. The
//! columns are written out by a macro, because compilers do not unroll a triangle by themselves.
#![expect(
    clippy::indexing_slicing,
    reason = "every index is a constant or a loop counter below the const length of what it indexes"
)]

use crate::words::{add, add_masked, add_word, subtract};

/// Arithmetic on blocks of a fixed number of words; slices of other lengths are left alone.
pub(super) trait Block {
    /// Words of a block.
    const WORDS: usize;
    /// t := a · b.
    fn product(t: &mut [u64], a: &[u64], b: &[u64]);
    /// t := a².
    fn square(t: &mut [u64], a: &[u64]);
    /// t := t + a·b + middle·2^(64·WORDS); returns what is beyond t. `middle` is small.
    fn add_product(t: &mut [u64], a: &[u64], b: &[u64], middle: u64) -> u64;
    /// Adds the multiple q·n that makes the lower half of t vanish; returns what is beyond t.
    fn reduce(t: &mut [u64], q: &mut [u64], n: &[u64], minus_inverse: u64) -> u64;
}

/// A column's sum: below 2^135, so that the third word stays small, as does the second one after
/// the first was taken.
struct Sum([u64; 3]);

impl Sum {
    const ZERO: Self = Self([0; 3]);

    #[inline(always)]
    fn add_product(&mut self, a: u64, b: u64) {
        // One carry from word to word and nothing else: what compilers make add, adc, adc of.
        let [s0, s1, s2] = self.0;
        let (low, high) = a.carrying_mul(b, 0);
        let (s0, carry) = s0.overflowing_add(low);
        let (s1, carry) = s1.carrying_add(high, carry);
        let (s2, _) = s2.carrying_add(0, carry);
        self.0 = [s0, s1, s2];
    }

    /// Only at the beginning of a column, where the second word is small.
    #[inline(always)]
    fn add_word(&mut self, word: u64) {
        let (s0, carry) = self.0[0].overflowing_add(word);
        self.0[0] = s0;
        self.0[1] = self.0[1].wrapping_add(u64::from(carry));
    }

    /// Moves on to the next column; returns the word of this one.
    #[inline(always)]
    fn take(&mut self) -> u64 {
        let [s0, s1, s2] = self.0;
        self.0 = [s1, s2, 0];
        s0
    }
}

/// Walks over the columns of two blocks: `$begin!(column)`, then `$step!(i, j)` for every pair of
/// places whose sum is the column, i rising, then `$end!(column)`. Takes the places rising from 0
/// and falling to 1.
macro_rules! columns {
    ($begin:ident $step:ident $end:ident [$zero:tt $($rising:tt)*] [$($falling:tt)*]) => {
        columns!(@wider $begin $step $end [$zero] [$zero] $($rising)*);
        columns!(@highest $begin $step $end $($falling)*);
    };
    // Up to the middle column each has a pair more than the one before.
    (@wider $begin:ident $step:ident $end:ident [$($i:tt)*] [$($j:tt)*] $next:tt $($more:tt)*) => {
        columns!(@column $begin $step $end [$($i)*] [$($j)*]);
        columns!(@wider $begin $step $end [$($i)* $next] [$next $($j)*] $($more)*);
    };
    (@wider $begin:ident $step:ident $end:ident [$($i:tt)*] [$($j:tt)*]) => {
        columns!(@column $begin $step $end [$($i)*] [$($j)*]);
    };
    // From there on one less: built up from the highest, written out in reverse.
    (@highest $begin:ident $step:ident $end:ident $highest:tt $($falling:tt)*) => {
        columns!(@narrower $begin $step $end [$highest] [$highest] $($falling)*);
    };
    (@narrower $begin:ident $step:ident $end:ident [$($i:tt)*] [$($j:tt)*] $next:tt $($more:tt)*) => {
        columns!(@narrower $begin $step $end [$next $($i)*] [$($j)* $next] $($more)*);
        columns!(@column $begin $step $end [$($i)*] [$($j)*]);
    };
    (@narrower $begin:ident $step:ident $end:ident [$($i:tt)*] [$($j:tt)*]) => {
        columns!(@column $begin $step $end [$($i)*] [$($j)*]);
    };
    (@column $begin:ident $step:ident $end:ident [$i0:tt $($i:tt)*] [$j0:tt $($j:tt)*]) => {
        $begin!($i0 + $j0);
        $step!($i0, $j0);
        $($step!($i, $j);)*
        $end!($i0 + $j0);
    };
}

/// A block of so many words, whose products are made of halves of so many.
macro_rules! block {
    ($(#[$attribute:meta])* $name:ident $words:literal $all:tt $all_falling:tt
     halves $half:literal $rising:tt $falling:tt) => {
        $(#[$attribute])*
        #[derive(Clone, Copy)]
        pub(super) struct $name;

        impl $name {
            #[inline(always)]
            fn half_product(a: &[u64; $half], b: &[u64; $half]) -> [u64; $words] {
                let (mut t, mut sum) = ([0; $words], Sum::ZERO);
                macro_rules! begin { ($column:expr) => {}; }
                macro_rules! step { ($i:expr, $j:expr) => { sum.add_product(a[$i], b[$j]) }; }
                macro_rules! end { ($column:expr) => { t[$column] = sum.take() }; }
                columns!(begin step end $rising $falling);
                t[$words - 1] = sum.take();
                t
            }
        }

        impl Block for $name {
            const WORDS: usize = $words;

            fn product(t: &mut [u64], a: &[u64], b: &[u64]) {
                let (Some(a), Some(b)) = (a.first_chunk(), b.first_chunk()) else { return };
                let ([a_low, a_high], [b_low, b_high]) = (halves::<$half, $words>(a), halves::<$half, $words>(b));
                let (a_sum, a_over) = sum_of(a_low, a_high);
                let (b_sum, b_over) = sum_of(b_low, b_high);
                let outer = [$name::half_product(a_low, b_low), $name::half_product(a_high, b_high)];
                let middle = $name::half_product(&a_sum, &b_sum);
                join::<$half, $words>(t, &outer, middle, (&a_sum, a_over), (&b_sum, b_over));
            }

            fn square(t: &mut [u64], a: &[u64]) {
                let Some(t) = t.first_chunk_mut::<{ 2 * $words }>() else { return };
                let Some(a) = a.first_chunk::<$words>() else { return };
                let mut sum = Sum::ZERO;
                macro_rules! begin { ($column:expr) => {}; }
                macro_rules! step { ($i:expr, $j:expr) => { if $i < $j { sum.add_product(a[$i], a[$j]) } }; }
                macro_rules! end { ($column:expr) => { t[$column] = sum.take() }; }
                columns!(begin step end $all $all_falling);
                t[2 * $words - 1] = sum.take();
                double_and_add_squares(t.as_chunks_mut().0, a);
            }

            fn add_product(t: &mut [u64], a: &[u64], b: &[u64], middle: u64) -> u64 {
                let Some(t) = t.first_chunk_mut::<{ 2 * $words }>() else { return 0 };
                let (Some(a), Some(b)) = (a.first_chunk::<$words>(), b.first_chunk::<$words>()) else { return 0 };
                let mut sum = Sum::ZERO;
                macro_rules! begin { ($column:expr) => {
                    sum.add_word(t[$column]);
                    if $column == $words { sum.add_word(middle) }
                }; }
                macro_rules! step { ($i:expr, $j:expr) => { sum.add_product(a[$i], b[$j]) }; }
                macro_rules! end { ($column:expr) => { t[$column] = sum.take() }; }
                columns!(begin step end $all $all_falling);
                sum.add_word(t[2 * $words - 1]);
                t[2 * $words - 1] = sum.take();
                sum.take()
            }

            fn reduce(t: &mut [u64], q: &mut [u64], n: &[u64], minus_inverse: u64) -> u64 {
                let Some(t) = t.first_chunk_mut::<{ 2 * $words }>() else { return 0 };
                let (Some(q), Some(n)) = (q.first_chunk_mut::<$words>(), n.first_chunk::<$words>()) else { return 0 };
                let mut sum = Sum::ZERO;
                macro_rules! begin { ($column:expr) => { sum.add_word(t[$column]) }; }
                macro_rules! step { ($i:expr, $j:expr) => {
                    // The last pair of a column of the lower half: the word that makes it vanish.
                    if $j == 0 { q[$i] = sum.0[0].wrapping_mul(minus_inverse) }
                    sum.add_product(q[$i], n[$j]);
                }; }
                macro_rules! end { ($column:expr) => { t[$column] = sum.take() }; }
                columns!(begin step end $all $all_falling);
                sum.add_word(t[2 * $words - 1]);
                t[2 * $words - 1] = sum.take();
                sum.take()
            }
        }
    };
}

block!(
    /// 12 words, for numbers of 24 and 48.
    Twelve 12 [0 1 2 3 4 5 6 7 8 9 10 11] [11 10 9 8 7 6 5 4 3 2 1] halves 6 [0 1 2 3 4 5] [5 4 3 2 1]
);
block!(
    /// 16 words, for numbers of 16, 32 and 64.
    Sixteen 16 [0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15] [15 14 13 12 11 10 9 8 7 6 5 4 3 2 1]
    halves 8 [0 1 2 3 4 5 6 7] [7 6 5 4 3 2 1]
);

#[inline(always)]
fn halves<const HALF: usize, const WORDS: usize>(a: &[u64; WORDS]) -> [&[u64; HALF]; 2] {
    let (halves, _) = a.as_chunks();
    [&halves[0], &halves[1]]
}

/// a + b, and the bit beyond.
#[inline(always)]
fn sum_of<const HALF: usize>(a: &[u64; HALF], b: &[u64; HALF]) -> ([u64; HALF], u64) {
    let mut sum = *a;
    let over = add(&mut sum, b);
    (sum, u64::from(over))
}

/// t := the product of two blocks, from the products of their halves and of their halves' sums; see
/// `halves.rs` for the formula. All lengths are constants, so that this is written out as well.
#[inline(always)]
fn join<const HALF: usize, const WORDS: usize>(
    t: &mut [u64],
    outer: &[[u64; WORDS]; 2],
    mut middle: [u64; WORDS],
    (a_sum, a_over): (&[u64; HALF], u64),
    (b_sum, b_over): (&[u64; HALF], u64),
) {
    let upper = middle.split_at_mut(HALF).1;
    let mut top = u64::from(add_masked(upper, b_sum, a_over.wrapping_neg()));
    top += u64::from(add_masked(upper, a_sum, b_over.wrapping_neg())) + (a_over & b_over);
    top -= u64::from(subtract(&mut middle, &outer[0]));
    top -= u64::from(subtract(&mut middle, &outer[1]));
    let mut all = *outer;
    let inner = &mut all.as_flattened_mut()[HALF..];
    top += u64::from(add(inner, &middle));
    add_word(&mut inner[WORDS..], top);
    t.copy_from_slice(all.as_flattened());
}

/// t := 2·t + Σ a_i²·2^(128·i), for t below half of what it can hold.
fn double_and_add_squares(t: &mut [[u64; 2]], a: &[u64]) {
    let (mut bit, mut carry) = (0, false);
    for ([even, odd], &word) in t.iter_mut().zip(a) {
        let (low, high) = word.carrying_mul(word, 0);
        let doubled = [*even << 1 | bit, *odd << 1 | *even >> 63];
        bit = *odd >> 63;
        (*even, carry) = doubled[0].carrying_add(low, carry);
        (*odd, carry) = doubled[1].carrying_add(high, carry);
    }
}
