//! Eight multiplications modulo n² at once with AVX512-IFMA.
//!
//! The algorithm is that of [`crate`] with limbs of 52 bits, which is what the
//! instructions multiply: `vpmadd52luq` and `vpmadd52huq` add the lower and the upper 52 bits
//! of eight products to eight words of 64 bits. The 12 spare bits of a word take all the
//! 8·80 terms that a column of the largest n collects, so carries are passed on once at the
//! end and not at every step. A multiplication modulo n² is 10·H² such instructions for
//! H limbs; no branch and no address depends on a value.
//!
//! This is the one file of the project with `unsafe` blocks.
#![expect(unsafe_code, reason = "loads, stores and calls of AVX512 instructions; each with its argument")]
#![expect(
    clippy::indexing_slicing,
    reason = "every index is a constant or a loop counter below the const length of what it indexes"
)]

use core::arch::x86_64::{
    __m512i, _mm512_add_epi64, _mm512_and_si512, _mm512_cmpeq_epi64_mask, _mm512_load_si512,
    _mm512_madd52hi_epu64, _mm512_madd52lo_epu64, _mm512_mask_mov_epi64, _mm512_set1_epi64,
    _mm512_setzero_si512, _mm512_srai_epi64, _mm512_store_si512, _mm512_sub_epi64,
};

use crate::lanes::{LaneModulus, Lanes};

cpufeatures::new!(ifma, "avx512f", "avx512ifma");

/// Proof that this machine has the instructions: only [`Vector::detect`] makes one.
#[derive(Clone, Copy, Debug)]
pub struct Vector(());

impl Vector {
    /// Looks whether processor and operating system offer AVX512-IFMA.
    #[must_use]
    pub fn detect() -> Option<Self> {
        ifma::get().then_some(Self(()))
    }

    /// `acc := acc · b · R⁻¹ mod n²` in every lane, R = 2^(52·H).
    ///
    /// Pairs of 2·H limbs below 2^52, the lower half below 2n and the upper below 3n, before
    /// and after. That is enough, as R is at least 2^32·n.
    pub fn multiply(self, modulus: &LaneModulus, acc: &mut [Lanes], b: &[Lanes]) {
        // SAFETY: `self` exists, so `detect` found both features on this machine.
        match modulus.limbs().len() {
            40 => unsafe { multiply::<40, 80>(modulus, acc, b) },
            60 => unsafe { multiply::<60, 120>(modulus, acc, b) },
            _ => unsafe { multiply::<80, 160>(modulus, acc, b) },
        }
    }

    /// `acc := acc² · R⁻¹ mod n²` in every lane; bounds as for [`Vector::multiply`].
    pub fn square(self, modulus: &LaneModulus, acc: &mut [Lanes]) {
        // SAFETY: `self` exists, so `detect` found both features on this machine.
        match modulus.limbs().len() {
            40 => unsafe { square::<40, 80>(modulus, acc) },
            60 => unsafe { square::<60, 120>(modulus, acc) },
            _ => unsafe { square::<80, 160>(modulus, acc) },
        }
    }

    /// Lane k of `out` := lane k of that entry of the table whose number is lane k of
    /// `numbers`. Every entry is read.
    pub fn select(self, table: &[Lanes], numbers: Lanes, out: &mut [Lanes]) {
        // SAFETY: `self` exists, so `detect` found both features on this machine.
        unsafe { select(table, numbers, out) }
    }
}

type V = __m512i;

/// Rows of the multiplier that one pass over the multiplicand takes; divides every H.
const ROWS: usize = 4;

const LIMB_MASK: i64 = (1 << 52) - 1;

#[inline]
#[target_feature(enable = "avx512f")]
fn load(lanes: &Lanes) -> V {
    // SAFETY: `Lanes` is 64 bytes, initialised, and aligned to 64.
    unsafe { _mm512_load_si512(core::ptr::from_ref(lanes).cast()) }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn store(lanes: &mut Lanes, v: V) {
    // SAFETY: `Lanes` is 64 bytes, exclusively borrowed, aligned to 64, and any bits are a value.
    unsafe { _mm512_store_si512(core::ptr::from_mut(lanes).cast(), v) }
}

/// sum + the lower 52 bits of a·b.
#[inline]
#[target_feature(enable = "avx512f,avx512ifma")]
fn lo(sum: V, a: V, b: V) -> V {
    _mm512_madd52lo_epu64(sum, a, b)
}

/// sum + the bits of a·b from the 52nd on.
#[inline]
#[target_feature(enable = "avx512f,avx512ifma")]
fn hi(sum: V, a: V, b: V) -> V {
    _mm512_madd52hi_epu64(sum, a, b)
}

#[inline]
#[target_feature(enable = "avx512f")]
fn add(a: V, b: V) -> V {
    _mm512_add_epi64(a, b)
}

/// What a word passes on to the next; words may be negative.
#[inline]
#[target_feature(enable = "avx512f")]
fn carry_of(word: V) -> V {
    _mm512_srai_epi64::<52>(word)
}

#[target_feature(enable = "avx512f,avx512ifma")]
fn multiply<const H: usize, const DOUBLE: usize>(modulus: &LaneModulus, acc: &mut [Lanes], b: &[Lanes]) {
    let (a0, a1) = acc.split_at_mut(H);
    let (b0, b1) = b.split_at(H);
    let mut low = [_mm512_setzero_si512(); DOUBLE];
    let mut high = low;
    add_product::<H>(&mut low, a0, b0);
    add_product::<H>(&mut high, a0, b1);
    add_product::<H>(&mut high, a1, b0);
    reduce_pair::<H>(modulus, &mut low, &mut high, a0, a1);
}

#[target_feature(enable = "avx512f,avx512ifma")]
fn square<const H: usize, const DOUBLE: usize>(modulus: &LaneModulus, acc: &mut [Lanes]) {
    let (a0, a1) = acc.split_at_mut(H);
    let mut low = [_mm512_setzero_si512(); DOUBLE];
    let mut high = low;
    add_unequal_products::<H>(&mut low, a0);
    add_product::<H>(&mut high, a0, a1);
    for (low, high) in low.iter_mut().zip(&mut high) {
        *low = add(*low, *low);
        *high = add(*high, *high);
    }
    for (i, x) in a0[..H].iter().enumerate() {
        let x = load(x);
        low[2 * i] = lo(low[2 * i], x, x);
        low[2 * i + 1] = hi(low[2 * i + 1], x, x);
    }
    reduce_pair::<H>(modulus, &mut low, &mut high, a0, a1);
}

/// (a0, a1) := (low + high·n) · R⁻¹; see [`crate`].
#[inline]
#[target_feature(enable = "avx512f,avx512ifma")]
fn reduce_pair<const H: usize>(
    modulus: &LaneModulus,
    low: &mut [V],
    high: &mut [V],
    a0: &mut [Lanes],
    a1: &mut [Lanes],
) {
    reduce::<H>(modulus, low);
    // high − q + n·R is not negative, and the quotient by R differs by n.
    for j in 0..H {
        high[j] = _mm512_sub_epi64(high[j], low[j]);
        high[H + j] = add(high[H + j], load(&modulus.limbs()[j]));
    }
    reduce::<H>(modulus, high);
    pass_carries(&low[H..2 * H], a0);
    pass_carries(&high[H..2 * H], a1);
}

/// t := t + a·b.
#[inline]
#[target_feature(enable = "avx512f,avx512ifma")]
fn add_product<const H: usize>(t: &mut [V], a: &[Lanes], b: &[Lanes]) {
    let zero = _mm512_setzero_si512();
    for i in (0..H).step_by(ROWS) {
        add_rows(&mut t[i..i + H + ROWS], &b[..H], rows(a, i), [zero; ROWS]);
    }
}

/// t := t + Σ a_i·a_j·2^(52·(i + j)) over i < j: half of a², without the squares of limbs.
#[inline]
#[target_feature(enable = "avx512f,avx512ifma")]
fn add_unequal_products<const H: usize>(t: &mut [V], a: &[Lanes]) {
    let zero = _mm512_setzero_si512();
    for i in (0..H).step_by(ROWS) {
        let x = rows(a, i);
        for k in 0..ROWS {
            for m in k + 1..ROWS {
                t[2 * i + k + m] = lo(t[2 * i + k + m], x[k], x[m]);
                t[2 * i + k + m + 1] = hi(t[2 * i + k + m + 1], x[k], x[m]);
            }
        }
        add_rows(&mut t[2 * i + ROWS..i + H + ROWS], &a[i + ROWS..H], x, [zero; ROWS]);
    }
}

/// Limbs i to i + 3.
#[inline]
#[target_feature(enable = "avx512f")]
fn rows(a: &[Lanes], i: usize) -> [V; ROWS] {
    [load(&a[i]), load(&a[i + 1]), load(&a[i + 2]), load(&a[i + 3])]
}

/// t := t + row·x; `before` are the four limbs before the row's first, the nearest first.
/// t has four words more than the row.
#[inline]
#[target_feature(enable = "avx512f,avx512ifma")]
fn add_rows(t: &mut [V], row: &[Lanes], x: [V; ROWS], before: [V; ROWS]) {
    let zero = _mm512_setzero_si512();
    let [x0, x1, x2, x3] = x;
    let [mut p1, mut p2, mut p3, mut p4] = before;
    let (t, beyond) = t.split_at_mut(row.len());
    for (t, limb) in t.iter_mut().zip(row) {
        let limb = load(limb);
        // Two sums, so that no instruction waits for the one before.
        let (mut s, mut u) = (*t, zero);
        s = lo(s, x0, limb);
        u = hi(u, x0, p1);
        s = lo(s, x1, p1);
        u = hi(u, x1, p2);
        s = lo(s, x2, p2);
        u = hi(u, x2, p3);
        s = lo(s, x3, p3);
        u = hi(u, x3, p4);
        *t = add(s, u);
        (p1, p2, p3, p4) = (limb, p1, p2, p3);
    }
    let below = lo(lo(lo(beyond[0], x1, p1), x2, p2), x3, p3);
    beyond[0] = hi(hi(hi(hi(below, x0, p1), x1, p2), x2, p3), x3, p4);
    beyond[1] = hi(hi(hi(lo(lo(beyond[1], x2, p1), x3, p2), x1, p1), x2, p2), x3, p3);
    beyond[2] = hi(hi(lo(beyond[2], x3, p1), x2, p1), x3, p2);
    beyond[3] = hi(beyond[3], x3, p1);
}

/// Adds the multiple q·n that makes the lower H limbs vanish, and leaves q in their place.
#[inline]
#[target_feature(enable = "avx512f,avx512ifma")]
fn reduce<const H: usize>(modulus: &LaneModulus, t: &mut [V]) {
    let minus_inverse = _mm512_set1_epi64(modulus.minus_inverse().cast_signed());
    let n = &modulus.limbs()[..H];
    let [n0, n1, n2, n3] = rows(n, 0);
    let zero = _mm512_setzero_si512();
    for i in (0..H).step_by(ROWS) {
        let t = &mut t[i..i + H + ROWS];
        let mut s = t[0];
        let q0 = lo(zero, s, minus_inverse);
        s = lo(s, q0, n0);
        s = add(t[1], carry_of(s));
        s = lo(hi(s, q0, n0), q0, n1);
        let q1 = lo(zero, s, minus_inverse);
        s = lo(s, q1, n0);
        s = add(t[2], carry_of(s));
        s = lo(hi(lo(hi(s, q0, n1), q0, n2), q1, n0), q1, n1);
        let q2 = lo(zero, s, minus_inverse);
        s = lo(s, q2, n0);
        s = add(t[3], carry_of(s));
        s = lo(hi(lo(hi(lo(hi(s, q0, n2), q0, n3), q1, n1), q1, n2), q2, n0), q2, n1);
        let q3 = lo(zero, s, minus_inverse);
        s = lo(s, q3, n0);
        t[4] = add(t[4], carry_of(s));
        add_rows(&mut t[ROWS..], &n[ROWS..], [q0, q1, q2, q3], [n3, n2, n1, n0]);
        t[..ROWS].copy_from_slice(&[q0, q1, q2, q3]);
    }
}

/// Words to limbs below 2^52; what the highest would pass on is 0.
#[inline]
#[target_feature(enable = "avx512f")]
fn pass_carries(t: &[V], out: &mut [Lanes]) {
    let mask = _mm512_set1_epi64(LIMB_MASK);
    let mut carry = _mm512_setzero_si512();
    for (&word, out) in t.iter().zip(out) {
        let sum = add(word, carry);
        store(out, _mm512_and_si512(sum, mask));
        carry = carry_of(sum);
    }
}

#[target_feature(enable = "avx512f")]
fn select(table: &[Lanes], numbers: Lanes, out: &mut [Lanes]) {
    let numbers = load(&numbers);
    out.fill(Lanes::default());
    let entries = table.chunks_exact(out.len());
    for (index, entry) in (0i64..).zip(entries) {
        let wanted = _mm512_cmpeq_epi64_mask(numbers, _mm512_set1_epi64(index));
        for (out, candidate) in out.iter_mut().zip(entry) {
            let merged = _mm512_mask_mov_epi64(load(out), wanted, load(candidate));
            store(out, merged);
        }
    }
}
