//! One multiplication modulo n², for several kinds of machine: the innermost loop of the project.
//!
//! A number x modulo n² is the pair (x0, x1) with x = x0 + x1·n and x0, x1 < n. With R a
//! power of two above n:
//!
//! ```text
//! a0·b0 = r·R − q·n                                  q = −a0·b0·n⁻¹ mod R   (Montgomery 1985)
//! a·b   = a0·b0 + (a0·b1 + a1·b0)·n                  mod n²
//!       = r·R + (a0·b1 + a1·b0 − q)·n                mod n²
//! a·b·R⁻¹ = r + ((a0·b1 + a1·b0 − q)·R⁻¹ mod n)·n    mod n²
//! ```
//!
//! so three products and two Montgomery reductions of half size do the work of one
//! multiplication modulo n²: 5·L² word products instead of 8·L², for the L words of n.
//! No branch and no address depends on a value. Written for n, it serves the secret half for
//! its primes as well: only oddness and n < R are used.
//!
//! # Map
//! - [`Kernel`]: what one number at a time needs. [`Portable`] for processors with a product of
//!   64 by 64 bits, [`Wide`] for WebAssembly with wide arithmetic, [`Narrow`] for WebAssembly
//!   without.
//! - [`Vector`]: eight numbers at a time in the lanes of AVX512-IFMA, laid out by [`lanes`].
//! - [`comb`]: powers of one fixed base with secret exponents, on any [`Kernel`].
//! - [`swept`]: what calculates with secrets runs in it, so that nothing stays on the stack.
//!
//! Everything works on words that callers own: nothing is allocated, nothing is converted to
//! text. Numbers are little-endian 64-bit words.
#![no_std]

pub mod comb;
pub mod lanes;
mod modulus;
mod narrow;
mod portable;
mod swept;
#[cfg(target_arch = "x86_64")]
mod vector;
#[cfg(not(target_arch = "x86_64"))]
#[path = "no_vector.rs"]
mod vector;
mod wide;
mod words;

pub use modulus::{MAX_WORDS, Modulus, minus_inverse_of_odd};
pub use narrow::Narrow;
pub use portable::Portable;
pub use swept::{SWEPT_BYTES, swept};
pub use vector::Vector;
pub use wide::Wide;
pub use words::{less_than, settle, subtract_if_reached};

/// One way to multiply. Every way gives the same, fully reduced, result.
///
/// All arguments are reduced pairs of `2·L` words (`L` words for the half operation), where L is
/// the number of words of the modulus. Arguments of other lengths are a caller's mistake, and
/// give any result.
pub trait Kernel {
    /// The logarithm of R for n of so many words.
    fn radix_bits(words: usize) -> usize;
    /// `acc := acc · b · R⁻¹ mod n²`.
    fn multiply(modulus: &Modulus, acc: &mut [u64], b: &[u64]);
    /// `acc := acc² · R⁻¹ mod n²`.
    fn square(modulus: &Modulus, acc: &mut [u64]);
    /// `acc := acc · b · R⁻¹ mod n`. `b` may be any number of L words.
    fn multiply_mod_n(modulus: &Modulus, acc: &mut [u64], b: &[u64]);
}
