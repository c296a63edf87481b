//! Calculations with secrets that leave nothing on the stack.
//!
//! The arrays that a multiplication works in, the copies that a compiler makes of them and the registers that it
//! saves all lie below its caller's frame. Wiping each of them at every step costs a few per cent and reaches only
//! those that have a name; overwriting that part of the stack once, when a whole power is done, reaches all of them.

use zeroize::zeroize_stack;

/// Bytes of the stack that are overwritten: more than three times what the deepest calculation here takes, the vector
/// kernel under the longest n with two sums of 160 limbs in eight lanes.
pub const SWEPT_BYTES: usize = 1 << 16;

/// Runs a calculation and overwrites the stack that it used with zeros.
///
/// That the calculation has a frame of its own is a hint to the compiler, which follows it;
/// `crates/kernels/tests/stack.rs` looks.
#[inline]
pub fn swept<T>(calculation: impl FnOnce() -> T) -> T {
    let result = apart(calculation);
    zeroize_stack::<SWEPT_BYTES>();
    result
}

/// In a frame of its own, below the one that sweeps.
#[inline(never)]
fn apart<T>(calculation: impl FnOnce() -> T) -> T {
    calculation()
}
