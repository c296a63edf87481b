//! All blocks as one plaintext, with weights.

use curve25519_dalek::scalar::Scalar;
use paillier::{Natural, Plaintext};

use crate::Setting;

/// Bits of the sums within one block: those of a scalar at the highest place, and what 65,536 of them carry.
const SCALAR_BITS: u32 = 256 + 16;
/// What the weights and 65,536 blocks add to that.
const WEIGHT_BITS: u32 = 128 + 16;

/// Σ x_{β(j)}·2^{o(j)}·number_j mod n, in time independent of the numbers.
pub(crate) fn fold_blocks(setting: &Setting, weights: &[u128], numbers: &[Scalar]) -> Plaintext {
    let key = setting.key();
    let block_bits = key.bits().bits() + SCALAR_BITS;
    let mut blocks = alloc::vec![Natural::zero(block_bits); weights.len()];
    for (slot, number) in setting.shape().slots().iter().zip(numbers) {
        if let Some(block) = blocks.get_mut(slot.block as usize) {
            block.add_shifted(number.as_bytes(), slot.offset);
        }
    }
    let mut sum = Natural::zero(block_bits + WEIGHT_BITS);
    for (block, weight) in blocks.iter().zip(weights) {
        sum.add_multiple(block, *weight);
    }
    sum.modulo(key)
}
